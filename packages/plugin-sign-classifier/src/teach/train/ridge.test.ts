import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, solveLower, solveUpper } from './linear-algebra.js';
import { TrainingRandom } from './random.js';
import { fitRidge } from './ridge.js';
import type { RidgeRows } from './ridge.js';

function someRows(seed: number, count: number, size: number, classCount: number): RidgeRows {
  const random = new TrainingRandom(seed);
  return {
    values: Float32Array.from({ length: count * size }, () => random.normal()),
    count,
    size,
    classes: Int32Array.from({ length: count }, () => random.below(classCount)),
    weights: Float32Array.from({ length: count }, () => random.between(0.5, 2)),
    classCount,
  };
}

/** Without the rows from `start` to before `end`, which weigh nothing: the penalty stays that of all. */
function without(rows: RidgeRows, start: number, end: number): RidgeRows {
  return { ...rows, weights: rows.weights.map((weight, row) => (row >= start && row < end ? 0 : weight)) };
}

const total = ({ weights }: RidgeRows): number => weights.reduce((sum, weight) => sum + weight, 0);

describe('a ridge', () => {
  it('says of a group that is left out what a fit without it says', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (seed, count, size, classCount, cut) => {
          const rows = someRows(seed, count, size, classCount);
          const middle = 1 + (cut % (count - 1));
          const fitted = fitRidge(rows, 0.1);
          const groups = [
            { start: 0, end: middle },
            { start: middle, end: count },
          ];
          for (const [index, scores] of fitted.leaveOut(groups).entries()) {
            const { start, end } = groups[index] ?? { start: 0, end: 0 };
            const others = without(rows, start, end);
            if (total(others) === 0) return;
            const refit = fitRidge(others, (0.1 * total(rows)) / total(others)).scores.weights;
            for (let row = start; row < end; row += 1) {
              for (let column = 0; column < classCount; column += 1) {
                let said = refit[size * classCount + column] ?? 0;
                for (let at = 0; at < size; at += 1)
                  said += (rows.values[row * size + at] ?? 0) * (refit[at * classCount + column] ?? 0);
                expect(scores[(row - start) * classCount + column]).toBeCloseTo(said, 4);
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('learns classes that lie apart', () => {
    const rows = someRows(3, 200, 6, 3);
    for (let row = 0; row < 200; row += 1) rows.values[row * 6 + (rows.classes[row] ?? 0)] = 4;
    const { weights } = fitRidge(rows, 0.01).scores;
    let right = 0;
    for (let row = 0; row < 200; row += 1) {
      const scores = [0, 1, 2].map((column) => {
        let sum = weights[6 * 3 + column] ?? 0;
        for (let at = 0; at < 6; at += 1) sum += (rows.values[row * 6 + at] ?? 0) * (weights[at * 3 + column] ?? 0);
        return sum;
      });
      if (scores.indexOf(Math.max(...scores)) === rows.classes[row]) right += 1;
    }
    expect(right).toBeGreaterThan(195);
  });
});

describe('the linear algebra', () => {
  it('solves what it factors', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 }), (seed, size, columns) => {
        const random = new TrainingRandom(seed);
        const root = Float64Array.from({ length: size * size }, () => random.normal());
        const matrix = new Float64Array(size * size);
        for (let i = 0; i < size; i += 1)
          for (let j = 0; j < size; j += 1) {
            for (let k = 0; k < size; k += 1)
              matrix[i * size + j] =
                (matrix[i * size + j] ?? 0) + (root[i * size + k] ?? 0) * (root[j * size + k] ?? 0);
            if (i === j) matrix[i * size + j] = (matrix[i * size + j] ?? 0) + 1;
          }
        const right = Float64Array.from({ length: size * columns }, () => random.normal());
        const solved = right.slice();
        const factor = matrix.slice();
        cholesky(factor, size);
        solveLower(factor, size, solved, columns);
        solveUpper(factor, size, solved, columns);
        for (let i = 0; i < size; i += 1)
          for (let column = 0; column < columns; column += 1) {
            let sum = 0;
            for (let k = 0; k < size; k += 1) sum += (matrix[i * size + k] ?? 0) * (solved[k * columns + column] ?? 0);
            expect(sum).toBeCloseTo(right[i * columns + column] ?? 0, 6);
          }
      }),
    );
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => cholesky(Float64Array.of(1, 0, 2, 1), 2)).toThrow(/not positive definite in row 1/);
  });
});
