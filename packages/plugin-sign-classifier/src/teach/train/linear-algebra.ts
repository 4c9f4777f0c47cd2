import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';

/** Rows of a sum that take a few milliseconds; a multiple of four, so that sums are the same however they are divided. */
const ROWS_BETWEEN_LOOKS = 64;

/**
 * Adds `XᵀX` of rows to a symmetric matrix; only its lower half is written. Four rows are taken at once, so that each element of
 * the sum is read and written once for four products.
 * @param rows - shape [count, size], row-major
 * @param into - shape [size, size]
 * @throws AbortedError
 */
export function addGram(
  rows: Float32Array,
  count: number,
  size: number,
  into: Float64Array,
  signal?: Cancelling,
): void {
  for (let from = 0; from < count; from += ROWS_BETWEEN_LOOKS) {
    stopIfAborted(signal);
    const some = Math.min(ROWS_BETWEEN_LOOKS, count - from);
    addGramOf(rows.subarray(from * size, (from + some) * size), some, size, into);
  }
}

function addGramOf(rows: Float32Array, count: number, size: number, into: Float64Array): void {
  let row = 0;
  for (; row + 3 < count; row += 4) {
    const [a, b, c, d] = [row * size, (row + 1) * size, (row + 2) * size, (row + 3) * size];
    for (let i = 0; i < size; i += 1) {
      const [ai, bi, ci, di] = [rows[a + i] ?? 0, rows[b + i] ?? 0, rows[c + i] ?? 0, rows[d + i] ?? 0];
      const at = i * size;
      for (let j = 0; j <= i; j += 1) {
        into[at + j] =
          (into[at + j] ?? 0) +
          ai * (rows[a + j] ?? 0) +
          bi * (rows[b + j] ?? 0) +
          ci * (rows[c + j] ?? 0) +
          di * (rows[d + j] ?? 0);
      }
    }
  }
  for (; row < count; row += 1) {
    const a = row * size;
    for (let i = 0; i < size; i += 1) {
      const ai = rows[a + i] ?? 0;
      for (let j = 0; j <= i; j += 1) into[i * size + j] = (into[i * size + j] ?? 0) + ai * (rows[a + j] ?? 0);
    }
  }
}

/**
 * The Cholesky factor of a symmetric, positive definite matrix, in place of its lower half.
 * @param matrix - shape [size, size]; only the lower half is read
 * @throws RangeError - where it is not positive definite; AbortedError
 */
export function cholesky(matrix: Float64Array, size: number, signal?: Cancelling): void {
  for (let i = 0; i < size; i += 1) {
    stopIfAborted(signal);
    const rowI = i * size;
    for (let j = 0; j <= i; j += 1) {
      const rowJ = j * size;
      let [a, b, c, d] = [0, 0, 0, 0];
      let k = 0;
      for (; k + 3 < j; k += 4) {
        a += (matrix[rowI + k] ?? 0) * (matrix[rowJ + k] ?? 0);
        b += (matrix[rowI + k + 1] ?? 0) * (matrix[rowJ + k + 1] ?? 0);
        c += (matrix[rowI + k + 2] ?? 0) * (matrix[rowJ + k + 2] ?? 0);
        d += (matrix[rowI + k + 3] ?? 0) * (matrix[rowJ + k + 3] ?? 0);
      }
      for (; k < j; k += 1) a += (matrix[rowI + k] ?? 0) * (matrix[rowJ + k] ?? 0);
      const rest = (matrix[rowI + j] ?? 0) - (a + b + c + d);
      if (i === j) {
        if (!(rest > 0)) throw new RangeError(`The matrix is not positive definite in row ${i}.`);
        matrix[rowI + i] = Math.sqrt(rest);
      } else matrix[rowI + j] = rest / (matrix[rowJ + j] ?? 1);
    }
  }
}

/**
 * Solves `L Z = B` in place.
 * @param factor - a Cholesky factor, shape [size, size]
 * @param right - B, then Z: shape [size, columns]
 * @throws AbortedError
 */
export function solveLower(
  factor: Float64Array,
  size: number,
  right: Float64Array,
  columns: number,
  signal?: Cancelling,
): void {
  for (let i = 0; i < size; i += 1) {
    stopIfAborted(signal);
    const row = i * columns;
    let k = 0;
    for (; k + 3 < i; k += 4) {
      const from = i * size + k;
      const [a, b, c, d] = [factor[from] ?? 0, factor[from + 1] ?? 0, factor[from + 2] ?? 0, factor[from + 3] ?? 0];
      const [ra, rb, rc, rd] = [k * columns, (k + 1) * columns, (k + 2) * columns, (k + 3) * columns];
      for (let column = 0; column < columns; column += 1) {
        right[row + column] =
          (right[row + column] ?? 0) -
          a * (right[ra + column] ?? 0) -
          b * (right[rb + column] ?? 0) -
          c * (right[rc + column] ?? 0) -
          d * (right[rd + column] ?? 0);
      }
    }
    for (; k < i; k += 1) subtractRow(right, row, k * columns, factor[i * size + k] ?? 0, columns);
    divideRow(right, row, factor[i * size + i] ?? 1, columns);
  }
}

/** Solves `Lᵀ X = Z` in place. See `solveLower`. */
export function solveUpper(
  factor: Float64Array,
  size: number,
  right: Float64Array,
  columns: number,
  signal?: Cancelling,
): void {
  for (let i = size - 1; i >= 0; i -= 1) {
    stopIfAborted(signal);
    const row = i * columns;
    for (let k = i + 1; k < size; k += 1) subtractRow(right, row, k * columns, factor[k * size + i] ?? 0, columns);
    divideRow(right, row, factor[i * size + i] ?? 1, columns);
  }
}

function subtractRow(right: Float64Array, into: number, from: number, weight: number, columns: number): void {
  if (weight === 0) return;
  for (let column = 0; column < columns; column += 1) {
    right[into + column] = (right[into + column] ?? 0) - weight * (right[from + column] ?? 0);
  }
}

function divideRow(right: Float64Array, row: number, by: number, columns: number): void {
  for (let column = 0; column < columns; column += 1) right[row + column] = (right[row + column] ?? 0) / by;
}
