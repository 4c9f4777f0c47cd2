import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { WriterLogger } from '@kinegraph/core';
import { describe, expect, it } from 'vitest';
import { ANNA, KeptGraphs } from '../../test/support/kept-graphs.js';
import { graphIdOf, keepStarters } from './starter-graphs.js';

const GRAPH = { kinegraph: 1, title: 'Hands', nodes: { out: { type: 'core.sink.results' } }, wires: [] };

class Starting {
  readonly deployed: (readonly [string, number | undefined])[] = [];
  readonly said: string[] = [];
  constructor(readonly kept: KeptGraphs) {}

  async keep(...files: string[]): Promise<void> {
    const deployments = {
      deploy: async (graph: string, revision: number | undefined) => {
        this.deployed.push([graph, revision]);
        return await Promise.reject(new Error('no run in this test'));
      },
    };
    const logger = new WriterLogger((level, message) => void this.said.push(`${level} ${message}`));
    await keepStarters(files, { graphs: this.kept.library, deployments, logger });
  }
}
function file(kept: KeptGraphs, name: string, graph: unknown = GRAPH): string {
  const place = path.join(kept.workspace, name);
  writeFileSync(place, JSON.stringify(graph));
  return place;
}

describe('Starter graphs', () => {
  it('are kept and deployed once, whatever somebody does to them afterwards', async () => {
    using kept = new KeptGraphs();
    const starting = new Starting(kept);
    const hands = file(kept, 'Hands.kinegraph.json');
    await starting.keep(hands);
    expect(kept.library.get('hands')).toMatchObject({ revision: 1, savedBy: { kind: 'server' } });
    expect(starting.deployed).toEqual([['hands', undefined]]);
    await starting.keep(hands);
    kept.restart();
    await starting.keep(hands);
    kept.library.delete('hands', { revision: 1, by: ANNA });
    await starting.keep(hands);
    expect(kept.library.list()).toEqual([]);
    expect(starting.deployed).toHaveLength(1);
  });

  it('that cannot run, or are none, are told of, and the next ones are kept', async () => {
    using kept = new KeptGraphs();
    const starting = new Starting(kept);
    await starting.keep(path.join(kept.workspace, 'nowhere.json'), file(kept, 'bad.json', 3), file(kept, 'good.json'));
    expect(kept.library.list().map(({ id }) => id)).toEqual(['good']);
    expect(starting.said.map((line) => line.slice(0, 6))).toEqual(['error ', 'error ', 'error ']);
  });

  it('have the names of their files', () => {
    expect(['a/My Hands.kinegraph.json', 'x.json', '___.json'].map(graphIdOf)).toEqual(['my-hands', 'x', 'graph']);
  });
});
