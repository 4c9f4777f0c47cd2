/** Finds which row belongs to which column. @returns for each row its column, -1 where it has none. */
export type Assign = (similarity: Float64Array, rows: number, columns: number, least: number) => Int32Array;

/**
 * The pairs of rows and columns whose similarities above `least` have the greatest sum: each row and each column in one pair
 * at most, and no pair at or below `least`. Shortest augmenting paths with potentials, O(rows² · (rows + columns)).
 *
 * Optimal and not greedy: where people cross, the best pair of all may leave two others that belong to nobody.
 * @param similarity - shape [rows, columns], row-major, finite.
 * @see Jonker, Volgenant: A Shortest Augmenting Path Algorithm for Dense and Sparse Linear Assignment Problems, Computing 38
 *   (1987), doi:10.1007/BF02278710
 */
export function assignOptimally(similarity: Float64Array, rows: number, columns: number, least: number): Int32Array {
  // To stay alone costs nothing and a good pair less than nothing: a spare column for each row stands for staying alone.
  // Everything is counted from 1; column 0 holds the row whose path is being searched.
  const width = columns + rows;
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  const cameFrom = new Int32Array(width + 1);
  const shortest = new Float64Array(width + 1);
  const isDone = new Uint8Array(width + 1);
  for (let start = 1; start <= rows; start += 1) {
    rowOf[0] = start;
    let column = 0;
    shortest.fill(Infinity);
    isDone.fill(0);
    do {
      isDone[column] = 1;
      const row = at(rowOf, column);
      let step = Infinity;
      let next = 0;
      for (let other = 1; other <= width; other += 1) {
        if (isDone[other] === 1) continue;
        const gain = other > columns ? 0 : at(similarity, (row - 1) * columns + other - 1) - least;
        // A forbidden pair is no way on; a spare column always is.
        const cost = other <= columns && !(gain > 0) ? Infinity : -gain;
        const length = cost - at(rowPotential, row) - at(columnPotential, other);
        if (length < at(shortest, other)) {
          shortest[other] = length;
          cameFrom[other] = column;
        }
        if (at(shortest, other) < step) {
          step = at(shortest, other);
          next = other;
        }
      }
      for (let other = 0; other <= width; other += 1) {
        if (isDone[other] === 1) {
          rowPotential[at(rowOf, other)] = at(rowPotential, at(rowOf, other)) + step;
          columnPotential[other] = at(columnPotential, other) - step;
        } else shortest[other] = at(shortest, other) - step;
      }
      column = next;
    } while (at(rowOf, column) !== 0);
    for (let previous = 0; column !== 0; column = previous) {
      previous = at(cameFrom, column);
      rowOf[column] = at(rowOf, previous);
    }
  }
  const columnOf = new Int32Array(rows).fill(-1);
  for (let column = 1; column <= columns; column += 1) {
    const row = at(rowOf, column);
    if (row > 0) columnOf[row - 1] = column - 1;
  }
  return columnOf;
}

/**
 * The best pair of all first, then the best of what is left: what `assignOptimally` is compared with.
 * @param similarity - shape [rows, columns], row-major, finite.
 */
export function assignGreedily(similarity: Float64Array, rows: number, columns: number, least: number): Int32Array {
  const columnOf = new Int32Array(rows).fill(-1);
  const isTaken = new Uint8Array(columns);
  const pairs = Array.from(similarity.keys())
    .filter((pair) => at(similarity, pair) > least)
    .sort((a, b) => at(similarity, b) - at(similarity, a) || a - b);
  for (const pair of pairs) {
    const row = Math.floor(pair / columns);
    const column = pair % columns;
    if (columnOf[row] !== -1 || isTaken[column] === 1) continue;
    columnOf[row] = column;
    isTaken[column] = 1;
  }
  return columnOf;
}

/** An element that is there: indices are counted by the loops above. */
function at(array: Float64Array | Int32Array, index: number): number {
  return array[index] ?? Number.NaN;
}
