import {
  NEGATIVE_KINDS,
  OTHER_LABELS,
  SIGN_LABELS,
  SeededRandom,
  sampleNegative,
  sampleTake,
  type SignTake,
  type TakeConditions,
} from '@kinegraph/signer';
import { CLASS_LABELS, NONE_CLASS } from './sign-classes.js';
import { WINDOW_VALUES, featuresOfTake } from './take-features.js';

/** Gives the shares of all classes for windows of features: shape [windows, 31]. */
export type Predict = (inputs: Float32Array, windows: number) => Float32Array | Promise<Float32Array>;

/** How well a model of the 30 signs does on signers that it has not met. */
export interface SignFigures {
  /** Shares of takes whose best class is the right one. */
  readonly heldOut: number;
  readonly everySecondMissing: number;
  readonly tripleJitter: number;
  /** Windows without a sign that are named: the best class is a sign, with a score over its threshold. */
  readonly negativesNamed: number;
  /** Of hands in letters that are none of the 30 signs: named. */
  readonly othersNamed: number;
  /** The shares by label, of `heldOut`. */
  readonly byLabel: Readonly<Record<string, number>>;
  /** The same of `negativesNamed`, by kind. */
  readonly namedByKind: Readonly<Record<string, number>>;
}

/** How many takes to try. */
export interface EvaluationSize {
  /** Of each sign, in each condition. */
  readonly takes: number;
  /** Of each kind of negative. */
  readonly negatives: number;
}

/**
 * The figures of a model on held-out signers.
 * @param thresholds - by class; a sign scored below its own is not named.
 * @param seed - decides which takes are drawn.
 */
export async function evaluateSigns(
  predict: Predict,
  thresholds: readonly number[],
  { takes, negatives }: EvaluationSize,
  seed: number,
): Promise<SignFigures> {
  const random = new SeededRandom(seed).fork('evaluation');
  const accuracyIn = async (conditions: TakeConditions): Promise<{ all: number; byLabel: Record<string, number> }> => {
    const byLabel: Record<string, number> = {};
    for (const [index, label] of SIGN_LABELS.entries()) {
      const drawn = drawTakes(takes, () => sampleTake(label, random, { heldOut: true, ...conditions }));
      byLabel[label] = mean((await bestClasses(predict, drawn)).map(({ best }) => (best === index ? 1 : 0)));
    }
    return { all: mean(Object.values(byLabel)), byLabel };
  };
  const namedShare = async (sample: () => SignTake): Promise<number> =>
    mean((await bestClasses(predict, drawTakes(negatives, sample))).map((each) => (isNamed(each, thresholds) ? 1 : 0)));
  const plain = await accuracyIn({});
  const namedByKind: Record<string, number> = {};
  for (const kind of NEGATIVE_KINDS)
    namedByKind[kind] = await namedShare(() => sampleNegative(random, { heldOut: true, kind }));
  const others: number[] = [];
  for (const label of OTHER_LABELS) others.push(await namedShare(() => sampleTake(label, random, { heldOut: true })));
  return {
    heldOut: plain.all,
    everySecondMissing: (await accuracyIn({ dropEvery: 2 })).all,
    tripleJitter: (await accuracyIn({ jitter: 3 })).all,
    negativesNamed: mean(Object.values(namedByKind)),
    othersNamed: mean(others),
    byLabel: plain.byLabel,
    namedByKind,
  };
}

/** The best class of a window, and its score. */
export interface BestClass {
  readonly best: number;
  readonly score: number;
}

/** True where a window is told to be a sign. */
export function isNamed({ best, score }: BestClass, thresholds: readonly number[]): boolean {
  return best !== NONE_CLASS && score >= (thresholds[best] ?? 0);
}

/** The best class of each window of features. */
export async function bestClasses(predict: Predict, windows: readonly Float32Array[]): Promise<BestClass[]> {
  const inputs = new Float32Array(windows.length * WINDOW_VALUES);
  windows.forEach((window, index) => inputs.set(window, index * WINDOW_VALUES));
  const shares = await predict(inputs, windows.length);
  return windows.map((_, index) => {
    const row = shares.subarray(index * CLASS_LABELS.length, (index + 1) * CLASS_LABELS.length);
    const best = row.reduce((top, share, at) => (share > (row[top] ?? 0) ? at : top), 0);
    return { best, score: row[best] ?? 0 };
  });
}

/** Features of takes; those in which the hand was seen too seldom are drawn anew. */
export function drawTakes(count: number, sample: () => SignTake): Float32Array[] {
  const windows: Float32Array[] = [];
  while (windows.length < count) {
    const features = featuresOfTake(sample());
    if (features !== undefined) windows.push(features);
  }
  return windows;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
