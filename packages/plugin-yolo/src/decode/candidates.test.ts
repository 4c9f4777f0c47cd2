import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateTable, selectCandidates } from './candidates.js';
import { aModelOutput, layoutOf } from '../../test/support/model-output.js';
import type { PlainCandidate } from '../../test/support/model-output.js';

const value = fc.double({ min: -50, max: 700, noNaN: true }).map(Math.fround);
const score = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround);
const form = fc.constantFrom('channels-first' as const, 'candidates-first' as const, 'end-to-end' as const);

/** Candidates that are all in the form of the layout's own box. */
const making = fc
  .record({ form, classes: fc.integer({ min: 1, max: 4 }), points: fc.integer({ min: 1, max: 5 }) })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      minScore: score,
      candidates: fc.array(
        fc.record({
          box: fc.tuple(value, value, value, value),
          scores: fc.array(score, { minLength: shape.classes, maxLength: shape.classes }),
          points: fc.constant<PlainCandidate['points']>([]),
        }),
        { minLength: 1, maxLength: 30 },
      ),
    }),
  );

/** What a table holds, as plain objects. */
function contents(table: CandidateTable) {
  return Array.from({ length: table.count }, (_, index) => ({
    row: table.rows[index],
    label: table.classes[index],
    score: table.scores[index],
    box: [...table.boxes.subarray(index * 4, index * 4 + 4)],
  }));
}

/** The same, said plainly. */
function plainly(candidates: readonly PlainCandidate[], isEndToEnd: boolean, minScore: number) {
  return candidates.flatMap(({ box, scores }, row) => {
    const best = Math.max(...scores);
    if (best < minScore) return [];
    const [a, b, c, d] = box;
    const corners = isEndToEnd
      ? [a, b, Math.max(a, c), Math.max(b, d)]
      : [a - Math.max(c, 0) / 2, b - Math.max(d, 0) / 2, a + Math.max(c, 0) / 2, b + Math.max(d, 0) / 2];
    return [{ row, label: scores.indexOf(best), score: best, box: corners.map(Math.fround) }];
  });
}

describe('selecting candidates', () => {
  it('keeps those above the confidence, in every layout', () => {
    fc.assert(
      fc.property(making, fc.boolean(), ({ shape, candidates, minScore }, isLarger) => {
        const layout = layoutOf({ ...shape, valuesPerPoint: 3, candidates: candidates.length });
        // An output may hold more than the first picture of its batch.
        const output = aModelOutput(layout, candidates, isLarger ? 2 : 1);
        const table = new CandidateTable(candidates.length);
        selectCandidates(output, layout, minScore, table);
        expect(contents(table)).toEqual(plainly(candidates, shape.form === 'end-to-end', minScore));
        expect(table.notFinite).toBe(0);
        selectCandidates(output, layout, minScore, table); // used again, it holds nothing of before
        expect(table.count).toBe(plainly(candidates, shape.form === 'end-to-end', minScore).length);
      }),
    );
  });

  it.each(['channels-first', 'candidates-first', 'end-to-end'] as const)(
    'counts what is no finite number: %s',
    (layoutForm) => {
      const good: PlainCandidate = { box: [10, 10, 20, 20], scores: [0.2, 0.9], points: [] };
      const candidates: PlainCandidate[] = [
        good,
        { ...good, scores: [Number.NaN, Number.NaN] },
        { ...good, scores: [Number.POSITIVE_INFINITY, 0.1] },
        { ...good, box: [Number.NaN, 0, 1, 1] },
        { ...good, box: [0, 0, Number.POSITIVE_INFINITY, 1] },
        { ...good, scores: [0.1, 0.1], box: [Number.NaN, 0, 1, 1] }, // below the confidence: nobody looks at its box
      ];
      const layout = layoutOf({ form: layoutForm, classes: 2, points: 1, valuesPerPoint: 3, candidates: 6 });
      const table = new CandidateTable(6);
      selectCandidates(aModelOutput(layout, candidates, 1), layout, 0.25, table);
      expect({ notFinite: table.notFinite, rows: [...table.rows.subarray(0, table.count)] }).toEqual({
        notFinite: 4,
        rows: [0],
      });
    },
  );

  it('sees a class without a number behind a better one', () => {
    const layout = layoutOf({ form: 'channels-first', classes: 3, points: 1, valuesPerPoint: 3, candidates: 1 });
    const table = new CandidateTable(1);
    const candidate: PlainCandidate = { box: [1, 1, 1, 1], scores: [0.9, Number.NaN, 0.95], points: [] };
    selectCandidates(aModelOutput(layout, [candidate], 1), layout, 0.25, table);
    expect([table.count, table.notFinite]).toEqual([0, 1]);
  });

  it('holds scores within 0 and 1', () => {
    const layout = layoutOf({ form: 'channels-first', classes: 1, points: 1, valuesPerPoint: 3, candidates: 2 });
    const table = new CandidateTable(2);
    const candidate = (score_: number): PlainCandidate => ({ box: [1, 1, 1, 1], scores: [score_], points: [] });
    selectCandidates(aModelOutput(layout, [candidate(1.001), candidate(-0)], 1), layout, 0, table);
    expect([...table.scores]).toEqual([1, 0]);
  });
});
