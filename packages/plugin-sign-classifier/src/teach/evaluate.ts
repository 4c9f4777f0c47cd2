import { signFeatures1 } from '../features/index.js';
import type { SignLabel } from '../model/index.js';
import type { Take } from './takes/index.js';
import { trainingTake } from './train/index.js';

/** Runs a model of signs. @param features - shape [count, 30, 96]. @returns probabilities, shape [count, labels] */
export type Classify = (features: Float32Array, count: number) => Promise<Float32Array>;

/** How a model does on one label. */
export interface LabelEvaluation {
  readonly label: string;
  readonly windows: number;
  /** Named right, with the thresholds of the card. */
  readonly right: number;
  /** Answered as none. */
  readonly rejected: number;
  /** What else they were named, most often first. */
  readonly taken: readonly { readonly label: string; readonly windows: number }[];
}

/** What comes of one threshold for all labels. */
export interface RejectionPoint {
  readonly threshold: number;
  /** Share of windows of known signs that are named right. */
  readonly named: number;
  /** Share of windows of known signs that are named wrong. */
  readonly wrong: number;
  /** Share of windows of unknown signs and of none that are named at all; undefined without any. */
  readonly unknownNamed: number | undefined;
}

/** How a model does on takes. */
export interface Evaluation {
  readonly windows: number;
  /** Share of windows of known signs that are named right, with the thresholds of the card. */
  readonly accuracy: number | undefined;
  readonly labels: readonly LabelEvaluation[];
  /** Labels of takes that the model does not know: what it should answer is none. */
  readonly unknown: readonly LabelEvaluation[];
  readonly curve: readonly RejectionPoint[];
}

const BATCH = 64;
const THRESHOLDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

interface Answer {
  readonly truth: string;
  readonly best: number;
  readonly score: number;
}

/**
 * Names every window of takes and compares it with the takes' labels.
 * @param labels - of the model, in the order of its outputs
 */
export async function evaluateSigns(
  takes: readonly Take[],
  labels: readonly SignLabel[],
  noneLabel: string,
  classify: Classify,
): Promise<Evaluation> {
  const windows = takes
    .map(trainingTake)
    .flatMap((take) => take.windows.map((window) => ({ label: take.label, window })));
  const answers: Answer[] = [];
  for (let from = 0; from < windows.length; from += BATCH) {
    const batch = windows.slice(from, from + BATCH);
    const features = new Float32Array(batch.length * 2880);
    for (const [index, { window }] of batch.entries()) features.set(signFeatures1(window), index * 2880);
    const scores = await classify(features, batch.length);
    for (const [index, { label }] of batch.entries()) {
      const row = scores.subarray(index * labels.length, (index + 1) * labels.length);
      let best = 0;
      for (let at = 1; at < row.length; at += 1) if ((row[at] ?? 0) > (row[best] ?? 0)) best = at;
      answers.push({ truth: label, best, score: row[best] ?? 0 });
    }
  }
  const isKnown = new Set(labels.map(({ label }) => label));
  isKnown.delete(noneLabel);
  const nameOf = ({ best, score }: Answer, threshold = labels[best]?.threshold ?? 0): string => {
    const name = labels[best]?.label ?? noneLabel;
    return name === noneLabel || score < threshold ? noneLabel : name;
  };
  const known = answers.filter(({ truth }) => isKnown.has(truth));
  const unknown = answers.filter(({ truth }) => !isKnown.has(truth));
  const share = (part: readonly Answer[], of: readonly Answer[]): number => part.length / Math.max(1, of.length);
  return {
    windows: answers.length,
    accuracy:
      known.length === 0
        ? undefined
        : share(
            known.filter((one) => nameOf(one) === one.truth),
            known,
          ),
    labels: byLabel(known, nameOf, noneLabel),
    unknown: byLabel(unknown, nameOf, noneLabel),
    curve: THRESHOLDS.map((threshold) => ({
      threshold,
      named: share(
        known.filter((one) => nameOf(one, threshold) === one.truth),
        known,
      ),
      wrong: share(
        known.filter((one) => ![one.truth, noneLabel].includes(nameOf(one, threshold))),
        known,
      ),
      unknownNamed:
        unknown.length === 0
          ? undefined
          : share(
              unknown.filter((one) => nameOf(one, threshold) !== noneLabel),
              unknown,
            ),
    })),
  };
}

function byLabel(
  answers: readonly Answer[],
  nameOf: (answer: Answer) => string,
  noneLabel: string,
): readonly LabelEvaluation[] {
  const labels = [...new Set(answers.map(({ truth }) => truth))].toSorted();
  return labels.map((label) => {
    const names = answers.filter(({ truth }) => truth === label).map((answer) => nameOf(answer));
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const taken = [...counts].filter(([name]) => name !== label && name !== noneLabel);
    return {
      label,
      windows: names.length,
      right: counts.get(label) ?? 0,
      rejected: counts.get(noneLabel) ?? 0,
      taken: taken.map(([name, windows]) => ({ label: name, windows })).toSorted((a, b) => b.windows - a.windows),
    };
  });
}
