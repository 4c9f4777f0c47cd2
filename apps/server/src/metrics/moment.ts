import type { EncodedFrameCounts, PluginStatus, RunSnapshot, RunState } from '@kinegraph/core';
import type { FrameCounts } from '../runs/frame-tally.js';
import type { ClientKind } from '../runs/run-clients.js';

/** What the metrics show of one run that has not ended. */
export interface RunMoment {
  readonly id: string;
  /** With counts up to `SECONDS_BOUNDS`. */
  readonly snapshot: RunSnapshot;
  readonly clients: { count(kind: ClientKind): number };
  /** By source. */
  readonly received: ReadonlyMap<string, FrameCounts>;
  /** By source. */
  readonly published: ReadonlyMap<string, number>;
  readonly missed: number;
}

/** The server at the moment of a scrape: taken once, so that the metrics of one answer agree. */
export interface Moment {
  readonly runs: readonly RunMoment[];
  /** Of all runs that the server knows, the ended ones too. */
  readonly runStates: readonly RunState[];
  /** Graphs that the server was told to run and that do not. */
  readonly refusedRuns: number;
  readonly plugins: readonly Pick<PluginStatus, 'name' | 'version' | 'state'>[];
  /** WebSockets that are open. */
  readonly sockets: number;
  /** Undefined where nobody counts. */
  readonly previews: EncodedFrameCounts | undefined;
  /** Requests for pictures that were answered with 304. */
  readonly unchangedPictures: number;
  readonly version: string;
}
