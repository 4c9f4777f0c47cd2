import type { GraphDocument, KinegraphError, LogLevel, Measurement } from '@kinegraph/core';
import type { NodePlatformOptions } from '@kinegraph/core/node';
import type { ChosenPlugin } from '../config/index.js';

/** What the process of a benchmark has to know of the server: it brings the same nodes, and reaches no further. */
export interface BenchmarkPlatform {
  readonly plugins: readonly ChosenPlugin[];
  readonly confinement: Pick<NodePlatformOptions, 'files' | 'networkAllow'>;
  readonly logging: { readonly level: LogLevel | 'silent'; readonly format: 'json' | 'text' };
}

/** What a process is to measure, as the server tells it once. */
export interface BenchmarkTask extends BenchmarkPlatform {
  /** Valid for these plugins. */
  readonly documents: readonly GraphDocument[];
  /** Absolute; relative paths of the graphs begin here. */
  readonly baseFolder: string;
  /** Each run ends after this long, or when its sources end. */
  readonly durationMs: number;
  /** Runs of each graph, in turn. */
  readonly repeat: number;
}

/** What it tells the server, in this order: `measuring` and `measured` for each run, then `done`; or `failed` at any time. */
export type BenchmarkNews =
  | { readonly kind: 'measuring'; readonly graph: number; readonly round: number }
  | { readonly kind: 'measured'; readonly graph: number; readonly measurement: Measurement }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: Pick<KinegraphError, 'code' | 'message'> };

/** What the server tells it later: it ends what it does, and itself. */
export const GIVE_UP = 'give up';
