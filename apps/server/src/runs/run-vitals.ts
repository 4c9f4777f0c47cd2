import type { NodeSnapshot, RunResult, RunSnapshot } from '@kinegraph/core';

/** `troubled`: something is away and may come back, and the run goes on. `failed`: a node is out for good, or the run is. */
export const RUN_HEALTHS = ['well', 'troubled', 'failed'] as const;
export type RunHealth = (typeof RUN_HEALTHS)[number];

/** How a run is, in five figures. */
export interface RunVitals {
  readonly health: RunHealth;
  /** Results a second at the sink that gets the most; NaN where no sink can tell. */
  readonly perSecond: number;
  /** Milliseconds, of the sink whose results are the oldest; NaN where none came. */
  readonly ageP95Ms: number;
  readonly dropped: number;
  readonly failed: number;
}

const OUT: ReadonlySet<NodeSnapshot['state']> = new Set(['failed', 'quarantined']);
/** A source that waits for its first frame is in no trouble. */
const AWAY: ReadonlySet<string> = new Set(['stalled', 'reconnecting', 'refused']);

/** @param result - of a run that has ended: what its nodes were in then says nothing any more. */
export function vitalsOf({ nodes }: Pick<RunSnapshot, 'nodes'>, result?: RunResult): RunVitals {
  const sinks = nodes.filter(({ ageMs }) => ageMs !== undefined);
  return {
    health: healthOf(nodes, result),
    perSecond: most(sinks.map(({ perSecond }) => perSecond)),
    ageP95Ms: most(sinks.map(({ ageMs }) => ageMs?.p95 ?? Number.NaN)),
    dropped: sum(nodes.flatMap(({ dropped }) => Object.values(dropped))),
    failed: sum(nodes.map(({ failed }) => failed)),
  };
}

function healthOf(nodes: readonly NodeSnapshot[], result: RunResult | undefined): RunHealth {
  if (result !== undefined) return result === 'failed' ? 'failed' : 'well';
  if (nodes.some(({ state }) => OUT.has(state))) return 'failed';
  const isTroubled = nodes.some(
    ({ state, connection }) => state === 'restarting' || (connection !== undefined && AWAY.has(connection.state)),
  );
  return isTroubled ? 'troubled' : 'well';
}

function most(figures: readonly number[]): number {
  const told = figures.filter((figure) => Number.isFinite(figure));
  return told.length === 0 ? Number.NaN : Math.max(...told);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
