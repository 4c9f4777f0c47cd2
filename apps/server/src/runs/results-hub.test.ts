import { aTrace, VirtualClock } from '@kinegraph/core/testing';
import type { ResolvedGraph } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import type { Publication } from './publication.js';
import { ResultsHub } from './results-hub.js';
import { sourcesByNode } from './source-reach.js';

function aGraph(wires: readonly (readonly [string, string])[], sources: readonly string[]): ResolvedGraph {
  const names = [...new Set(wires.flat())];
  const ordered = [...sources, ...names.filter((name) => !sources.includes(name))];
  return {
    nodes: ordered.map((name) => ({ name, descriptor: { kind: sources.includes(name) ? 'source' : 'transform' } })),
    wires: wires.map(([from, to]) => ({
      from: { node: from, port: 'out' },
      to: { node: to, port: 'in' },
      type: 'any',
    })),
  } as unknown as ResolvedGraph; // all that is looked at
}

const graph = aGraph(
  [
    ['camera', 'newest'],
    ['newest', 'hands'],
    ['other', 'pose'],
    ['hands', 'both'],
    ['pose', 'both'],
  ],
  ['camera', 'other'],
);

function aHub(): {
  hub: ResultsHub;
  shown: Publication[];
  faults: unknown[];
  tell: (sink: string, timestampMs: number, value: unknown, source?: string) => void;
} {
  const clock = new VirtualClock();
  const faults: unknown[] = [];
  const hub = new ResultsHub(
    clock,
    () => graph,
    (error) => faults.push(error),
  );
  const shown: Publication[] = [];
  hub.watch({ offer: (publication) => shown.push(publication) > 0, end: () => {} });
  const tell = (sink: string, timestampMs: number, value: unknown, source = 'camera'): void =>
    hub.observer.sinkValue?.({ sink, value, timestampMs, trace: { ...aTrace(), source, sequence: timestampMs } });
  return { hub, shown, faults, tell };
}

describe('ResultsHub', () => {
  it('outlives a viewer that fails on a value, tells of it once, and goes on with all', async () => {
    const { hub, shown, faults, tell } = aHub();
    let offered = 0;
    hub.watch({
      offer: ({ message }) => {
        offered += 1;
        return message.values['out'] !== null && Object.keys(message.values['out'] as object).length > 0;
      },
      end: () => {},
    });
    for (const [at, value] of [undefined, undefined, [1]].entries()) {
      tell('out', at, value);
      await Promise.resolve();
    }
    expect([offered, shown.length, faults.length, hub.missed]).toEqual([3, 3, 1, 2]);
  });

  it('tells in one message what sinks get of a frame in one turn, and in another what comes later', async () => {
    const { shown, tell } = aHub();
    tell('landmarks', 10, 1);
    tell('angles', 10, 2);
    tell('landmarks', 10, 3, 'other');
    await Promise.resolve();
    tell('signs', 10, 4);
    await Promise.resolve();
    expect(shown.map(({ message: { source, values } }) => [source, values])).toEqual([
      ['camera', { landmarks: 1, angles: 2 }],
      ['other', { landmarks: 3 }],
      ['camera', { signs: 4 }],
    ]);
  });

  it('tells what nodes took for the frame, and what was dropped of its source since the last', async () => {
    const { hub, shown, tell } = aHub();
    const trace = { ...aTrace(), source: 'camera', sequence: 10 };
    hub.observer.worked?.({ node: 'hands', trace, timestampMs: 10, workMs: 12.345 });
    hub.observer.worked?.({ node: 'hands', trace, timestampMs: 11, workMs: 99 });
    hub.observer.dropped?.('newest', 'replaced', 2);
    hub.observer.dropped?.('both', 'no-partner', 1);
    hub.observer.dropped?.('pose', 'replaced', 50);
    tell('out', 10, 1);
    await Promise.resolve();
    tell('out', 12, 2);
    await Promise.resolve();
    expect(shown.map(({ message: { stages, dropped } }) => [stages, dropped])).toEqual([
      [{ hands: 12.35 }, 3],
      [{}, 0],
    ]);
  });

  it('encodes a result once however many watch, and rounds it', async () => {
    const { hub, shown, tell } = aHub();
    hub.watch({ offer: (publication) => shown.push(publication) > 0, end: () => {} });
    tell('out', 10, { x: 1 / 3 });
    await Promise.resolve();
    const [first, second] = shown;
    expect(first).toBe(second);
    expect(first?.msgpack).toBe(second?.msgpack);
    expect(JSON.parse(first?.json ?? '')).toMatchObject({ values: { out: { x: 0.33333 } } });
  });

  it('counts results by source, watched or not, and those that a viewer is too slow for', async () => {
    const { hub, tell } = aHub();
    hub.watch({ offer: ({ message }) => message.sequence !== 12, end: () => {} });
    for (const timestampMs of [10, 11, 12]) tell('out', timestampMs, 1);
    tell('out', 10, 1, 'other');
    await Promise.resolve();
    expect([Object.fromEntries(hub.published), hub.missed]).toEqual([{ camera: 3, other: 1 }, 1]);
  });

  it('counts results while nobody watches, and tells viewers of the end once', () => {
    const hub = new ResultsHub(
      new VirtualClock(),
      () => graph,
      () => {},
    );
    let ends = 0;
    hub.watch({ offer: () => true, end: () => (ends += 1) });
    hub.watch({ offer: () => true, end: () => (ends += 10) })[Symbol.dispose]();
    hub.end();
    hub.end();
    expect([ends, hub.viewers, hub.resultsOf('camera')]).toEqual([1, 0, 0]);
  });
});

describe('sourcesByNode', () => {
  it('follows wires from every source', () => {
    const reached = sourcesByNode(graph);
    expect([...reached].map(([node, sources]) => [node, [...sources].toSorted().join()])).toEqual([
      ['camera', 'camera'],
      ['other', 'other'],
      ['newest', 'camera'],
      ['hands', 'camera'],
      ['pose', 'other'],
      ['both', 'camera,other'],
    ]);
  });
});
