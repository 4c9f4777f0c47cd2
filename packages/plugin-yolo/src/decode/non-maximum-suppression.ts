import type { CandidateTable } from './candidates.js';

/** Memory for choosing among candidates; made once for a model and used for every frame. */
export class Selection {
  /** Indices into the candidate table, best first; the first `count` of them. */
  readonly kept: Int32Array;
  count = 0;
  /** Score and index of each candidate in one number, so that numbers sort as candidates should. */
  readonly keys: Float64Array;
  readonly scoreBits = new Int32Array(1);
  readonly score = new Float32Array(this.scoreBits.buffer);

  constructor(capacity: number) {
    this.kept = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
  }
}

/** Keys hold 30 bits of score above 21 bits of index; more candidates than that are far beyond any model. */
const INDEX_RANGE = 2 ** 21;

/**
 * Keeps the best candidates, at most `most` of them, with the lower row first where scores are equal.
 * @param iouLimit - greedy and within a class: a candidate whose box overlaps a better kept one by more (intersection
 *   over union, 0-1) goes. Undefined: all may stay.
 */
export function keepBest(
  table: CandidateTable,
  iouLimit: number | undefined,
  most: number,
  selection: Selection,
): void {
  const { kept, keys } = selection;
  sortByScore(table, selection);
  selection.count = 0;
  for (let place = table.count - 1; place >= 0 && selection.count < most; place -= 1) {
    const index = INDEX_RANGE - 1 - ((keys[place] as number) % INDEX_RANGE);
    if (iouLimit !== undefined && isOverlapped(table, index, iouLimit, selection)) continue;
    kept[selection.count] = index;
    selection.count += 1;
  }
}

/** Scores are from 0 to 1: as 32-bit floats their bits grow as they do. Numbers sort without a call for each pair. */
function sortByScore({ scores, count }: CandidateTable, { keys, score, scoreBits }: Selection): void {
  for (let index = 0; index < count; index += 1) {
    score[0] = scores[index] as number; // below `count`, like all indices here
    keys[index] = (scoreBits[0] as number) * INDEX_RANGE + (INDEX_RANGE - 1 - index);
  }
  keys.subarray(0, count).sort();
}

function isOverlapped(
  { boxes, classes }: CandidateTable,
  index: number,
  iouLimit: number,
  { kept, count }: Selection,
): boolean {
  const left = boxes[index * 4] as number;
  const top = boxes[index * 4 + 1] as number;
  const right = boxes[index * 4 + 2] as number;
  const bottom = boxes[index * 4 + 3] as number;
  const area = (right - left) * (bottom - top);
  for (let place = 0; place < count; place += 1) {
    const other = kept[place] as number;
    if (classes[other] !== classes[index]) continue;
    const otherLeft = boxes[other * 4] as number;
    const otherTop = boxes[other * 4 + 1] as number;
    const otherRight = boxes[other * 4 + 2] as number;
    const otherBottom = boxes[other * 4 + 3] as number;
    const width = Math.min(right, otherRight) - Math.max(left, otherLeft);
    const height = Math.min(bottom, otherBottom) - Math.max(top, otherTop);
    if (width <= 0 || height <= 0) continue;
    const shared = width * height;
    if (shared > iouLimit * (area + (otherRight - otherLeft) * (otherBottom - otherTop) - shared)) return true;
  }
  return false;
}
