import type { components } from '@kinegraph/client';
import type { RunSummary } from '../api/runs-store.js';
import type { TextKey } from '../i18n/en/index.js';

type NodeFigures = components['schemas']['NodeFigures'];
export type Tone = 'good' | 'warning' | 'error' | 'quiet';

/** A state as it is told. */
export interface ToldState {
  readonly tone: Tone;
  readonly text: TextKey;
}

const RESULT_TONES = { completed: 'quiet', stopped: 'quiet', failed: 'error' } as const;

/** What a run is doing. */
export function stateOf({ state, paused, result }: Pick<RunSummary, 'state' | 'paused' | 'result'>): ToldState {
  if (result !== undefined) return { tone: RESULT_TONES[result], text: `runs.result.${result}` };
  if (paused && state === 'running') return { tone: 'warning', text: 'runs.state.paused' };
  return { tone: state === 'running' ? 'good' : 'quiet', text: `runs.state.${state}` };
}

const HEALTH_TONES = { well: 'good', troubled: 'warning', failed: 'error' } as const;

/** How a run is. */
export function healthOf({ vitals: { health } }: Pick<RunSummary, 'vitals'>): ToldState {
  return { tone: HEALTH_TONES[health], text: `runs.health.${health}` };
}

const NODE_TONES: Readonly<Record<NodeFigures['state'], Tone>> = {
  created: 'quiet',
  opening: 'quiet',
  open: 'good',
  restarting: 'warning',
  quarantined: 'error',
  ended: 'quiet',
  failed: 'error',
  closed: 'quiet',
};

/** What a node is doing. */
export function nodeStateOf({ state }: Pick<NodeFigures, 'state'>): ToldState {
  return { tone: NODE_TONES[state], text: `node.${state}` };
}

/** What last went wrong at a node, with its worker or its connection; the newest of these. */
export function lastFaultOf({ lastFault, trouble, connection }: NodeFigures): NodeFigures['lastFault'] {
  return [lastFault, trouble, connection?.lastError]
    .filter((fault) => fault !== undefined)
    .toSorted((a, b) => a.ageMs - b.ageMs)[0];
}
