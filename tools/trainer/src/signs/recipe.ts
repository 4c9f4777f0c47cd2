import { SIGN_LABELS, SeededRandom, sampleProceduralTake, sampleTake, type SignTake } from '@kinegraph/signer';
import { train, type TrainProgress, type TrainResult } from '../train/index.js';
import { channelStatistics, type ChannelStatistics } from './channel-statistics.js';
import type { DefaultTaskSettings } from './default-task.js';
import type { EncoderTaskSettings } from './encoder-task.js';
import { featuresOfTake } from './take-features.js';

/** How long to train, and from which seed. */
export interface TrainingPlan {
  readonly seed: number;
  readonly steps: number;
}

/** How a training goes on. */
export interface TrainingWatch {
  readonly onProgress?: (progress: TrainProgress) => void;
  readonly signal?: AbortSignal;
  /** Threads; they change the time it takes, not the result. */
  readonly threads?: number;
}

/** Windows of a step; 4 shards fix the order of sums. */
const BATCH = 256;
const STATISTICS_TAKES = 600;

/** The shipped default model. */
export const DEFAULT_PLAN: TrainingPlan = { seed: 6, steps: 3600 };
/** The shipped encoder. */
export const ENCODER_PLAN: TrainingPlan = { seed: 7, steps: 2000 };
/** Length of the encoder's answer. */
export const EMBEDDING = 96;
const PROCEDURAL_CLASSES = 600;
const SHARES = { negatives: 0.16, unknown: 0.08, streams: 0.33 };

/** Trains the classifier of the 30 signs. @throws what `watch.signal` was aborted with */
export function trainDefault({ seed, steps }: TrainingPlan, watch: TrainingWatch = {}): Promise<TrainResult> {
  const settings: DefaultTaskSettings = { statistics: statisticsOf(seed), shares: SHARES };
  const task = new URL('./default-task.js', import.meta.url);
  return train({ ...watch, task, settings, seed, steps, batch: BATCH, shards: 4, optimiser: OPTIMISER });
}

/** Trains the encoder on made-up signs. The top layer tells those apart and is not part of what is shipped. */
export function trainEncoder({ seed, steps }: TrainingPlan, watch: TrainingWatch = {}): Promise<TrainResult> {
  const settings: EncoderTaskSettings = {
    statistics: statisticsOf(seed),
    embedding: EMBEDDING,
    classes: PROCEDURAL_CLASSES,
  };
  const task = new URL('./encoder-task.js', import.meta.url);
  return train({ ...watch, task, settings, seed, steps, batch: BATCH, shards: 4, optimiser: OPTIMISER });
}

const OPTIMISER = { rate: 2e-3, weightDecay: 0.02, warmup: 0.05, finalRate: 0.01, clip: 1, average: 0.998 };

/** Mean and deviation of each channel over takes of the 30 signs and of made-up ones. */
function statisticsOf(seed: number): ChannelStatistics {
  const random = new SeededRandom(seed).fork('statistics');
  const windows: Float32Array[] = [];
  for (let index = 0; windows.length < STATISTICS_TAKES; index += 1) {
    const features = featuresOfTake(drawTake(index, random));
    if (features !== undefined) windows.push(features);
  }
  return channelStatistics(windows);
}

function drawTake(index: number, random: SeededRandom): SignTake {
  const label = SIGN_LABELS[(index >> 1) % SIGN_LABELS.length];
  return index % 2 === 0 && label !== undefined ? sampleTake(label, random) : sampleProceduralTake(index, random);
}
