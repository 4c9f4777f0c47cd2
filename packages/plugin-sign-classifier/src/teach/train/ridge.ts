import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';
import { addGram, cholesky, solveLower, solveUpper } from './linear-algebra.js';

/** Rows to learn from. Those of one take stand together. */
export interface RidgeRows {
  /** Shape [count, size], row-major. A bias is added by the ridge. */
  readonly values: Float32Array;
  readonly count: number;
  readonly size: number;
  /** The class of each row, from 0. */
  readonly classes: Int32Array;
  /** Of each row, positive. */
  readonly weights: Float32Array;
  readonly classCount: number;
}

/** Rows that are left out together, from `start` to before `end`. */
export interface RowGroup {
  readonly start: number;
  readonly end: number;
}

/** One linear score for each class. */
export interface LinearScores {
  /** Shape [size + 1, classes]: the last row is the bias. */
  readonly weights: Float64Array;
  readonly size: number;
  readonly classCount: number;
}

/** A ridge with the means to tell what it would say had it not seen a group. */
export interface FittedRidge {
  readonly scores: LinearScores;
  /**
   * What the ridge would give each row of a group had it been fitted to all the others: exact, without another fit.
   * @param groups - that lie one after the other
   * @returns for each group, shape [rows of the group, classes]
   * @throws AbortedError
   * @see Cook and Weisberg, "Residuals and Influence in Regression", 1982: deletion of several cases
   */
  leaveOut(groups: readonly RowGroup[]): readonly Float64Array[];
}

/**
 * Least squares from rows to their classes (1 for the own class, 0 for the others), each class as heavy as the others.
 * @param penalty - per unit of weight and for columns of about unit deviation: 0.01 is a little, 1 is much
 * @param signal - looked at every few milliseconds, also when groups are left out
 * @throws AbortedError
 */
export function fitRidge(rows: RidgeRows, penalty: number, signal?: Cancelling): FittedRidge {
  const { count, classCount } = rows;
  const size = rows.size + 1;
  const weighted = withBias(rows);
  const factor = new Float64Array(size * size);
  addGram(weighted, count, size, factor, signal);
  let total = 0;
  for (let row = 0; row < count; row += 1) total += rows.weights[row] ?? 0;
  for (let at = 0; at < size; at += 1) factor[at * size + at] = (factor[at * size + at] ?? 0) + penalty * total;
  cholesky(factor, size, signal);
  const weights = new Float64Array(size * classCount);
  for (let row = 0; row < count; row += 1) {
    stopIfAborted(signal);
    const [column, root] = [rows.classes[row] ?? 0, Math.sqrt(rows.weights[row] ?? 0)];
    for (let at = 0; at < size; at += 1) {
      weights[at * classCount + column] =
        (weights[at * classCount + column] ?? 0) + root * (weighted[row * size + at] ?? 0);
    }
  }
  solveLower(factor, size, weights, classCount, signal);
  solveUpper(factor, size, weights, classCount, signal);
  const scores = { weights, size: rows.size, classCount };
  return { scores, leaveOut: (groups) => leaveOut(rows, weighted, factor, weights, groups, signal) };
}

/** Each row with a 1 at its end, times the root of its weight. */
function withBias({ values, count, size, weights }: RidgeRows): Float32Array {
  const weighted = new Float32Array(count * (size + 1));
  for (let row = 0; row < count; row += 1) {
    const root = Math.sqrt(weights[row] ?? 0);
    const [from, to] = [row * size, row * (size + 1)];
    for (let at = 0; at < size; at += 1) weighted[to + at] = (values[from + at] ?? 0) * root;
    weighted[to + size] = root;
  }
  return weighted;
}

function leaveOut(
  rows: RidgeRows,
  weighted: Float32Array,
  factor: Float64Array,
  weights: Float64Array,
  groups: readonly RowGroup[],
  signal: Cancelling | undefined,
): readonly Float64Array[] {
  const size = rows.size + 1;
  const first = groups[0]?.start ?? 0;
  const columns = (groups.at(-1)?.end ?? 0) - first;
  // Z = L⁻¹Xᵀ, so that a group's part of the hat matrix is ZᵀZ.
  const z = new Float64Array(size * columns);
  for (let row = 0; row < columns; row += 1) {
    for (let at = 0; at < size; at += 1) z[at * columns + row] = weighted[(first + row) * size + at] ?? 0;
  }
  solveLower(factor, size, z, columns, signal);
  return groups.map((group) => {
    stopIfAborted(signal);
    const kept = keptShare(z, columns, size, group.start - first, group.end - first);
    const residuals = residualsOf(rows, weighted, weights, group, signal);
    return leftOutScores(rows, kept, residuals, group);
  });
}

/** The Cholesky factor of I - H of a group. */
function keptShare(z: Float64Array, columns: number, size: number, from: number, to: number): Float64Array {
  const count = to - from;
  const kept = new Float64Array(count * count);
  for (let at = 0; at < size; at += 1) {
    const row = at * columns + from;
    for (let i = 0; i < count; i += 1) {
      const value = z[row + i] ?? 0;
      for (let j = 0; j <= i; j += 1) kept[i * count + j] = (kept[i * count + j] ?? 0) - value * (z[row + j] ?? 0);
    }
  }
  for (let i = 0; i < count; i += 1) kept[i * count + i] = (kept[i * count + i] ?? 0) + 1;
  cholesky(kept, count);
  return kept;
}

/** What the fit to all leaves of the weighted targets of a group: shape [rows, classes]. */
function residualsOf(
  { classes, weights: rowWeights, classCount, size: valueCount }: RidgeRows,
  weighted: Float32Array,
  weights: Float64Array,
  { start, end }: RowGroup,
  signal: Cancelling | undefined,
): Float64Array {
  const size = valueCount + 1;
  const residuals = new Float64Array((end - start) * classCount);
  for (let row = start; row < end; row += 1) {
    stopIfAborted(signal);
    const into = (row - start) * classCount;
    for (let at = 0; at < size; at += 1) {
      const value = weighted[row * size + at] ?? 0;
      for (let column = 0; column < classCount; column += 1) {
        residuals[into + column] = (residuals[into + column] ?? 0) - value * (weights[at * classCount + column] ?? 0);
      }
    }
    const own = into + (classes[row] ?? 0);
    residuals[own] = (residuals[own] ?? 0) + Math.sqrt(rowWeights[row] ?? 0);
  }
  return residuals;
}

/** (I - H)⁻¹ times the residuals are those that the fit to all the others leaves; what it says is the target less these. */
function leftOutScores(
  { classes, weights, classCount }: RidgeRows,
  kept: Float64Array,
  residuals: Float64Array,
  { start, end }: RowGroup,
): Float64Array {
  solveLower(kept, end - start, residuals, classCount);
  solveUpper(kept, end - start, residuals, classCount);
  for (let row = start; row < end; row += 1) {
    const root = Math.sqrt(weights[row] ?? 0);
    for (let column = 0; column < classCount; column += 1) {
      const at = (row - start) * classCount + column;
      residuals[at] = (column === classes[row] ? 1 : 0) - (residuals[at] ?? 0) / root;
    }
  }
  return residuals;
}
