import { expect, it } from 'vitest';
import { toDocument } from '../../graph/index.js';
import { createTestRun, nodeOf, sinkInto, sourceOf } from '../../testing/index.js';
import type { TestNode } from '../../testing/index.js';

const pass = (reconfigure: (config: unknown) => boolean): TestNode => ({
  kind: 'transform',
  configSchema: { type: 'object', properties: { gain: { type: 'integer', default: 1 } } },
  liveConfig: ['gain'],
  nodeClass: nodeOf(() => ({ transform: (value: unknown) => value, reconfigure })),
});

it('tells which node keeps a live key of a change that is given up', async () => {
  const types: Record<string, TestNode> = {
    cam: { kind: 'source', nodeClass: sourceOf([], 40) },
    keeps: pass((config) => (config as { gain: number }).gain > 1),
    breaks: pass((config) => {
      if ((config as { gain: number }).gain === 1) throw new Error('no way back');
      return true;
    }),
    broken: {
      kind: 'sink',
      nodeClass: nodeOf(() => ({ open: () => Promise.reject(new Error('no disk')), write() {} })),
    },
    out: { kind: 'sink', nodeClass: sinkInto([]) },
  };
  const document = {
    kinegraph: 1 as const,
    nodes: Object.fromEntries(['cam', 'keeps', 'breaks', 'out'].map((name) => [name, { type: `test.${name}` }])),
    wires: ['cam.out keeps.in', 'keeps.out breaks.in', 'breaks.out out.in'].map(
      (wire) => wire.split(' ') as [string, string],
    ),
  };
  const { run, logged, finish } = createTestRun({ document, types });
  run.pause();
  await run.start();
  const wish = toDocument(run.graph);
  for (const name of ['keeps', 'breaks']) wish.nodes[name] = { type: `test.${name}`, config: { gain: 5 } };
  wish.nodes['broken'] = { type: 'test.broken' };
  wish.wires.push(['breaks.out', 'broken.in']);
  await expect(run.apply(wish)).rejects.toMatchObject({ code: 'RUN_NODE_OPEN' });
  const told = logged.filter(({ fields }) => (fields['error'] as { code?: string }).code === 'RUN_CONFIG_KEPT');
  expect(told.map(({ level, fields }) => [level, fields['node']])).toEqual([
    ['warn', 'keeps'],
    ['warn', 'breaks'],
  ]);
  expect(told[1]?.message).toContain('no way back');
  run.resume();
  await finish();
});
