import type { PoseLayout } from '../model/output-layout.js';

/** Candidates above the confidence, one for each index below `count`; made once for a model and used for every frame. */
export class CandidateTable {
  /** Shape [capacity, 4]: left, top, right, bottom in pixels of the model's input. */
  readonly boxes: Float32Array;
  /** 0-1. */
  readonly scores: Float32Array;
  readonly classes: Int32Array;
  /** The candidate's number in the output. */
  readonly rows: Int32Array;
  count = 0;
  /** Scores and boxes that were no finite numbers. */
  notFinite = 0;

  constructor(readonly capacity: number) {
    this.boxes = new Float32Array(capacity * 4);
    this.scores = new Float32Array(capacity);
    this.classes = new Int32Array(capacity);
    this.rows = new Int32Array(capacity);
  }
}

/**
 * Fills the table with the candidates of the first picture of the batch whose best class has at least `minScore`. The
 * score is looked at first, nothing else of a candidate that fails.
 * @param output - laid out as `layout` says.
 */
export function selectCandidates(
  output: Float32Array,
  layout: PoseLayout,
  minScore: number,
  table: CandidateTable,
): void {
  table.count = 0;
  table.notFinite = 0;
  if (layout.form === 'end-to-end') selectRows(output, layout, minScore, table);
  else selectBestClasses(output, layout, minScore, table);
}

function selectBestClasses(
  output: Float32Array,
  { candidates, classes, channelStride, candidateStride }: PoseLayout,
  minScore: number,
  table: CandidateTable,
): void {
  for (let row = 0; row < candidates; row += 1) {
    const start = row * candidateStride;
    let at = start + 4 * channelStride;
    let best = output[at] as number; // within the output, as everywhere below: the layout was made of its shape
    let bestClass = 0;
    for (let label = 1; label < classes; label += 1) {
      at += channelStride;
      const score = output[at] as number;
      if (score > best || Number.isNaN(score)) {
        best = score;
        bestClass = label;
        if (Number.isNaN(score)) break; // no number: none of the others makes up for it
      }
    }
    if (best < minScore) continue;
    const centreX = output[start] as number;
    const centreY = output[start + channelStride] as number;
    const halfWidth = Math.max(output[start + 2 * channelStride] as number, 0) / 2;
    const halfHeight = Math.max(output[start + 3 * channelStride] as number, 0) / 2;
    add(
      table,
      row,
      best,
      bestClass,
      centreX - halfWidth,
      centreY - halfHeight,
      centreX + halfWidth,
      centreY + halfHeight,
    );
  }
}

function selectRows(
  output: Float32Array,
  { candidates, candidateStride }: PoseLayout,
  minScore: number,
  table: CandidateTable,
): void {
  for (let row = 0; row < candidates; row += 1) {
    const start = row * candidateStride;
    const score = output[start + 4] as number;
    if (score < minScore) continue;
    const left = output[start] as number;
    const top = output[start + 1] as number;
    const right = Math.max(output[start + 2] as number, left);
    const bottom = Math.max(output[start + 3] as number, top);
    add(table, row, score, Math.round(output[start + 5] as number), left, top, right, bottom);
  }
}

/** Takes a candidate up, or counts it where any of its values is no finite number. */
function add(
  table: CandidateTable,
  row: number,
  score: number,
  label: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void {
  if (!Number.isFinite(score + label + left + top + right + bottom)) {
    table.notFinite += 1;
    return;
  }
  const { count, boxes } = table;
  table.scores[count] = Math.min(Math.max(score, 0), 1); // 16-bit sigmoids may end a little above
  table.classes[count] = label;
  table.rows[count] = row;
  boxes[count * 4] = left;
  boxes[count * 4 + 1] = top;
  boxes[count * 4 + 2] = right;
  boxes[count * 4 + 3] = bottom;
  table.count = count + 1;
}
