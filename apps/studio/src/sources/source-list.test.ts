import { expect, it } from 'vitest';
import { connectionOf, sourcesOf } from './source-list.js';

type Runs = Parameters<typeof sourcesOf>[0];

it('lists the sources of all runs with what was let go, those in trouble first', () => {
  const run = (id: string, state: string, dropped: object) => ({
    id,
    sources: [{ node: 'camera', type: 'media.source.camera' }],
    figures: { nodes: [{ name: 'camera', state: 'open', dropped, connection: { state, ageMs: 1 } }] },
  });
  const runs = [run('a', 'live', { replaced: 2, paused: 1 }), run('b', 'reconnecting', {}), run('c', 'refused', {})];
  expect(sourcesOf(runs as unknown as Runs).map(({ run: id, drops }) => [id, drops])).toEqual([
    ['c', 0],
    ['b', 0],
    ['a', 3],
  ]);
});

it('of a source that does not tell how it is connected, its node tells', () => {
  expect(connectionOf({ state: 'quarantined' })).toEqual({ tone: 'error', text: 'node.quarantined' });
});
