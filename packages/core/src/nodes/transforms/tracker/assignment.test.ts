import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignGreedily, assignOptimally } from './assignment.js';

/** The greatest sum of gains above `least` that any assignment has, by trying all. */
function bestGain(
  similarity: readonly (readonly number[])[],
  least: number,
  row = 0,
  taken = new Set<number>(),
): number {
  const line = similarity[row];
  if (line === undefined) return 0;
  let best = bestGain(similarity, least, row + 1, taken);
  for (const [column, value] of line.entries()) {
    if (taken.has(column) || value <= least) continue;
    best = Math.max(best, value - least + bestGain(similarity, least, row + 1, new Set([...taken, column])));
  }
  return best;
}

const matrices = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.constantFrom(1000, 4))
  .chain(([rows, columns, steps]) =>
    fc.tuple(
      fc.constant(columns),
      fc.array(
        // Coarse steps bring ties and pairs right at the limit.
        fc.array(
          fc.integer({ min: 0, max: steps }).map((step) => step / steps),
          { minLength: columns, maxLength: columns },
        ),
        { minLength: rows, maxLength: rows },
      ),
    ),
  );
const limits = fc.constantFrom(0, 0.25, 0.5);

const gainOf = (columnOf: Int32Array, lines: readonly (readonly number[])[], least: number): number =>
  columnOf.reduce((sum, column, row) => sum + (column < 0 ? 0 : (lines[row]?.[column] ?? Number.NaN) - least), 0);

describe.each([
  ['assignOptimally', assignOptimally],
  ['assignGreedily', assignGreedily],
])('%s', (_name, assign) => {
  it('pairs each row and column once at most, and nothing that is not similar enough', () => {
    fc.assert(
      fc.property(matrices, limits, ([columns, lines], least) => {
        const columnOf = assign(Float64Array.from(lines.flat()), lines.length, columns, least);
        const paired = Array.from(columnOf).filter((column) => column >= 0);
        expect(columnOf).toHaveLength(lines.length);
        expect(new Set(paired).size).toBe(paired.length);
        for (const [row, column] of columnOf.entries())
          if (column >= 0) expect(lines[row]?.[column]).toBeGreaterThan(least);
      }),
    );
  });
});

describe('assignOptimally', () => {
  it('has the sum that trying all assignments finds', () => {
    fc.assert(
      fc.property(matrices, limits, ([columns, lines], least) => {
        const columnOf = assignOptimally(Float64Array.from(lines.flat()), lines.length, columns, least);
        expect(gainOf(columnOf, lines, least)).toBeCloseTo(bestGain(lines, least), 9);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the best pair up where that leaves nobody alone, which greed does not', () => {
    const similarity = Float64Array.of(0.9, 0.8, 0.8, 0.1);
    expect([...assignOptimally(similarity, 2, 2, 0.2)]).toEqual([1, 0]);
    expect([...assignGreedily(similarity, 2, 2, 0.2)]).toEqual([0, -1]);
  });
});
