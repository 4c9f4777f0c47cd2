import { pointIntoLetterbox, placeLetterbox } from '@kinegraph/core/plugin';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aModelOutput, layoutOf } from '../../test/support/model-output.js';
import type { PlainCandidate } from '../../test/support/model-output.js';
import { CandidateTable, selectCandidates } from './candidates.js';
import { Selection, keepBest } from './non-maximum-suppression.js';
import { toPeople } from './people.js';
import type { PeopleAndBoxes } from './people.js';
import { trackIdOf } from './track-id.js';

const side = fc.integer({ min: 8, max: 3000 });
const fraction = fc.double({ min: -0.2, max: 1.2, noNaN: true });

const [FIRST_ID, SECOND_ID] = [trackIdOf(1, 0), trackIdOf(1, 1)];

/** All candidates above 0.25, in the frame. */
function decode(
  layout: ReturnType<typeof layoutOf>,
  candidates: readonly PlainCandidate[],
  letterbox: ReturnType<typeof placeLetterbox>,
  labels: readonly string[] = ['person'],
): PeopleAndBoxes | undefined {
  const output = aModelOutput(layout, candidates, 1);
  const [table, selection] = [new CandidateTable(candidates.length), new Selection(candidates.length)];
  selectCandidates(output, layout, 0.25, table);
  keepBest(table, 0.7, 10, selection);
  return toPeople(output, table, selection, letterbox, { layout, skeleton: 'coco-17', labels, timestampMs: 1 });
}

describe('people of candidates', () => {
  it('are where they were in the frame before it was letterboxed', () => {
    const making = fc.record({
      source: fc.record({ width: side, height: side }),
      target: fc.record({ width: fc.constantFrom(256, 320), height: fc.constantFrom(256, 640) }),
      anchor: fc.constantFrom('centre' as const, 'top-left' as const),
      form: fc.constantFrom('channels-first' as const, 'candidates-first' as const, 'end-to-end' as const),
      valuesPerPoint: fc.constantFrom(2 as const, 3 as const),
      points: fc.array(fc.tuple(fraction, fraction, fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength: 1,
        maxLength: 6,
      }),
    });
    fc.assert(
      fc.property(making, ({ source, target, anchor, form, valuesPerPoint, points }) => {
        const letterbox = placeLetterbox(source, target, anchor);
        const into = (x: number, y: number) =>
          pointIntoLetterbox({ x: x * source.width, y: y * source.height }, letterbox);
        const [leftTop, rightBottom] = [into(0.25, 0.125), into(0.75, 0.5)];
        const [width, height] = [rightBottom.x - leftTop.x, rightBottom.y - leftTop.y];
        const candidate: PlainCandidate = {
          box:
            form === 'end-to-end'
              ? [leftTop.x, leftTop.y, rightBottom.x, rightBottom.y]
              : [leftTop.x + width / 2, leftTop.y + height / 2, width, height],
          scores: [0.75],
          points: points.map(([x, y, confidence]) => {
            const place = into(x, y);
            return [place.x, place.y, confidence] as const;
          }),
        };
        const layout = layoutOf({ form, classes: 1, points: points.length, valuesPerPoint, candidates: 1 });
        const found = decode(layout, [candidate], letterbox);

        expect(found?.people).toMatchObject({ frameWidth: source.width, frameHeight: source.height });
        expect(found?.people.tracks).toMatchObject([{ skeleton: 'coco-17', trackId: FIRST_ID, score: 0.75 }]);
        expect(found?.boxes.detections).toMatchObject([{ label: 'person', trackId: FIRST_ID, score: 0.75 }]);
        // Places in the model's input are 32-bit floats: exact to 1e-4 of its pixels.
        const tolerance = (scale: number): number => 2e-4 / scale;
        const box = found?.boxes.detections[0]?.box ?? { x: NaN, y: NaN, width: NaN, height: NaN };
        expect(Math.abs(box.x - source.width * 0.25)).toBeLessThan(tolerance(letterbox.scaleX));
        expect(Math.abs(box.y - source.height * 0.125)).toBeLessThan(tolerance(letterbox.scaleY));
        expect(Math.abs(box.width - source.width * 0.5)).toBeLessThan(tolerance(letterbox.scaleX));
        expect(Math.abs(box.height - source.height * 0.375)).toBeLessThan(tolerance(letterbox.scaleY));
        const image = found?.people.tracks[0]?.image ?? [];
        expect(image).toHaveLength(points.length * 4);
        for (const [index, [x, y, confidence]] of points.entries()) {
          const [gotX = NaN, gotY = NaN, gotZ, visibility] = image.slice(index * 4, index * 4 + 4);
          expect(Math.abs(gotX - x) * letterbox.width).toBeLessThan(4e-4);
          expect(Math.abs(gotY - y) * letterbox.height).toBeLessThan(4e-4);
          expect(gotZ).toBe(0);
          expect(visibility).toBe(valuesPerPoint === 2 ? 1 : Math.fround(confidence));
        }
      }),
    );
  });

  const letterbox = placeLetterbox({ width: 64, height: 64 }, { width: 64, height: 64 });
  const layout = layoutOf({ form: 'channels-first', classes: 3, points: 1, valuesPerPoint: 3, candidates: 2 });
  const person: PlainCandidate = { box: [10, 10, 4, 4], scores: [0.9, 0, 0], points: [[10, 10, 0.5]] };
  const dog: PlainCandidate = { box: [40, 40, 4, 4], scores: [0, 0, 0.5], points: [[40, 40, 1.5]] };

  it('have labels, one identity each in both lists, and the best first', () => {
    const found = decode(layout, [dog, person], letterbox);
    expect(found?.boxes.detections.map(({ label, trackId }) => [label, trackId])).toEqual([
      ['person', FIRST_ID],
      ['2', SECOND_ID],
    ]);
    expect(found?.people.tracks.map(({ trackId, image }) => [trackId, image[3]])).toEqual([
      [FIRST_ID, 0.5],
      [SECOND_ID, 1], // held within 0-1
    ]);
  });

  it('are none where nobody is there', () => {
    const found = decode(
      layout,
      [
        { ...dog, scores: [0, 0, 0] },
        { ...person, scores: [0.1, 0, 0] },
      ],
      letterbox,
    );
    expect(found).toEqual({
      people: { frameWidth: 64, frameHeight: 64, tracks: [] },
      boxes: { frameWidth: 64, frameHeight: 64, detections: [] },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('are not made of points at %f', (x) => {
    expect(decode(layout, [person, { ...dog, points: [[x, 1, 1]] }], letterbox)).toBeUndefined();
    expect(decode(layout, [person, { ...dog, points: [[1, 1, x]] }], letterbox)).toBeUndefined();
  });
});
