import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';
import { fitRidge } from './ridge.js';
import type { TakeRows, TrainingRows } from './rows.js';
import type { RowGroup } from './ridge.js';
import { STATISTICS } from './statistics.js';

/** One score for each class, linear in the scaled embedding and the scaled statistics. */
export interface Heads {
  /** Shape [embedding + 380 + 1, classes]: the last row is the bias. */
  readonly weights: Float64Array;
  readonly classCount: number;
  readonly embeddingSize: number;
  /** What makes columns of about unit deviation: `clip((statistic - mean) * scale)`. */
  readonly scaling: StatisticScaling;
}

/** See `Heads`. */
export interface StatisticScaling {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

/** Statistics that are further from their mean, in deviations, count as this far: a hand unlike all others stays in bounds. */
export const CLIP = 4;
const ROWS_AT_ONCE = 256;
/** Scores of what was left out, of each head. */
const MOST_SCORES = 5_000_000;
const PENALTY = { embedding: 0.02, both: 0.03 };
/** Statistics say together as much as the embedding: there are several times as many of them. */
const STATISTICS_WEIGHT = 1;

/** Scores of recorded windows by a model that has not seen their take. */
export interface LeftOut {
  readonly group: TakeRows;
  /** Shape [recorded, classes]. */
  readonly scores: Float64Array;
}

export interface FittedHeads {
  readonly heads: Heads;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Fits the three heads: likeness to the mean of each class, a ridge on the embedding, a ridge on embedding and statistics; each
 * brought to mean 0 and deviation 1 over what was left out, then summed. All three are linear, and so is their sum.
 * @throws AbortedError
 */
export function fitHeads(
  rows: TrainingRows,
  signal: Cancelling | undefined,
  onProgress: (share: number) => void,
): FittedHeads {
  const { count, classes, embeddingSize, groups } = rows;
  const classCount = rows.labels.length;
  const embeddings = rows.embeddings.map((value) => value * Math.sqrt(embeddingSize));
  const scaling = scalingOf(rows.statistics, count);
  const both = sideBySide(embeddings, embeddingSize, scaled(rows.statistics, count, scaling), count);
  const weights = balanced(rows);
  const common = { count, classes, weights, classCount };
  const onEmbedding = fitRidge({ ...common, values: embeddings, size: embeddingSize }, PENALTY.embedding, signal);
  onProgress(0.3);
  const onBoth = fitRidge({ ...common, values: both, size: embeddingSize + STATISTICS }, PENALTY.both, signal);
  onProgress(0.6);
  const prototypes = new Prototypes(embeddings, embeddingSize, rows, weights);
  const measured = measuredOf(groups, classCount);
  const takesOf = new Int32Array(classCount);
  for (const { column } of groups) takesOf[column] = (takesOf[column] ?? 0) + 1;
  // Without its only take a label would not be there: its windows are left out alone, and their copies stay.
  const leftRows = ({ start, end, recorded, column }: TakeRows): RowGroup => ({
    start,
    end: takesOf[column] === 1 ? start + recorded : end,
  });
  const perHead: (readonly [Float64Array, Float64Array, Float64Array])[] = [];
  for (const chunk of chunksOf(measured)) {
    stopIfAborted(signal);
    onProgress(0.6 + (0.4 * perHead.length) / measured.length);
    const left = chunk.map(leftRows);
    const [embedding, all] = [onEmbedding.leaveOut(left), onBoth.leaveOut(left)];
    for (const [index, group] of chunk.entries()) {
      stopIfAborted(signal);
      const none = new Float64Array(0);
      perHead.push([prototypes.leaveOut(group, left[index] ?? group), embedding[index] ?? none, all[index] ?? none]);
    }
  }
  const moments = [0, 1, 2].map((head) =>
    momentsOf(
      measured,
      perHead.map((scores) => scores[head] ?? new Float64Array(0)),
      classCount,
    ),
  );
  const leftOut = measured.map((group, index): LeftOut => {
    const scores = new Float64Array(group.recorded * classCount);
    for (const [head, { mean, deviation }] of moments.entries()) {
      const own = perHead[index]?.[head];
      for (let at = 0; at < scores.length; at += 1)
        scores[at] = (scores[at] ?? 0) + ((own?.[at] ?? 0) - mean) / deviation;
    }
    return { group, scores };
  });
  const heads = {
    weights: summed(
      [prototypes.weights(), onEmbedding.scores.weights, onBoth.scores.weights],
      moments,
      embeddingSize,
      classCount,
    ),
    classCount,
    embeddingSize,
    scaling,
  };
  return { heads, leftOut };
}

/**
 * All groups, or of very many as many as the memory holds the scores of: one take of each label before a second one of any, and
 * with every ten of them a negative.
 */
function measuredOf(groups: readonly TakeRows[], classCount: number): readonly TakeRows[] {
  let left = Math.floor(MOST_SCORES / classCount);
  if (groups.reduce((sum, { recorded }) => sum + recorded, 0) <= left) return groups;
  const seen = new Int32Array(classCount + 1);
  const ranked = groups.map((group) => {
    const of = group.take === undefined ? classCount : group.column;
    const round = seen[of] ?? 0;
    seen[of] = round + 1;
    return { group, rank: group.take === undefined ? (round * 10) / classCount : round + group.column / classCount };
  });
  const kept = new Set<TakeRows>();
  for (const { group } of ranked.toSorted((a, b) => a.rank - b.rank)) {
    left -= group.recorded;
    if (left < 0) break;
    kept.add(group);
  }
  return groups.filter((group) => kept.has(group));
}

/** Groups in order, over some hundred rows at once: enough to be quick, few enough for the memory. */
function chunksOf(groups: readonly TakeRows[]): readonly (readonly TakeRows[])[] {
  const chunks: TakeRows[][] = [];
  let end = -1;
  for (const group of groups) {
    if (group.end > end) {
      chunks.push([]);
      end = group.start + ROWS_AT_ONCE;
    }
    chunks.at(-1)?.push(group);
  }
  return chunks;
}

/** Rows weigh as much as their class lets them: each class weighs the same, none as two. */
function balanced({ count, classes, labels }: TrainingRows): Float32Array {
  const sizes = new Float64Array(labels.length);
  for (const column of classes) sizes[column] = (sizes[column] ?? 0) + 1;
  return Float32Array.from({ length: count }, (_, row) => {
    const column = classes[row] ?? 0;
    return (count / labels.length / (sizes[column] ?? 1)) * (column === labels.length - 1 ? 2 : 1);
  });
}

function scalingOf(statistics: Float32Array, count: number): StatisticScaling {
  const mean = new Float64Array(STATISTICS);
  const squares = new Float64Array(STATISTICS);
  for (let row = 0; row < count; row += 1) {
    for (let at = 0; at < STATISTICS; at += 1) {
      const value = statistics[row * STATISTICS + at] ?? 0;
      mean[at] = (mean[at] ?? 0) + value / count;
      squares[at] = (squares[at] ?? 0) + (value * value) / count;
    }
  }
  const scale = Float32Array.from(squares, (square, at) => {
    const deviation = Math.sqrt(Math.max(0, square - (mean[at] ?? 0) ** 2));
    return STATISTICS_WEIGHT / Math.max(deviation, 0.02);
  });
  return { mean: Float32Array.from(mean), scale };
}

/** See `Heads.scaling`. */
function scaled(statistics: Float32Array, count: number, { mean, scale }: StatisticScaling): Float32Array {
  const limit = CLIP * STATISTICS_WEIGHT;
  const values = new Float32Array(count * STATISTICS);
  for (let row = 0; row < count; row += 1) {
    for (let at = 0; at < STATISTICS; at += 1) {
      const value = ((statistics[row * STATISTICS + at] ?? 0) - (mean[at] ?? 0)) * (scale[at] ?? 0);
      values[row * STATISTICS + at] = value > limit ? limit : value < -limit ? -limit : value;
    }
  }
  return values;
}

/** The limit of scaled statistics. */
export const SCALED_LIMIT = CLIP * STATISTICS_WEIGHT;

function sideBySide(left: Float32Array, leftSize: number, right: Float32Array, count: number): Float32Array {
  const size = leftSize + STATISTICS;
  const values = new Float32Array(count * size);
  for (let row = 0; row < count; row += 1) {
    values.set(left.subarray(row * leftSize, (row + 1) * leftSize), row * size);
    values.set(right.subarray(row * STATISTICS, (row + 1) * STATISTICS), row * size + leftSize);
  }
  return values;
}

/** Likeness to the mean of each class: the cosine, for rows of one length. */
class Prototypes {
  readonly #sums: Float64Array;

  constructor(
    private readonly embeddings: Float32Array,
    private readonly size: number,
    private readonly rows: TrainingRows,
    private readonly rowWeights: Float32Array,
  ) {
    this.#sums = new Float64Array(rows.labels.length * size);
    this.#add(this.#sums, 0, rows.count, 1);
  }

  /** Shape [recorded, classes]. */
  leaveOut({ recorded, column }: TakeRows, { start, end }: RowGroup): Float64Array {
    const { size } = this;
    const classCount = this.rows.labels.length;
    const sums = this.#sums.slice(column * size, (column + 1) * size);
    this.#addTo(sums, 0, start, end, -1);
    const own = lengthOf(sums, 0, size);
    const scores = new Float64Array(recorded * classCount);
    for (let row = 0; row < recorded; row += 1) {
      for (let each = 0; each < classCount; each += 1) {
        const [from, at, length] = each === column ? [sums, 0, own] : [this.#sums, each * size, this.#length(each)];
        scores[row * classCount + each] = this.#cosine(start + row, from, at, length);
      }
    }
    return scores;
  }

  /** Shape [embedding + 1, classes]. */
  weights(): Float64Array {
    const classCount = this.rows.labels.length;
    const weights = new Float64Array((this.size + 1) * classCount);
    for (let each = 0; each < classCount; each += 1) {
      const length = this.#length(each);
      for (let at = 0; at < this.size; at += 1) {
        weights[at * classCount + each] = (this.#sums[each * this.size + at] ?? 0) / length / Math.sqrt(this.size);
      }
    }
    return weights;
  }

  readonly #lengths = new Map<number, number>();

  #length(column: number): number {
    const known = this.#lengths.get(column);
    if (known !== undefined) return known;
    const length = lengthOf(this.#sums, column * this.size, this.size);
    this.#lengths.set(column, length);
    return length;
  }

  #cosine(row: number, sums: Float64Array, at: number, length: number): number {
    let sum = 0;
    for (let each = 0; each < this.size; each += 1)
      sum += (this.embeddings[row * this.size + each] ?? 0) * (sums[at + each] ?? 0);
    return sum / length / Math.sqrt(this.size);
  }

  #add(into: Float64Array, start: number, end: number, sign: number): void {
    for (let row = start; row < end; row += 1)
      this.#addTo(into, (this.rows.classes[row] ?? 0) * this.size, row, row + 1, sign);
  }

  #addTo(into: Float64Array, offset: number, start: number, end: number, sign: number): void {
    for (let row = start; row < end; row += 1) {
      const weight = sign * (this.rowWeights[row] ?? 0);
      for (let at = 0; at < this.size; at += 1) {
        into[offset + at] = (into[offset + at] ?? 0) + weight * (this.embeddings[row * this.size + at] ?? 0);
      }
    }
  }
}

/** Never 0: a class of one take has no mean without it, and is like nothing. */
function lengthOf(sums: Float64Array, from: number, size: number): number {
  let squares = 0;
  for (let at = 0; at < size; at += 1) squares += (sums[from + at] ?? 0) ** 2;
  return Math.max(Math.sqrt(squares), 1e-3);
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

function momentsOf(groups: readonly TakeRows[], scores: readonly Float64Array[], classCount: number): Moments {
  let [count, sum, squares] = [0, 0, 0];
  for (const [index, { recorded }] of groups.entries()) {
    const own = scores[index];
    for (let at = 0; at < recorded * classCount; at += 1) {
      const value = own?.[at] ?? 0;
      count += 1;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / Math.max(count, 1);
  return { mean, deviation: Math.max(Math.sqrt(Math.max(0, squares / Math.max(count, 1) - mean * mean)), 1e-6) };
}

/** The heads' weights over each other, those that have none for the statistics with 0 there. */
function summed(
  heads: readonly Float64Array[],
  moments: readonly Moments[],
  embeddingSize: number,
  classCount: number,
): Float64Array {
  const size = embeddingSize + STATISTICS;
  const weights = new Float64Array((size + 1) * classCount);
  for (const [head, own] of heads.entries()) {
    const { mean, deviation } = moments[head] ?? { mean: 0, deviation: 1 };
    const ownSize = own.length / classCount - 1;
    for (let at = 0; at <= ownSize; at += 1) {
      const into = at === ownSize ? size : at;
      for (let column = 0; column < classCount; column += 1) {
        const value = (own[at * classCount + column] ?? 0) - (at === ownSize ? mean : 0);
        weights[into * classCount + column] = (weights[into * classCount + column] ?? 0) + value / deviation;
      }
    }
  }
  return weights;
}
