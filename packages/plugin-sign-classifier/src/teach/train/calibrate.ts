import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';
import type { LeftOut } from './heads.js';

/** What turns sums of scores into probabilities. */
export interface Calibration {
  /** Sums are divided by it before they are compared with each other. */
  readonly temperature: number;
  /** Where a sum is half believed, by class: what is like no class has low sums for all. */
  readonly gateMiddle: Float32Array;
  /** How soon belief grows there, by class. */
  readonly gateSlope: Float32Array;
  /** Below its own a label is not answered; 0 for that of none. */
  readonly thresholds: Float32Array;
}

/**
 * A window is half believed this many deviations below what takes of the class come to, and at least this part of the way from
 * there to what the likest of the others come to: few takes say little about how much more the next ones will differ.
 */
const DOUBT = { deviations: 2.5, share: 0.6 } as const;
/** What takes of the class come to is believed to this degree: the logistic function of it. */
const SURE = 3;
const THRESHOLD = { least: 0.3, most: 0.6 } as const;
/** Of windows of the label itself, so many pass its threshold. */
const TRUE_ACCEPTANCE = 0.95;
/** A threshold is raised above what other windows come to while it costs no more than this. */
const FALSE_ACCEPTANCE = 0.01;
const MOST_LOST = 0.1;

/** Finds the calibration on what models said of takes that they had not seen. @throws AbortedError */
export function calibrate(
  leftOut: readonly LeftOut[],
  classCount: number,
  signal: Cancelling | undefined,
): Calibration {
  const temperature = bestTemperature(leftOut, classCount, signal);
  const gate = gateOf(leftOut, classCount, signal);
  const thresholds = thresholdsOf(leftOut, classCount, { temperature, ...gate }, signal);
  return { temperature, ...gate, thresholds };
}

/**
 * Probabilities of one window: softmax, times how far each sum is believed by itself. What is left belongs to none.
 * @param scores - shape [classes], that of none last
 * @param into - of the same shape; may be the same array
 */
export function probabilities(
  scores: Float64Array,
  { temperature, gateMiddle, gateSlope }: Omit<Calibration, 'thresholds'>,
  into: Float64Array,
): void {
  const last = scores.length - 1;
  let most = -Infinity;
  for (const score of scores) if (score > most) most = score;
  let total = 0;
  for (const score of scores) total += Math.exp((score - most) / temperature);
  let named = 0;
  for (let column = 0; column < last; column += 1) {
    const score = scores[column] ?? 0;
    const share = Math.exp((score - most) / temperature) / total;
    into[column] = share / (1 + Math.exp(-(gateSlope[column] ?? 1) * (score - (gateMiddle[column] ?? 0))));
    named += into[column] ?? 0;
  }
  into[last] = 1 - named;
}

function gateOf(
  leftOut: readonly LeftOut[],
  classCount: number,
  signal: Cancelling | undefined,
): Pick<Calibration, 'gateMiddle' | 'gateSlope'> {
  const own: number[][] = Array.from({ length: classCount }, () => []);
  const others: number[][] = Array.from({ length: classCount }, () => []);
  for (const { group, scores } of leftOut) {
    stopIfAborted(signal);
    if (group.take === undefined) continue;
    for (let at = 0; at < scores.length; at += 1) {
      const column = at % classCount;
      (column === group.column ? own : others)[column]?.push(scores[at] ?? 0);
    }
  }
  const deviation = pooledDeviation(own);
  // Of very many labels not all can be measured: the others are taken for as sure as those.
  const usual = meanOf(own.filter((values) => values.length > 0).map(meanOf));
  const gateMiddle = new Float32Array(classCount);
  const gateSlope = new Float32Array(classCount).fill(1);
  for (let column = 0; column < classCount - 1; column += 1) {
    stopIfAborted(signal);
    const measured = own[column] ?? [];
    const mean = measured.length === 0 ? usual : meanOf(measured);
    const likest =
      quantile(
        (others[column] ?? []).toSorted((a, b) => a - b),
        0.99,
      ) ?? mean - 2;
    const doubt = Math.max(DOUBT.deviations * deviation, DOUBT.share * (mean - likest));
    gateMiddle[column] = mean - doubt;
    gateSlope[column] = SURE / doubt;
  }
  return { gateMiddle, gateSlope };
}

/** The temperature under which the right classes are likeliest, between 0.3 and 4. */
function bestTemperature(leftOut: readonly LeftOut[], classCount: number, signal: Cancelling | undefined): number {
  const taken = leftOut.filter(({ group }) => group.take !== undefined);
  const surprise = (temperature: number): number => {
    let sum = 0;
    for (const { group, scores } of taken) {
      stopIfAborted(signal);
      for (let row = 0; row < group.recorded; row += 1) {
        const own = scores[row * classCount + group.column] ?? 0;
        let total = 0;
        for (let column = 0; column < classCount; column += 1) {
          total += Math.exp(Math.min(50, ((scores[row * classCount + column] ?? 0) - own) / temperature));
        }
        sum += Math.log(total);
      }
    }
    return sum;
  };
  const tried = Array.from({ length: 16 }, (_, step) => 0.3 * 13 ** (step / 15));
  const [best] = tried
    .map((temperature) => ({ temperature, surprise: surprise(temperature) }))
    .toSorted((a, b) => a.surprise - b.surprise);
  return best?.temperature ?? 1;
}

function thresholdsOf(
  leftOut: readonly LeftOut[],
  classCount: number,
  gate: Omit<Calibration, 'thresholds'>,
  signal: Cancelling | undefined,
): Float32Array {
  const own: number[][] = Array.from({ length: classCount }, () => []);
  const others: number[][] = Array.from({ length: classCount }, () => []);
  const given = new Float64Array(classCount);
  for (const { group, scores } of leftOut) {
    stopIfAborted(signal);
    for (let row = 0; row < group.recorded; row += 1) {
      probabilities(scores.subarray(row * classCount, (row + 1) * classCount), gate, given);
      own[group.column]?.push(given[group.column] ?? 0);
      const best = given.indexOf(Math.max(...given.subarray(0, classCount - 1)));
      if (best !== group.column) others[best]?.push(given[best] ?? 0);
    }
  }
  return Float32Array.from({ length: classCount }, (_, column) => {
    if (column === classCount - 1) return 0;
    const right = (own[column] ?? []).toSorted((a, b) => a - b);
    const wrong = (others[column] ?? []).toSorted((a, b) => a - b);
    const kept = quantile(right, 1 - TRUE_ACCEPTANCE) ?? THRESHOLD.least;
    const above = quantile(wrong, 1 - FALSE_ACCEPTANCE) ?? 0;
    const affordable = quantile(right, MOST_LOST) ?? kept;
    const wanted = above > kept ? Math.min(above + 0.01, affordable) : Math.min(kept, (kept + above) / 2 + 0.05);
    return Math.round(Math.min(THRESHOLD.most, Math.max(THRESHOLD.least, wanted)) * 1000) / 1000;
  });
}

function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** One deviation for all classes: of few takes each, those of single classes would say nothing. Never 0. */
function pooledDeviation(classes: readonly (readonly number[])[]): number {
  let [squares, count] = [0, 0];
  for (const values of classes) {
    const mean = meanOf(values);
    for (const value of values) squares += (value - mean) ** 2;
    count += Math.max(0, values.length - 1);
  }
  return count === 0 ? 1 : Math.max(0.3, Math.sqrt(squares / count));
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
