import { FEATURES_1, WINDOW_FRAMES, signFeatures1 } from '../../features/index.js';
import type { HandWindow } from '../../features/index.js';
import { TrainingRefusedError } from '../errors.js';
import { augmented, blended } from './augment.js';
import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';
import { TrainingRandom } from './random.js';
import type { RowGroup } from './ridge.js';
import { STATISTICS, statisticsOf } from './statistics.js';

/** The windows of one take. */
export interface TrainingTake {
  readonly label: string;
  readonly id: string;
  readonly windows: readonly HandWindow[];
  /** A hand that is held, or one that moves. */
  readonly kind: 'held' | 'moving';
}

/** Runs the encoder. @param features - shape [count, 30, 96]. @returns shape [count, size], each row of length 1 */
export type Embed = (features: Float32Array, count: number) => Promise<Float32Array>;

/** Rows of one take, or of one made-up negative. */
export interface TakeRows extends RowGroup {
  /** The rows after `start` that are windows as they were recorded; the others are copies of them. */
  readonly recorded: number;
  /** The class. */
  readonly column: number;
  /** Absent: a negative that was made up. */
  readonly take?: TrainingTake;
}

/** What a model is trained with. */
export interface TrainingRows {
  /** The labels in the order of their columns, that of none last. */
  readonly labels: readonly string[];
  readonly groups: readonly TakeRows[];
  readonly count: number;
  readonly classes: Int32Array;
  /** Shape [count, embedding]. */
  readonly embeddings: Float32Array;
  readonly embeddingSize: number;
  /** Shape [count, 380]. */
  readonly statistics: Float32Array;
}

/** About so many rows are made of the takes, however many there are. */
const ROWS = 1000;
const ROWS_OF_TAKE = { least: 2, most: 24 } as const;
/** Windows that the encoder is given at once. */
const BATCH = 64;

export interface RowRequest {
  readonly takes: readonly TrainingTake[];
  readonly noneLabel: string;
  readonly seed: number;
  readonly embed: Embed;
  readonly signal: Cancelling | undefined;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Makes rows of takes: their own windows and copies, and negatives that are between two of them.
 * @throws TrainingRefusedError - where no label has a take with a hand; AbortedError
 */
export async function trainingRows(request: RowRequest): Promise<TrainingRows> {
  const { noneLabel, seed } = request;
  const takes = request.takes.filter(({ windows }) => windows.length > 0);
  const named = [...new Set(takes.map(({ label }) => label))].filter((label) => label !== noneLabel).toSorted();
  if (named.length === 0) {
    const problem =
      request.takes.length === 0
        ? 'there are no takes'
        : `no take of a label other than "${noneLabel}" shows a hand long enough`;
    throw new TrainingRefusedError({ problem });
  }
  if (named.length === 1 && !takes.some(({ label }) => label === noneLabel)) {
    const problem = `${JSON.stringify(named[0])} is the only label; record a second one, or takes of "${noneLabel}" that show other hands`;
    throw new TrainingRefusedError({ problem });
  }
  const labels = [...named, noneLabel];
  const columns = new Map(labels.map((label, column) => [label, column]));
  const random = new TrainingRandom(seed);
  const most = Math.min(ROWS_OF_TAKE.most, Math.max(ROWS_OF_TAKE.least, Math.round(ROWS / takes.length)));
  const windows: HandWindow[] = [];
  const groups: TakeRows[] = [];
  for (const take of takes) {
    stopIfAborted(request.signal);
    const start = windows.length;
    const recorded = spread(take.windows, Math.max(1, Math.ceil(most / 2)));
    windows.push(...recorded);
    for (let copy = recorded.length; copy < most; copy += 1) {
      const original = recorded[copy % recorded.length];
      if (original !== undefined) windows.push(augmented(original, random));
    }
    groups.push({ start, end: windows.length, recorded: recorded.length, column: columns.get(take.label) ?? 0, take });
  }
  stopIfAborted(request.signal);
  addNegatives(takes, windows, groups, named.length, noneLabel, random);
  const classes = new Int32Array(windows.length);
  for (const { start, end, column } of groups) classes.fill(column, start, end);
  return { labels, groups, count: windows.length, classes, ...(await encoded(windows, request)) };
}

/** Of takes of different labels, as many as a label has rows on average or a few more. */
function addNegatives(
  takes: readonly TrainingTake[],
  windows: HandWindow[],
  groups: TakeRows[],
  column: number,
  noneLabel: string,
  random: TrainingRandom,
): void {
  const named = takes.filter(({ label }) => label !== noneLabel);
  const count = column < 2 ? 0 : Math.min(400, Math.max(24, Math.round(windows.length / 8)));
  for (let made = 0, tries = 0; made < count && tries < count * 10; tries += 1) {
    const [a, b] = [named[random.below(named.length)], named[random.below(named.length)]];
    if (a === undefined || b === undefined || a.label === b.label) continue;
    const [from, to] = [a.windows[random.below(a.windows.length)], b.windows[random.below(b.windows.length)]];
    if (from === undefined || to === undefined) continue;
    const start = windows.length;
    windows.push(blended(from, to, random));
    groups.push({ start, end: start + 1, recorded: 1, column });
    made += 1;
  }
}

/** As many as are allowed, evenly over the list. */
export function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from(
    { length: most },
    (_, at) => list[Math.round((at * (list.length - 1)) / Math.max(1, most - 1))],
  ).filter((one) => one !== undefined);
}

async function encoded(
  windows: readonly HandWindow[],
  { embed, signal, onProgress }: RowRequest,
): Promise<Pick<TrainingRows, 'embeddings' | 'embeddingSize' | 'statistics'>> {
  const size = WINDOW_FRAMES * FEATURES_1;
  const statistics = new Float32Array(windows.length * STATISTICS);
  let embeddings = new Float32Array(0);
  let embeddingSize = 0;
  for (let from = 0; from < windows.length; from += BATCH) {
    stopIfAborted(signal);
    const batch = windows.slice(from, from + BATCH);
    const features = new Float32Array(batch.length * size);
    for (const [index, window] of batch.entries()) features.set(signFeatures1(window), index * size);
    const embedded = await embed(features, batch.length);
    if (embeddingSize === 0) {
      embeddingSize = embedded.length / batch.length;
      embeddings = new Float32Array(windows.length * embeddingSize);
    }
    embeddings.set(embedded, from * embeddingSize);
    statistics.set(statisticsOf(features, batch.length), from * STATISTICS);
    onProgress((from + batch.length) / windows.length);
  }
  return { embeddings, embeddingSize, statistics };
}
