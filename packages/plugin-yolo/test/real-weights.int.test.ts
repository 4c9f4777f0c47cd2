import { readFileSync } from 'node:fs';
import { NodeImageCodec } from '@kinegraph/core/node';
import { SlotFramePool } from '@kinegraph/core/plugin';
import type { Box, Frame } from '@kinegraph/core/plugin';
import { describe, expect, it } from 'vitest';
import { missingShared, sharedFile } from '../../../test/support/shared-files.js';
import type { PeopleAndBoxes } from '../src/decode/index.js';
import { anExtractor } from './support/an-extractor.js';

/** What the photo's file of results holds, in pixels of the photo. */
interface Expected {
  readonly imageSize: readonly [number, number];
  readonly preprocessing: {
    readonly scale: number;
    readonly padLeft: number;
    readonly padTop: number;
    readonly letterboxed: string;
  };
  readonly thresholds: { readonly confidence: number; readonly iou: number | null };
  readonly detections: readonly {
    readonly score: number;
    /** Left, top, right, bottom. */
    readonly box: readonly [number, number, number, number];
    /** x, y, confidence. */
    readonly keypoints: readonly (readonly [number, number, number])[];
  }[];
}

/** How far people tend to differ about each point, as COCO has measured it. @see https://cocodataset.org/#keypoints-eval */
const COCO_SIGMAS = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089,
];

/** A picture of the shared folder as raw pixels. */
async function picture(name: string): Promise<Frame> {
  const codec = new NodeImageCodec(new SlotFramePool());
  const bytes = new Uint8Array(readFileSync(sharedFile(`images/${name}`)));
  return codec.decodeBytes(bytes, { sequence: 0, timestampMs: 0, capturedAtMs: 0 }, { format: 'rgba8' });
}

/** What the network finds in a picture, through the whole node. */
async function findIn(
  model: string,
  image: string,
  { confidence, iou }: Expected['thresholds'],
): Promise<PeopleAndBoxes> {
  const bytes = new Uint8Array(readFileSync(sharedFile(`models/${model}.onnx`)));
  const { extractor } = anExtractor(bytes, { confidence, ...(iou !== null && { iou }) });
  await extractor.open(new AbortController().signal);
  using frame = await picture(image);
  const found = await extractor.extract(frame);
  await extractor.close();
  return found;
}

function overlap([left, top, right, bottom]: Expected['detections'][number]['box'], box: Box): number {
  const width = Math.min(right, box.x + box.width) - Math.max(left, box.x);
  const height = Math.min(bottom, box.y + box.height) - Math.max(top, box.y);
  const shared = Math.max(width, 0) * Math.max(height, 0);
  return shared / ((right - left) * (bottom - top) + box.width * box.height - shared);
}

/** Object keypoint similarity over the points that are sure enough, 0-1. */
function similarity(person: Expected['detections'][number], points: readonly (readonly [number, number])[]): number {
  const [left, top, right, bottom] = person.box;
  const area = (right - left) * (bottom - top);
  const terms = person.keypoints.flatMap(([x, y, confidence], index) => {
    const [foundX, foundY] = points[index] ?? [NaN, NaN];
    const spread = 2 * (COCO_SIGMAS[index] ?? NaN);
    return confidence > 0.5 ? [Math.exp(-((x - foundX) ** 2 + (y - foundY) ** 2) / (2 * area * spread ** 2))] : [];
  });
  return terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

const MODELS = ['yolov8n-pose-256', 'yolov8n-pose-320', 'yolov8n-pose-256-e2e'];
const FILES = [
  'images/bus.jpg',
  'images/bus.letterbox-256.png',
  'images/bus.letterbox-320.png',
  ...MODELS.flatMap((model) => [`models/${model}.onnx`, `images/bus.${model}.json`]),
];
const missing = missingShared(...FILES);
const title = `real weights${missing.length === 0 ? '' : ` (skipped: ../shared has no ${missing.join(', ')})`}`;

describe.skipIf(missing.length > 0)(title, () => {
  describe.each(MODELS)('%s', (model) => {
    const expected = (): Expected =>
      JSON.parse(readFileSync(sharedFile(`images/bus.${model}.json`), 'utf8')) as Expected;

    it('finds what was found, to half a pixel, in the very pixels that were fed then', async () => {
      const { detections, thresholds, preprocessing, imageSize } = expected();
      const { scale, padLeft, padTop, letterboxed } = preprocessing;
      const { people, boxes } = await findIn(model, letterboxed, thresholds);

      expect(boxes.detections).toHaveLength(detections.length);
      const side = people.frameWidth;
      const toPhotoX = (x: number): number => (x - padLeft) / scale;
      const toPhotoY = (y: number): number => (y - padTop) / scale;
      for (const [index, { score, box, keypoints }] of detections.entries()) {
        const detection = boxes.detections[index];
        const { x = NaN, y = NaN, width = NaN, height = NaN } = detection?.box ?? {};
        const edges = [toPhotoX(x), toPhotoY(y), toPhotoX(x + width), toPhotoY(y + height)];
        for (const [edge, wanted] of box.entries())
          expect(Math.abs((edges[edge] ?? NaN) - wanted)).toBeLessThanOrEqual(0.5);
        expect(Math.abs((detection?.score ?? NaN) - score)).toBeLessThanOrEqual(0.005);
        const image = people.tracks[index]?.image ?? new Float32Array();
        for (const [point, [px, py, confidence]] of keypoints.entries()) {
          const [foundX = NaN, foundY = NaN, , visibility = NaN] = image.subarray(point * 4, point * 4 + 4);
          expect(Math.abs(toPhotoX(foundX * side) - px)).toBeLessThanOrEqual(0.5);
          expect(Math.abs(toPhotoY(foundY * side) - py)).toBeLessThanOrEqual(0.5);
          expect(Math.abs(visibility - confidence)).toBeLessThanOrEqual(0.005);
        }
      }
      expect(imageSize).toEqual([810, 1080]);
    });

    it('finds the same people in the photo, through a resize of our own', async () => {
      const { detections, thresholds, imageSize } = expected();
      const { people, boxes } = await findIn(model, 'bus.jpg', thresholds);

      expect([people.frameWidth, people.frameHeight]).toEqual(imageSize);
      for (const person of detections) {
        const places = boxes.detections.map(({ box }) => overlap(person.box, box));
        const index = places.indexOf(Math.max(...places));
        const image = people.tracks[index]?.image ?? new Float32Array();
        const points = person.keypoints.map(
          (_, point) => [(image[point * 4] ?? NaN) * 810, (image[point * 4 + 1] ?? NaN) * 1080] as const,
        );
        expect(places[index]).toBeGreaterThanOrEqual(0.9);
        expect(Math.abs((boxes.detections[index]?.score ?? NaN) - person.score)).toBeLessThanOrEqual(0.1);
        expect(similarity(person, points)).toBeGreaterThanOrEqual(0.75);
      }
    });
  });

  it('a second suppression of an end-to-end model changes nothing', async () => {
    const expected = JSON.parse(readFileSync(sharedFile(`images/bus.${MODELS[0]}.json`), 'utf8')) as Expected;
    const plain = await findIn('yolov8n-pose-256', 'bus.letterbox-256.png', expected.thresholds);
    const endToEnd = await findIn('yolov8n-pose-256-e2e', 'bus.letterbox-256.png', expected.thresholds);
    const round = ({ boxes }: PeopleAndBoxes): unknown =>
      boxes.detections.map(({ score, box }) =>
        [score, box.x, box.y, box.width, box.height].map((value) => Math.fround(value).toFixed(2)),
      );
    expect(round(endToEnd)).toEqual(round(plain));
  });
});
