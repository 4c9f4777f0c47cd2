import type { Moment } from './moment.js';

/** One number of a metric: what is measured is told by its labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** Finite. What is not known has no sample. */
  readonly value: number;
  /** Only parts of histograms: their name has an ending. */
  readonly metricName?: string;
}

/** A metric: what it is called, what it means, and where its numbers come from. */
export interface MetricDefinition {
  /** By the conventions of Prometheus: base units, and `_total` for what only grows. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** A sentence without its full stop. */
  readonly help: string;
  readonly labels: readonly string[];
  read(moment: Moment): readonly Sample[];
}

/** 1 for the state that holds, 0 for the others, so that each has a series of its own. */
export function stateSamples<State extends string>(
  states: readonly State[],
  current: State,
  labels: Sample['labels'],
): readonly Sample[] {
  return states.map((state) => ({ labels: { ...labels, state }, value: state === current ? 1 : 0 }));
}
