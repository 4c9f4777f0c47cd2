import { assignOptimally } from '../nodes/index.js';

/** How well a tracker kept people apart: see `trackingFigures`. */
export interface TrackingFigures {
  /** Times that somebody went on under another id than before. */
  readonly switches: number;
  /** Share of identities: F1 of the best match of ids and people, 0-1. Ristani et al., ECCV workshops 2016, arXiv:1609.01775. */
  readonly idf1: number;
  /** 1 - (missed + false + switches) / people. Bernardin, Stiefelhagen, 2008, doi:10.1155/2008/246309. */
  readonly mota: number;
  /** Ids that were given. */
  readonly ids: number;
}

/** One frame as a tracker answered it: who was there, and for each answer the id and who it really is. */
export interface TrackedFrame {
  readonly present: readonly number[];
  readonly answers: readonly { readonly id: number; readonly truth: number | undefined }[];
}

/** The usual figures of multi-object tracking, with the truth known for each find. */
export function trackingFigures(frames: Iterable<TrackedFrame>): TrackingFigures {
  let [switches, missed, wrong, people, answers] = [0, 0, 0, 0, 0];
  const lastId = new Map<number, number>();
  const together = new Map<string, number>();
  const [ids, truths] = [new Map<number, number>(), new Map<number, number>()];
  for (const frame of frames) {
    people += frame.present.length;
    for (const id of frame.present) if (!truths.has(id)) truths.set(id, truths.size);
    const found = new Set<number>();
    for (const { id, truth } of frame.answers) {
      answers += 1;
      if (!ids.has(id)) ids.set(id, ids.size);
      if (truth === undefined) {
        wrong += 1;
        continue;
      }
      found.add(truth);
      const before = lastId.get(truth);
      if (before !== undefined && before !== id) switches += 1;
      lastId.set(truth, id);
      const pair = `${truth} ${id}`;
      together.set(pair, (together.get(pair) ?? 0) + 1);
    }
    missed += frame.present.length - found.size;
  }
  const similarity = new Float64Array(truths.size * ids.size);
  for (const [truth, row] of truths)
    for (const [id, column] of ids) similarity[row * ids.size + column] = together.get(`${truth} ${id}`) ?? 0;
  const columnOf = assignOptimally(similarity, truths.size, ids.size, 0);
  const right = columnOf.reduce((sum, column, row) => sum + (similarity[row * ids.size + column] ?? 0), 0);
  return {
    switches,
    idf1: (2 * right) / Math.max(1, people + answers),
    mota: 1 - (missed + wrong + switches) / Math.max(1, people),
    ids: ids.size,
  };
}
