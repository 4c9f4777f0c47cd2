import { GRAPH_FORMAT, StaticNodeTypeCatalog, validateGraph } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor } from '@kinegraph/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionCheck } from './connection-check.js';
import type { WireStart } from './connection-check.js';
import { connect } from './wire-edits.js';

const PLAIN = {
  typeVersion: 1,
  plugin: 'test',
  runsIn: 'main',
  stateless: true,
  live: false,
  configSchema: {
    type: 'object',
    properties: { skeleton: { type: 'string', default: 'hand-21' } },
    additionalProperties: false,
  },
  liveConfig: [],
} as const;
const type = (
  name: string,
  kind: NodeTypeDescriptor['kind'],
  inputs: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>>,
): NodeTypeDescriptor => ({
  ...PLAIN,
  ...{ type: name, kind, title: name },
  inputs: Object.fromEntries(Object.entries(inputs).map(([port, of]) => [port, { type: of, optional: true }])),
  outputs: Object.fromEntries(Object.entries(outputs).map(([port, of]) => [port, { type: of }])),
});
const CATALOG = new StaticNodeTypeCatalog([
  type('t.source', 'source', {}, { frame: 'frame' }),
  type('t.buffer', 'buffer', { in: 'any' }, { out: '$in' }),
  type('t.window', 'buffer', { in: 'landmarks/*' }, { out: 'window<$in>' }),
  type('t.hands', 'extractor', { frame: 'frame' }, { hands: 'landmarks/hand-21' }),
  type('t.body', 'extractor', { frame: 'frame' }, { body: 'landmarks/{skeleton}' }),
  type('t.classify', 'classifier', { window: 'window<landmarks/hand-21>' }, { labels: 'labels' }),
  type('t.draw', 'sink', { frame: 'frame', hands: 'landmarks/*|angles' }, {}),
]);
const TYPES = CATALOG.list();

const graph = (nodes: GraphDocument['nodes'], wires: GraphDocument['wires'] = []): GraphDocument => ({
  kinegraph: GRAPH_FORMAT,
  nodes,
  wires,
});
const out = (node: string, port: string): WireStart => ({ node, port, side: 'output' });
const into = (node: string, port: string): WireStart => ({ node, port, side: 'input' });

describe('A connection', () => {
  const document = graph(
    {
      camera: { type: 't.source' },
      newest: { type: 't.buffer' },
      hands: { type: 't.hands' },
      window: { type: 't.window' },
      signs: { type: 't.classify' },
      lost: { type: 'nobody.knows' },
    },
    [
      ['camera.frame', 'newest.in'],
      ['newest.out', 'hands.frame'],
    ],
  );
  const check = new ConnectionCheck(document, CATALOG);

  it('fits, from whichever end it is laid', () => {
    expect(check.refusal(out('hands', 'hands'), into('window', 'in'))).toBeUndefined();
    expect(check.refusal(into('window', 'in'), out('hands', 'hands'))).toBeUndefined();
  });

  it('is refused with the reason', () => {
    const types = { reason: 'types', output: 'frame', input: 'landmarks/*' };
    expect(check.refusal(out('newest', 'out'), into('window', 'in'))).toEqual(types);
    expect(check.refusal(into('window', 'in'), out('newest', 'out'))).toEqual(types);
    expect(check.refusal(out('hands', 'hands'), into('newest', 'in'))).toEqual({ reason: 'cycle' });
    expect(check.refusal(out('newest', 'out'), into('newest', 'in'))).toEqual({ reason: 'same-node' });
    expect(check.refusal(out('camera', 'frame'), out('newest', 'out'))).toEqual({ reason: 'same-side' });
    expect(check.refusal(out('camera', 'sound'), into('hands', 'frame'))).toMatchObject({ reason: 'unknown-port' });
  });

  it('to a node whose type is not known is left to those who know it', () => {
    expect(check.refusal(out('hands', 'hands'), into('lost', 'anything'))).toBeUndefined();
  });

  it('is offered for types that have a port for it', () => {
    const fitting = (start: WireStart): readonly (readonly [string, string])[] =>
      TYPES.flatMap((candidate) => {
        const port = check.fittingPort(start, candidate.type);
        return port === undefined ? [] : [[candidate.type, port] as const];
      });
    expect(fitting(out('hands', 'hands'))).toEqual([
      ['t.buffer', 'in'],
      ['t.window', 'in'],
      ['t.draw', 'hands'],
    ]);
    expect(fitting(into('signs', 'window'))).toEqual([
      ['t.buffer', 'out'],
      ['t.window', 'out'],
    ]);
  });

  it('lets through it what gives on what it takes', () => {
    const wire = { from: { node: 'newest', port: 'out' }, to: { node: 'hands', port: 'frame' } };
    const through = TYPES.filter((candidate) => check.throughPorts(wire, candidate.type) !== undefined);
    expect(through.map((candidate) => candidate.type)).toEqual(['t.buffer']);
    expect(check.throughPorts(wire, 't.buffer')).toEqual({ input: 'in', output: 'out' });
  });

  it('takes in a node that is there by ports that nothing is wired to', () => {
    const loose = graph(
      { ...document.nodes, spare: { type: 't.buffer' }, after: { type: 't.buffer' }, look: { type: 't.draw' } },
      [...document.wires, ['newest.out', 'after.in']],
    );
    const now = new ConnectionCheck(loose, CATALOG);
    const wire = { from: { node: 'newest', port: 'out' }, to: { node: 'hands', port: 'frame' } };
    expect(now.splicePorts(wire, 'spare')).toEqual({ input: 'in', output: 'out' });
    expect(now.freePorts('spare')).toEqual({ inputs: ['in'], outputs: ['out'] });
    // Its input is taken; it gives nothing on; it takes no frames; it is an end of the wire.
    for (const other of ['after', 'look', 'window', 'hands', 'camera', 'lost'])
      expect(now.splicePorts(wire, other), other).toBeUndefined();
  });

  it('takes in no node that leads back to it', () => {
    const round = graph(
      { a: { type: 't.buffer' }, b: { type: 't.buffer' }, c: { type: 't.draw' }, s: { type: 't.source' } },
      [
        ['s.frame', 'a.in'],
        ['a.out', 'c.frame'],
      ],
    );
    const now = new ConnectionCheck(round, CATALOG);
    expect(now.splicePorts({ from: { node: 's', port: 'frame' }, to: { node: 'a', port: 'in' } }, 'c')).toBeUndefined();
    expect(now.splicePorts({ from: { node: 's', port: 'frame' }, to: { node: 'a', port: 'in' } }, 'b')).toBeDefined();
  });

  it('is allowed where validation has nothing against it, and only there', () => {
    const NAMES = ['a', 'b', 'c', 'd', 'e'];
    const end = fc.record({ node: fc.constantFrom(...NAMES), choice: fc.nat({ max: 5 }) });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...TYPES.map((each) => each.type)), { minLength: 5, maxLength: 5 }),
        fc.array(fc.constantFrom('hand-21', 'pose-33'), { minLength: 5, maxLength: 5 }),
        fc.array(fc.tuple(end, end), { maxLength: 12 }),
        (types, skeletons, attempts) => {
          let made = graph(
            Object.fromEntries(
              NAMES.map((name, index) => [
                name,
                { type: types[index] ?? '', config: { skeleton: skeletons[index] ?? '' } },
              ]),
            ),
          );
          for (const [one, other] of attempts) {
            const now = new ConnectionCheck(made, CATALOG);
            const port = (side: 'inputs' | 'outputs', { node, choice }: typeof one): string | undefined => {
              const ports = Object.keys(now.ports(node)?.[side] ?? {});
              return ports[choice % Math.max(1, ports.length)];
            };
            const [output, input] = [port('outputs', one), port('inputs', other)];
            if (output === undefined || input === undefined) continue;
            const refusal = now.refusal(out(one.node, output), into(other.node, input));
            const wired = connect(made, {
              from: { node: one.node, port: output },
              to: { node: other.node, port: input },
            });
            // A type may also change downstream of the new wire: that shows there, at the wires that are there already.
            const wire = `${one.node}.${output} > ${other.node}.${input}`;
            const own = validateGraph(wired, CATALOG).filter(
              (problem) => problem.severity === 'error' && (problem.wire === wire || problem.code === 'GRAPH_CYCLE'),
            );
            expect([refusal === undefined, own.map(({ code }) => code)]).toEqual([
              own.length === 0,
              own.map(({ code }) => code),
            ]);
            if (refusal === undefined) made = wired;
          }
        },
      ),
    );
  });
});
