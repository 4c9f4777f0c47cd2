import type { HistogramSummary } from '../../base/index.js';
import type { NodeSnapshot } from '../figures/node-figures.js';
import type { ShutdownStepError } from './ordered-shutdown.js';

export const RUN_STATES = ['created', 'opening', 'running', 'stopping', 'ended'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Why a run came to its end. */
export type RunResult = 'completed' | 'stopped' | 'failed';

/** The figures of a run at one moment, as plain data. */
export interface RunSnapshot {
  readonly runId: string;
  readonly state: RunState;
  /** Milliseconds since the sources began; 0 before. Stands still once the run has ended. */
  readonly elapsedMs: number;
  readonly nodes: readonly NodeSnapshot[];
  /** Age of what arrived, in milliseconds, by sink. */
  readonly ageMs: Readonly<Record<string, HistogramSummary>>;
}

export interface RunOutcome {
  readonly result: RunResult;
  /** Why it failed. */
  readonly error?: Error;
  readonly snapshot: RunSnapshot;
  /** Steps of the shutdown that failed or overran; the run has ended all the same. */
  readonly shutdownFailures: readonly ShutdownStepError[];
}

/** Age of what arrived at each sink, by its name. */
export function agesOf(nodes: readonly NodeSnapshot[]): Readonly<Record<string, HistogramSummary>> {
  return Object.fromEntries(nodes.flatMap(({ name, ageMs }) => (ageMs === undefined ? [] : [[name, ageMs]])));
}
