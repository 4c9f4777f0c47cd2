import { StaticNodeTypeCatalog } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import { expect, it } from 'vitest';
import { ConnectionCheck } from './connection-check.js';
import { connectionChoices, outlineOf } from './outline.js';

const type = (
  name: string,
  kind: NodeTypeDescriptor['kind'],
  inputs: NodeTypeDescriptor['inputs'],
  outputs: NodeTypeDescriptor['outputs'],
): NodeTypeDescriptor => ({
  ...{ type: name, typeVersion: 1, kind, title: name, plugin: 'test', runsIn: 'main', stateless: false, live: false },
  ...{ inputs, outputs, configSchema: {}, liveConfig: [] },
});
const CATALOG = new StaticNodeTypeCatalog([
  type('t.source', 'source', {}, { frame: { type: 'frame' } }),
  type('t.hands', 'extractor', { frame: { type: 'frame' } }, { hands: { type: 'landmarks/hand-21' } }),
  type('t.draw', 'sink', { frame: { type: 'frame', optional: true }, hands: { type: 'landmarks/*' } }, {}),
]);
const GRAPH: GraphDocument = {
  kinegraph: 1,
  nodes: { a: { type: 't.draw' }, hands: { type: 't.hands' }, lost: { type: 'nobody.knows' }, z: { type: 't.source' } },
  wires: [
    ['z.frame', 'hands.frame'],
    ['lost.what', 'a.frame'],
  ],
};
const check = new ConnectionCheck(GRAPH, CATALOG);

it('lists nodes as data flows, their ports, and their wires', () => {
  const rows = outlineOf(GRAPH, check).map((row) => {
    const text =
      row.is === 'node' ? row.node : row.is === 'port' ? row.port.port : `${row.other.node}.${row.other.port}`;
    return `${'-'.repeat(row.level)} ${text}${row.is === 'port' && row.isMissing ? ' !' : ''}`;
  });
  expect(rows).toEqual([
    ...['- lost', '-- what', '--- a.frame'],
    ...['- a', '-- frame', '--- lost.what', '-- hands !'],
    ...['- z', '-- frame', '--- hands.frame'],
    ...['- hands', '-- frame', '--- z.frame', '-- hands'],
  ]);
  expect(new Set(outlineOf(GRAPH, check).map(({ id }) => id)).size).toBe(rows.length);
});

it('offers the ports that fit, those that are free first, and says why not of the others', () => {
  const told = connectionChoices(GRAPH, check, { node: 'z', port: 'frame', side: 'output' }).map(
    ({ end, wire, refusal, isTaken }) => [`${end.node}.${end.port}`, wire !== undefined, refusal?.reason, isTaken],
  );
  expect(told).toEqual([
    ['a.frame', true, undefined, true],
    ['a.hands', false, 'types', false],
  ]);
  const back = connectionChoices(GRAPH, check, { node: 'a', port: 'hands', side: 'input' });
  expect(back.map(({ end, wire }) => [end.node, wire])).toEqual([
    ['hands', { from: { node: 'hands', port: 'hands' }, to: { node: 'a', port: 'hands' } }],
    ['z', undefined],
  ]);
});
