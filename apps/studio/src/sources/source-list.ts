import type { components } from '@kinegraph/client';
import type { Tone } from '../runs/run-states.js';
import type { TextKey } from '../i18n/en/index.js';

type RunDetail = Pick<components['schemas']['RunDetail'], 'id' | 'sources' | 'figures'>;
export type SourceFigures = components['schemas']['NodeFigures'];

/** A source of a run. */
export interface ListedSource {
  readonly run: string;
  readonly node: string;
  readonly type: string;
  /** What clients may send to it. */
  readonly takes?: string | undefined;
  readonly figures: SourceFigures;
  readonly drops: number;
}

/** The sources of runs that go on, those in trouble first. */
export function sourcesOf(runs: readonly RunDetail[]): readonly ListedSource[] {
  const all = runs.flatMap(({ id, sources, figures }) =>
    sources.flatMap(({ node, type, takes }) => {
      const found = figures.nodes.find(({ name }) => name === node);
      if (found === undefined) return [];
      const drops = Object.values(found.dropped).reduce((total, count) => total + count, 0);
      return [{ run: id, node, type, takes, figures: found, drops }];
    }),
  );
  return all.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const TONES = {
  waiting: 'quiet',
  live: 'good',
  stalled: 'warning',
  reconnecting: 'warning',
  refused: 'error',
} as const;
const RANKS: Readonly<Record<Tone, number>> = { error: 0, warning: 1, good: 2, quiet: 2 };

/** How a source is connected; of one that does not tell, whether its node works. */
export function connectionOf({ connection, state }: Pick<SourceFigures, 'connection' | 'state'>): {
  readonly tone: Tone;
  readonly text: TextKey;
} {
  if (connection !== undefined) return { tone: TONES[connection.state], text: `sources.${connection.state}` };
  if (state === 'failed' || state === 'quarantined') return { tone: 'error', text: `node.${state}` };
  return { tone: state === 'open' ? 'good' : 'quiet', text: `node.${state}` };
}

const rankOf = ({ figures }: ListedSource): number => RANKS[connectionOf(figures).tone];
