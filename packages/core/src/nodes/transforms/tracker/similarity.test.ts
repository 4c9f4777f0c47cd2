import { describe, expect, it } from 'vitest';
import { coco17, hand21 } from '../../../vision/index.js';
import type { Box } from '../../../vision/index.js';
import { boxAround } from './sighting.js';
import { OTHER_SIGMA, keypointSimilarity, overlap, sigmasOf } from './similarity.js';
import type { PlacedPose } from './similarity.js';

const BOX: Box = { x: 100, y: 100, width: 100, height: 200 };

/** Four points of a body in that box, moved by so many pixels. */
function poseAt(dx: number, dy: number, visibility = 1): PlacedPose {
  const points = [
    [120, 110],
    [180, 110],
    [130, 280],
    [170, 280],
  ] as const;
  const image = Float32Array.from(points.flatMap(([x, y]) => [(x + dx) / 1000, (y + dy) / 500, 0, visibility]));
  return { box: { ...BOX, x: BOX.x + dx, y: BOX.y + dy }, image, frameWidth: 1000, frameHeight: 500 };
}

describe('overlap', () => {
  it.each<[Box, Box, number, number]>([
    [BOX, BOX, 0, 1],
    [BOX, { ...BOX, x: 150 }, 0, 1 / 3],
    [BOX, { ...BOX, x: 200 }, 0, 0],
    [BOX, { ...BOX, x: 205 }, 0, 0],
    [BOX, { ...BOX, x: 205 }, 10, (15 * 220) / (2 * 120 * 220 - 15 * 220)],
    [{ ...BOX, width: 0 }, { ...BOX, width: 0 }, 0, 0],
  ])('of %j and %j, grown by %d, is %d', (a, b, margin, expected) => {
    expect(overlap(a, b, { x: margin, y: margin })).toBeCloseTo(expected, 12);
    expect(overlap(b, a, { x: margin, y: margin })).toBeCloseTo(expected, 12);
  });
});

describe('overlap of grown boxes', () => {
  it.each([0, 1, 20, 1000, 1e9])('forgives place but not size: grown by %d', (margin) => {
    const half = { x: 125, y: 150, width: 50, height: 100 };
    expect(overlap(BOX, half, { x: margin, y: margin })).toBeCloseTo(1 / 4, 6);
    expect(overlap(BOX, BOX, { x: margin, y: margin })).toBeCloseTo(1, 12);
  });

  it('rises with the margin, and takes boxes without an extent', () => {
    const aside = { ...BOX, x: 190 };
    const rising = [0, 10, 50, 100].map((margin) => overlap(BOX, aside, { x: margin, y: margin }));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    const point = { x: 150, y: 200, width: 0, height: 0 };
    expect(overlap(point, point, { x: 5, y: 5 })).toBe(1);
    expect(overlap(BOX, point, { x: 5, y: 5 })).toBeLessThan(0.001);
  });
});

describe('keypointSimilarity', () => {
  const sigmas = new Float64Array(4).fill(0.05);

  it('is 1 for a pose that went along with its box, and what COCO says of twice the variance for one that did not', () => {
    expect(keypointSimilarity(poseAt(0, 0), { ...BOX, x: 140 }, poseAt(40, 0), sigmas)).toBeCloseTo(1, 4);
    const area = 100 * 200 * 0.53;
    const expected = Math.exp(-(30 ** 2) / (2 * area * 2 * (2 * 0.05) ** 2));
    expect(keypointSimilarity(poseAt(0, 0), BOX, poseAt(30, 0), sigmas)).toBeCloseTo(expected, 4);
  });

  it('scales with the box', () => {
    const far = poseAt(0, 0);
    const near = { ...far, image: far.image.map((value, index) => (index % 4 < 2 ? 2 * value : value)) };
    const twice = { x: 200, y: 200, width: 200, height: 400 };
    expect(keypointSimilarity(far, twice, { ...near, box: twice }, sigmas)).toBeCloseTo(1, 4);
  });

  it('is not known where too little can be seen', () => {
    expect(keypointSimilarity(poseAt(0, 0), BOX, poseAt(0, 0, 0.2), sigmas)).toBeUndefined();
    expect(keypointSimilarity(poseAt(0, 0), BOX, poseAt(0, 0), sigmas.subarray(0, 2))).toBeUndefined();
  });
});

describe('sigmasOf', () => {
  it('has those of COCO by the names of points, and one for all others', () => {
    const body = sigmasOf(coco17.points, 17);
    expect(body[coco17.points.indexOf('leftHip')]).toBe(0.107);
    expect(body.reduce((sum, sigma) => sum + sigma, 0) / 17).toBeCloseTo(OTHER_SIGMA, 3);
    expect(body).not.toContain(OTHER_SIGMA);
    expect(new Set(sigmasOf(hand21.points, 21))).toEqual(new Set([OTHER_SIGMA]));
    expect([...sigmasOf(undefined, 2)]).toEqual([OTHER_SIGMA, OTHER_SIGMA]);
  });
});

describe('boxAround', () => {
  const points = (...rows: [number, number, number][]): Float32Array =>
    Float32Array.from(rows.flatMap(([x, y, visibility]) => [x, y, 0, visibility]));

  it('goes around what can be seen, and around everything where nothing can', () => {
    const seen = points([0.25, 0.5, 1], [0.75, 1, 0.5], [0, 0, 0.1]);
    expect(boxAround(seen, 400, 200)).toEqual({ x: 100, y: 100, width: 200, height: 100 });
    expect(boxAround(points([0.25, 0.5, 0], [0.75, 1, 0]), 400, 200)).toEqual({
      x: 100,
      y: 100,
      width: 200,
      height: 100,
    });
  });

  it('has an extent where the points lie in a line, or there is one, or none', () => {
    expect(boxAround(points([0.5, 0, 1], [0.5, 1, 1]), 400, 200)).toEqual({ x: 190, y: 0, width: 20, height: 200 });
    expect(boxAround(points([0.5, 0.5, 1]), 400, 200)).toEqual({ x: 199.5, y: 99.5, width: 1, height: 1 });
    expect(boxAround(points(), 400, 200)).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });
});
