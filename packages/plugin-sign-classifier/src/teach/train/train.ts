import { SIGN_SPAN_MS, signPart, signWindows, windowsOver } from '../parts/index.js';
import { TrainingRefusedError } from '../errors.js';
import { TAKE_LIMITS, clashingLabels } from '../takes/index.js';
import type { Take } from '../takes/index.js';
import type { SignModelCardInput } from '../../model/index.js';
import { calibrate } from './calibrate.js';
import { stopIfAborted } from './cancelling.js';
import type { Cancelling } from './cancelling.js';
import { composeModel } from './compose.js';
import type { EncoderParts } from './compose.js';
import { fitHeads } from './heads.js';
import { reportOn } from './report.js';
import type { TrainingReport } from './report.js';
import { spread, trainingRows } from './rows.js';
import type { Embed, TrainingTake } from './rows.js';

/** The label of takes that show no sign at all. */
export const NONE_LABEL = 'none';

/** From windows over a take of none to the next, and how many of one. */
const NONE_HOP_MS = 400;
const MOST_OF_NONE = 40;
/** Of more takes than these so many windows of each are kept, for the memory; rows are made of one. */
const MANY = { takes: 2000, windows: 2 } as const;

/** How far a training is. */
export interface TrainingProgress {
  readonly step: 'takes' | 'features' | 'heads' | 'model';
  /** Of the whole, 0-1. */
  readonly share: number;
}

export interface TrainingRequest {
  /** Each is let go once what is learnt of it is taken out: a set may be larger than the memory. */
  readonly takes: Iterable<Take> | AsyncIterable<Take>;
  readonly encoder: EncoderParts;
  readonly embed: Embed;
  readonly title: string;
  readonly seed: number;
  /** SHA-256 of bytes, as hexadecimal digits. */
  readonly sha256: (bytes: Uint8Array) => Promise<string>;
  /** Looked at every few milliseconds, save while the encoder runs. */
  readonly signal?: Cancelling;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/** A model, with what is told of it. */
export interface TrainedSigns {
  readonly onnx: Uint8Array;
  readonly card: SignModelCardInput;
  readonly report: TrainingReport;
}

/**
 * Makes a model of takes: the same takes and seed give the same file, byte for byte.
 * @throws TrainingRefusedError, AbortedError, and what the encoder throws
 */
export async function trainSigns(request: TrainingRequest): Promise<TrainedSigns> {
  const { seed, signal, encoder, title } = request;
  const progress = (step: TrainingProgress['step'], from: number, to: number) => (share: number) =>
    request.onProgress?.({ step, share: from + (to - from) * share });
  progress('takes', 0, 0.05)(0);
  const takes = await learntOf(request.takes, signal);
  refuseClashes(takes);
  const noHand = takes.filter(({ windows }) => windows.length === 0);
  const rows = await trainingRows({
    ...{ takes, seed, signal, embed: request.embed, noneLabel: NONE_LABEL },
    onProgress: progress('features', 0.05, 0.6),
  });
  const { heads, leftOut } = fitHeads(rows, signal, progress('heads', 0.6, 0.95));
  const calibration = calibrate(leftOut, rows.labels.length, signal);
  const found = reportOn(rows, leftOut, calibration, signal);
  progress('model', 0.95, 1)(0);
  stopIfAborted(signal);
  const onnx = composeModel(encoder, heads, calibration, title);
  const card = cardOf(takes, rows.labels, calibration.thresholds, title, seed, await request.sha256(onnx));
  progress('model', 0.95, 1)(1);
  stopIfAborted(signal);
  return { onnx, card, report: { ...found, warnings: [...emptyWarning(noHand), ...found.warnings] } };
}

/** What is learnt of a take: the sign in it, or, of one that shows none, all of it. */
export function trainingTake(take: Take): TrainingTake {
  const { label, id } = take;
  const part = signPart(take);
  if (part === undefined) return { label, id, windows: [], kind: 'held' };
  if (label !== NONE_LABEL) return { label, id, windows: signWindows(take, part), kind: part.kind };
  const windows = windowsOver(take, part.moments, NONE_HOP_MS, MOST_OF_NONE);
  return { label, id, windows, kind: part.kind };
}

async function learntOf(
  takes: TrainingRequest['takes'],
  signal: Cancelling | undefined,
): Promise<readonly TrainingTake[]> {
  let learnt: TrainingTake[] = [];
  for await (const take of takes) {
    stopIfAborted(signal);
    if (learnt.length === TAKE_LIMITS.bundle) {
      const problem = `there are more than ${TAKE_LIMITS.bundle} takes, which is as many as one training holds; delete some, or make two sets of them`;
      throw new TrainingRefusedError({ problem });
    }
    learnt.push(learnt.length < MANY.takes ? trainingTake(take) : thinned(trainingTake(take)));
    if (learnt.length === MANY.takes + 1) learnt = learnt.map(thinned);
  }
  stopIfAborted(signal);
  return learnt;
}

function thinned(take: TrainingTake): TrainingTake {
  return { ...take, windows: spread(take.windows, MANY.windows) };
}

function refuseClashes(takes: readonly Pick<Take, 'label'>[]): void {
  // Every model has a label of none, whether takes of it were recorded or not.
  const [clash] = clashingLabels([...takes.map(({ label }) => label), NONE_LABEL]);
  if (clash === undefined) return;
  const named = clash.map((label) => JSON.stringify(label)).join(' and ');
  throw new TrainingRefusedError({
    problem: `the labels ${named} differ only by case or by how their characters are composed; give all their takes one label`,
  });
}

function emptyWarning(takes: readonly TrainingTake[]): readonly string[] {
  if (takes.length === 0) return [];
  const named = takes
    .slice(0, 5)
    .map(({ label, id }) => `${label}/${id}`)
    .join(', ');
  const more = takes.length > 5 ? ` and ${takes.length - 5} more` : '';
  return [`No hand was found for long enough, so these are left out: ${named}${more}.`];
}

function cardOf(
  takes: readonly TrainingTake[],
  labels: readonly string[],
  thresholds: Float32Array,
  title: string,
  seed: number,
  sha256: string,
): SignModelCardInput {
  const held = new Map<string, number>();
  for (const { label, kind } of takes) held.set(label, (held.get(label) ?? 0) + (kind === 'held' ? 1 : -1));
  return {
    'kinegraph-signs': 1,
    title,
    labels: labels.map((label, column) =>
      label === NONE_LABEL
        ? { label }
        : { label, threshold: Number((thresholds[column] ?? 0).toFixed(3)), static: (held.get(label) ?? 0) > 0 },
    ),
    features: 'signfeat/1',
    frames: 30,
    spanMs: SIGN_SPAN_MS,
    noneLabel: NONE_LABEL,
    activation: 'probabilities',
    sha256,
    trained: { by: 'kinegraph signs train', takes: takes.length, seed },
  };
}
