import { describe, expect, it } from 'vitest';
import type { PlainCandidate } from './support/model-output.js';
import { layoutOf } from './support/model-output.js';
import { aPoseModel } from './support/pose-model.js';
import { anExtractor, plainFrame } from './support/an-extractor.js';
import { PoseConfig } from '../src/nodes/pose-config.js';

const signal = new AbortController().signal;
const FORMS = ['channels-first', 'candidates-first', 'end-to-end'] as const;
const TYPES = ['float32', 'float16'] as const;

/** 17 points in a row; all values can be told exactly in 16 bits. */
const pointsAt = (x: number, y: number): PlainCandidate['points'] =>
  Array.from({ length: 17 }, (_, point) => [x + point, y, 0.5] as const);

/** A candidate at a place of the input, in the form that a layout has for boxes. */
function candidate(form: (typeof FORMS)[number], left: number, top: number, score: number): PlainCandidate {
  const box = form === 'end-to-end' ? [left, top, left + 16, top + 32] : [left + 8, top + 16, 16, 32];
  return { box: box as unknown as PlainCandidate['box'], scores: [score], points: pointsAt(left, top) };
}

/** The people of a small model: one twice, slightly shifted, another, and one below the confidence. */
function people(form: (typeof FORMS)[number]): PlainCandidate[] {
  const twice = form === 'end-to-end' ? [] : [candidate(form, 5, 8, 0.5)];
  return [candidate(form, 40, 24, 0.75), ...twice, candidate(form, 4, 8, 0.875), candidate(form, 0, 0, 0.125)];
}

/** Boxes and first points of what was found, in a frame of 128 x 128: all twice as large as in the input. */
const found = [
  { box: { x: 8, y: 16, width: 32, height: 64 }, score: 0.875, first: [8 / 128, 16 / 128], last: [40 / 128, 16 / 128] },
  {
    box: { x: 80, y: 48, width: 32, height: 64 },
    score: 0.75,
    first: [80 / 128, 48 / 128],
    last: [112 / 128, 48 / 128],
  },
];

describe.each(FORMS)('a model with %s output', (form) => {
  describe.each(TYPES)('in %s', (type) => {
    it.each([
      { what: 'three values a point', valuesPerPoint: 3 as const },
      { what: 'two values a point', valuesPerPoint: 2 as const },
      { what: 'a batch of four', valuesPerPoint: 3 as const, input: [4, 3, 64, 64] as const },
      {
        what: 'an open size and batch',
        valuesPerPoint: 3 as const,
        input: ['batch', 3, 'height', 'width'] as const,
        output: ['batch', null, null] as const,
      },
    ])('finds the people: $what', async ({ valuesPerPoint, input, output }) => {
      const candidates = people(form);
      const layout = layoutOf({ form, classes: 1, points: 17, valuesPerPoint, candidates: candidates.length });
      const model = aPoseModel({ layout, candidates, type, ...(input && { input }), ...(output && { output }) });
      const { extractor } = anExtractor(model);
      await extractor.open(signal);
      const ids = new Set<number | undefined>();
      for (const timestampMs of [40, 80]) {
        const answer = await extractor.extract(plainFrame(128, 128, 255, timestampMs));

        expect(answer.people).toMatchObject({ frameWidth: 128, frameHeight: 128 });
        expect(answer.boxes.detections.map(({ trackId }) => trackId)).toEqual(
          answer.people.tracks.map(({ trackId }) => trackId),
        );
        for (const { trackId } of answer.people.tracks) ids.add(trackId);
        for (const [index, { box, score, first, last }] of found.entries()) {
          const detection = answer.boxes.detections[index];
          const track = answer.people.tracks[index];
          expect(detection?.label).toBe('person');
          expect(detection?.box).toEqual(box);
          expect(detection?.score).toBeCloseTo(score, 2);
          expect(track?.skeleton).toBe('coco-17');
          expect(track?.score).toBe(detection?.score);
          const image = Array.from(track?.image ?? []);
          expect(image).toHaveLength(68);
          expect(image.slice(0, 2)).toEqual(first);
          expect(image.slice(64, 66)).toEqual(last);
          expect(image.filter((_, at) => at % 4 === 3)).toEqual(Array(17).fill(valuesPerPoint === 2 ? 1 : 0.5));
        }
      }
      expect(ids.size).toBe(4);
      await extractor.close();
    });
  });

  it('finds nobody in the dark, since nothing reaches the confidence', async () => {
    const candidates = people(form);
    const layout = layoutOf({ form, classes: 1, points: 17, valuesPerPoint: 3, candidates: candidates.length });
    const { extractor } = anExtractor(aPoseModel({ layout, candidates }));
    await extractor.open(signal);
    const answer = await extractor.extract(plainFrame(64, 64, 0));
    expect([answer.people.tracks, answer.boxes.detections]).toEqual([[], []]);
    await extractor.close();
  });

  it('takes over confidence, overlap and number of people while it runs, and nothing else', async () => {
    const candidates = people(form);
    const layout = layoutOf({ form, classes: 1, points: 17, valuesPerPoint: 3, candidates: candidates.length });
    const { extractor } = anExtractor(aPoseModel({ layout, candidates }));
    await extractor.open(signal);
    const count = async (): Promise<number> => (await extractor.extract(plainFrame())).people.tracks.length;
    const config = PoseConfig.parse({ model: 'model.onnx' });
    expect(await count()).toBe(2);
    expect(extractor.reconfigure({ ...config, confidence: 0.1 })).toBe(true);
    expect(await count()).toBe(3);
    expect(extractor.reconfigure({ ...config, maxPeople: 1 })).toBe(true);
    expect(await count()).toBe(1);
    expect(extractor.reconfigure({ ...config, iou: 1 })).toBe(true);
    expect(await count()).toBe(form === 'end-to-end' ? 2 : 3);
    expect(extractor.reconfigure({ ...config, threads: 2 })).toBe(false);
    expect(extractor.reconfigure({ ...config, letterbox: 'top-left' })).toBe(false);
    await extractor.close();
  });
});
