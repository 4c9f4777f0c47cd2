import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boxFromLetterbox,
  landmarksFromLetterbox,
  placeLetterbox,
  pointFromLetterbox,
  pointIntoLetterbox,
} from './letterbox.js';

const side = fc.integer({ min: 1, max: 4000 });
const size = fc.record({ width: side, height: side });
const anchor = fc.constantFrom('centre' as const, 'top-left' as const);
const fraction = fc.double({ min: -0.5, max: 1.5, noNaN: true });

describe('placeLetterbox', () => {
  it('centres a wide picture in a square, or puts it at the top left', () => {
    const [source, target] = [
      { width: 1280, height: 720 },
      { width: 640, height: 640 },
    ];
    expect(placeLetterbox(source, target)).toEqual({
      x: 0,
      y: 140,
      width: 640,
      height: 360,
      sourceWidth: 1280,
      sourceHeight: 720,
      targetWidth: 640,
      targetHeight: 640,
      scaleX: 0.5,
      scaleY: 0.5,
    });
    expect(placeLetterbox(source, target, 'top-left')).toMatchObject({ x: 0, y: 0, width: 640, height: 360 });
  });

  it('keeps at least a pixel of a picture of an extreme shape', () => {
    expect(placeLetterbox({ width: 4000, height: 1 }, { width: 64, height: 64 })).toMatchObject({
      width: 64,
      height: 1,
    });
  });

  it('fills the target along one axis, stays inside along both, and keeps the shape to half a pixel', () => {
    fc.assert(
      fc.property(size, size, anchor, (source, target, where) => {
        const box = placeLetterbox(source, target, where);
        expect(box.width === target.width || box.height === target.height).toBe(true);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(target.width);
        expect(box.y + box.height).toBeLessThanOrEqual(target.height);
        const scale = Math.min(target.width / source.width, target.height / source.height);
        for (const [got, meant] of [
          [box.width, source.width * scale],
          [box.height, source.height * scale],
        ] as const)
          expect(Math.abs(got - Math.max(meant, 0.5))).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });
});

describe('mapping back from a letterbox', () => {
  it('brings every point back to where it was', () => {
    fc.assert(
      fc.property(size, size, anchor, fraction, fraction, (source, target, where, xShare, yShare) => {
        const letterbox = placeLetterbox(source, target, where);
        const point = { x: xShare * source.width, y: yShare * source.height };
        const back = pointFromLetterbox(pointIntoLetterbox(point, letterbox), letterbox);
        expect(back.x).toBeCloseTo(point.x, 6);
        expect(back.y).toBeCloseTo(point.y, 6);
      }),
    );
  });

  it('gives the whole source for the place of the picture, whatever the sides were rounded to', () => {
    fc.assert(
      fc.property(size, size, anchor, (source, target, where) => {
        const letterbox = placeLetterbox(source, target, where);
        const whole = boxFromLetterbox(letterbox, letterbox);
        expect(whole.x).toBe(0);
        expect(whole.y).toBe(0);
        expect(whole.width).toBeCloseTo(source.width, 6);
        expect(whole.height).toBeCloseTo(source.height, 6);
      }),
    );
  });

  it('maps landmarks as it maps points, z on the scale of x, visibility untouched', () => {
    const letterbox = placeLetterbox({ width: 1000, height: 500 }, { width: 200, height: 200 });
    const landmarks = Float32Array.of(0.5, 0.5, 0.25, 0.9, 0, 0.25, -0.1, 1);
    const tall = placeLetterbox({ width: 500, height: 1000 }, { width: 200, height: 200 });
    expect([...landmarksFromLetterbox(landmarks, letterbox)]).toEqual(
      [0.5, 0.5, 0.25, 0.9, 0, 0, -0.1, 1].map((value) => Math.fround(value)),
    );
    expect([...landmarksFromLetterbox(landmarks, tall)]).toEqual(
      [0.5, 0.5, 0.5, 0.9, -0.5, 0.25, -0.2, 1].map((value) => Math.fround(value)),
    );
    expect(landmarks[4]).toBe(0); // the array given stays as it is
  });
});
