import { describe, expect, it } from 'vitest';
import { migrateGraph } from './migrate.js';
import type { FormatStep } from './migrate.js';
import { parseGraph } from './parse.js';

/** Made up: format 1 called wires "edges", format 2 had them as text. */
const STEPS: readonly FormatStep[] = [
  {
    from: 2,
    migrate: ({ wires, ...rest }) => ({
      ...rest,
      wires: Array.isArray(wires)
        ? (wires as unknown[]).map((wire) => (typeof wire === 'string' ? wire.split(' > ') : wire))
        : wires,
    }),
  },
  { from: 1, migrate: ({ edges, ...rest }) => ({ ...rest, wires: edges }) },
];
const NEWEST = 3;
const migrated = (value: unknown): unknown => migrateGraph(value, NEWEST, STEPS);

describe('A graph document of an older format', () => {
  it('is brought up to date step by step, and is left as it was itself', () => {
    const old = { kinegraph: 1, title: 'T', nodes: {}, edges: ['a.x > b.y'] };
    expect(migrated(old)).toEqual({ kinegraph: 3, title: 'T', nodes: {}, wires: [['a.x', 'b.y']] });
    expect(migrated({ kinegraph: 2, nodes: {}, wires: ['a.x > b.y'] })).toEqual({
      kinegraph: 3,
      nodes: {},
      wires: [['a.x', 'b.y']],
    });
    expect(old).toEqual({ kinegraph: 1, title: 'T', nodes: {}, edges: ['a.x > b.y'] });
  });

  it('that is of no version from which a step leads on stays as it is', () => {
    for (const value of [
      { kinegraph: 3, wires: [] },
      { kinegraph: 4 },
      { kinegraph: 0 },
      { kinegraph: '1' },
      {},
      null,
      1,
      [],
    ])
      expect(migrated(value)).toBe(value);
  });

  it('with a fault in what a step changes keeps it for the one who reads it', () => {
    expect(migrated({ kinegraph: 2, wires: 5 })).toEqual({ kinegraph: 3, wires: 5 });
  });

  it('needs no step now: format 1 is the newest, and a format before it never was', () => {
    const document = { kinegraph: 1, nodes: {}, wires: [] };
    expect(migrateGraph(document)).toBe(document);
    expect(parseGraph({ ...document, kinegraph: 0 }).problems).toMatchObject([{ pointer: '/kinegraph' }]);
  });
});
