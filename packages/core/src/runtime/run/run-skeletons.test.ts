import { inject, injectable } from 'inversify';
import { beforeEach, describe, expect, it } from 'vitest';
import { PAW } from '../../../test/support/hands-graph.js';
import type { GraphDocument } from '../../graph/index.js';
import { NodeConfig, PortTypes, SkeletonCatalog, requireSkeleton } from '../../kinds/index.js';
import { createTestRun, settle, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode, TestRun } from '../../testing/index.js';
import type { Landmarks } from '../../vision/index.js';

/** Every instance of the animals node: what it was told when it was made. */
let made: { readonly skeleton: string; readonly points: readonly string[]; readonly ports: PortTypes }[];
let got: Collected<Landmarks>[];
beforeEach(() => {
  made = [];
  got = [];
});

/** One animal in each packet, with as many points as its skeleton has. */
@injectable()
class Animals {
  readonly #points: number;
  constructor(
    @inject(NodeConfig) private readonly config: { readonly skeleton: string; readonly points?: number },
    @inject(SkeletonCatalog) skeletons: SkeletonCatalog,
    @inject(PortTypes) ports: PortTypes,
  ) {
    const { points } = requireSkeleton(skeletons, config.skeleton);
    made.push({ skeleton: config.skeleton, points, ports });
    this.#points = config.points ?? points.length;
  }
  transform(): Landmarks {
    const image = new Float32Array(4 * this.#points);
    return { frameWidth: 4, frameHeight: 4, tracks: [{ skeleton: this.config.skeleton, trackId: 1, score: 1, image }] };
  }
}

const SCHEMA = {
  type: 'object',
  properties: { skeleton: { type: 'string', default: 'paw-3' }, points: { type: 'integer' } },
  additionalProperties: false,
};
const animals: TestNode = {
  kind: 'transform',
  nodeClass: Animals,
  outputs: { out: 'landmarks/{skeleton}' },
  configSchema: SCHEMA,
};
const ticks = Array.from({ length: 10 }, (_, sequence) => ({
  timestampMs: sequence * 40,
  capturedAtMs: sequence * 40,
  sequence,
}));

function document(config: Record<string, unknown>, points: readonly string[] = PAW.points): GraphDocument {
  return {
    kinegraph: 1,
    skeletons: [{ ...PAW, points: [...points], connections: [] }],
    nodes: {
      clock: { type: 'test.clock' },
      animals: { type: 'test.animals', config },
      out: { type: 'test.out' },
    },
    wires: [
      ['clock.out', 'animals.in'],
      ['animals.out', 'out.in'],
    ],
  };
}

function start(graph: GraphDocument): TestRun {
  return createTestRun({
    document: graph,
    types: {
      clock: { kind: 'source', nodeClass: sourceOf(ticks, 40) },
      animals,
      out: { kind: 'sink', nodeClass: sinkInto(got) },
    },
  });
}

/** Starts the run and lets it come to its third packet. */
async function running(graph: GraphDocument): Promise<TestRun> {
  const test = start(graph);
  void test.run.start();
  await settle();
  await test.clock.advance(80);
  return test;
}

describe('skeletons of a graph', () => {
  it('are found by the nodes of its run, beside those of the core, with the types at their ports', async () => {
    const test = start(document({}));
    await test.finish();
    expect(made).toEqual([
      { skeleton: 'paw-3', points: PAW.points, ports: { inputs: { in: 'any' }, outputs: { out: 'landmarks/paw-3' } } },
    ]);
    expect(got).toHaveLength(ticks.length);
    await start(document({ skeleton: 'hand-21' })).finish();
    expect(made[1]?.points).toHaveLength(21);
  });

  it('are what values are checked against', async () => {
    const test = start(document({ points: 2 }));
    await test.finish();
    expect(got).toEqual([]);
    expect(test.node('animals')).toMatchObject({ failed: ticks.length });
    expect(JSON.stringify(test.node('animals').lastFault)).toContain('3 rows');
  });

  it('that are defined otherwise start the nodes anew that use them', async () => {
    const { run, finish } = await running(document({}));
    const applied = await run.apply(document({}, ['pad', 'inner', 'outer', 'thumb']));
    expect(applied).toMatchObject({ restarted: ['animals'], takenOver: [], added: [], removed: [] });
    await finish();
    expect(made.map(({ points }) => points.length)).toEqual([3, 4]);
    const rows = got.map(({ value }) => (value.tracks[0]?.image.length ?? 0) / 4);
    expect(rows).toHaveLength(ticks.length);
    expect(new Set(rows)).toEqual(new Set([3, 4]));
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  });

  it('are exchanged by a change of the key, and the check with them', async () => {
    const { run, finish, node } = await running(document({}));
    expect(await run.set('animals', 'skeleton', 'coco-17')).toBe(false);
    await finish();
    expect(made.map(({ ports }) => ports.outputs['out'])).toEqual(['landmarks/paw-3', 'landmarks/coco-17']);
    expect(got.at(-1)?.value.tracks[0]?.skeleton).toBe('coco-17');
    expect(got).toHaveLength(ticks.length);
    expect(node('animals').failed).toBe(0);
  });
});
