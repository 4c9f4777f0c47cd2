import { formatEndpoint, nearestName, parseEndpoint } from '@kinegraph/core';
import type { GraphDocument, NodeTypeDescriptor, PortAddress } from '@kinegraph/core';
import { ConnectionCheck } from '../connection-check.js';
import type { WireStart } from '../connection-check.js';
import { connect, endsOf, insertOnWire } from '../wire-edits.js';
import { between, openInputs, worksAsItIs } from './fitting.js';
import { MOST_CHOICES, wireAt, withWireAt } from './mend.js';
import type { Mend, MendContext, Mender } from './mend.js';

type Wire = GraphDocument['wires'][number];

/** The wire out. */
export const mendsByRemoval: Mender = ({ document, problem }) => {
  const at = wireAt(document, problem.pointer);
  if (at === undefined) return [];
  const [from, to] = at.wire;
  return [{ action: 'remove-wire', values: { from, to }, apply: () => withWireAt(document, at.index, undefined) }];
};

/** Two wires on an input: one of them out, whichever. */
export const mendsOfTakenInput: Mender = (context) => {
  const { document, problem } = context;
  const at = wireAt(document, problem.pointer);
  const other = document.wires.findIndex(([, input], index) => input === at?.wire[1] && index !== at?.index);
  const wire = document.wires[other];
  if (at === undefined || wire === undefined) return [];
  return [
    ...mendsByRemoval(context),
    {
      action: 'remove-wire',
      values: { from: wire[0], to: wire[1] },
      apply: () => withWireAt(document, other, undefined),
    },
  ];
};

/** The wire with another port at one of its ends, where the port fits and is free. */
function rewired({ document, catalog }: MendContext, index: number, wire: Wire): readonly Mend[] {
  const without = withWireAt(document, index, undefined);
  const { from, to } = endsOf(wire);
  const check = new ConnectionCheck(without, catalog);
  const isTaken = without.wires.some(([, input]) => input === wire[1]);
  const known = Object.hasOwn(document.nodes, from.node) && Object.hasOwn(document.nodes, to.node);
  if (isTaken || !known || check.refusal({ ...from, side: 'output' }, { ...to, side: 'input' }) !== undefined)
    return [];
  return [{ action: 'rewire', values: { from: wire[0], to: wire[1] }, apply: () => withWireAt(document, index, wire) }];
}

/** To the node that was probably meant. */
export const mendsOfUnknownNode: Mender = (context) => {
  const { document, problem } = context;
  const at = wireAt(document, problem.pointer);
  if (at?.end === undefined) return mendsByRemoval(context);
  const { node, port } = parseEndpoint(at.wire[at.end]);
  const near = nearestName(node, Object.keys(document.nodes));
  const wire = near === undefined ? undefined : withEnd(at.wire, at.end, { node: near, port });
  return [...(wire === undefined ? [] : rewired(context, at.index, wire)), ...mendsByRemoval(context)];
};

/** To the port that was probably meant, or to the only one there is. */
export const mendsOfUnknownPort: Mender = (context) => {
  const { document, check, problem } = context;
  const at = wireAt(document, problem.pointer);
  if (at?.end === undefined) return mendsByRemoval(context);
  const { node, port } = parseEndpoint(at.wire[at.end]);
  const ports = Object.keys((at.end === 0 ? check.ports(node)?.outputs : check.ports(node)?.inputs) ?? {});
  const near = nearestName(port, ports);
  const candidates = near === undefined ? ports : [near];
  const mends = candidates.flatMap((candidate) =>
    rewired(context, at.index, withEnd(at.wire, at.end ?? 0, { node, port: candidate })),
  );
  return [...mends.slice(0, MOST_CHOICES), ...mendsByRemoval(context)];
};

/** Turned around where that fits, else to a port of the right side. */
export const mendsOfDirection: Mender = (context) => {
  const at = wireAt(context.document, context.problem.pointer);
  if (at === undefined) return [];
  if (at.end !== undefined) return mendsOfUnknownPort(context);
  const [from, to] = at.wire;
  const turned = rewired(context, at.index, [to, from]).map((mend): Mend => ({ ...mend, action: 'turn' }));
  return [...turned, ...mendsByRemoval(context)];
};

function withEnd([output, input]: Wire, end: 0 | 1, port: PortAddress): Wire {
  const text = formatEndpoint(port);
  return end === 0 ? [text, input] : [output, text];
}

/** A node between that makes the one of the other, an output that fits, or the wire out. */
export const mendsOfTypes: Mender = (context) => {
  const { document, catalog, check, problem } = context;
  const at = wireAt(document, problem.pointer);
  if (at === undefined) return [];
  const ends = endsOf(at.wire);
  const inserts = catalog
    .list()
    .flatMap((type): readonly Mend[] => {
      const ports = worksAsItIs(type) ? check.throughPorts(ends, type.type) : undefined;
      if (ports === undefined) return [];
      const added = { node: { type: type.type }, place: between(document, ends), ...ports };
      return [
        {
          action: 'insert',
          values: { type: type.title, from: at.wire[0], to: at.wire[1] },
          apply: () => insertOnWire(document, ends, added).document,
        },
      ];
    })
    .slice(0, 2);
  return [...inserts, ...fittingWires(context, ends.to).slice(0, 1), ...mendsByRemoval(context)];
};

/** Wires to an input from the outputs that fit, the best first: of just its type, and not straight from a source. */
export function fittingWires({ document, catalog, check }: MendContext, to: PortAddress): readonly Mend[] {
  const wanted = check.ports(to.node)?.inputs[to.port]?.type ?? 'any';
  const end: WireStart = { ...to, side: 'input' };
  const candidates = Object.entries(document.nodes).flatMap(([node, { type }]) =>
    Object.keys(check.ports(node)?.outputs ?? {}).flatMap((port) => {
      if (check.refusal({ node, port, side: 'output' }, end) !== undefined) return [];
      const given = check.outputType({ node, port });
      // What says nothing of itself fits everything.
      const rank = (given === wanted ? 0 : given === 'any' ? 4 : 2) + directness(catalog.get(type));
      return [{ from: { node, port }, rank }];
    }),
  );
  return candidates
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_CHOICES)
    .map(({ from }) => ({
      action: 'wire',
      values: { from: formatEndpoint(from), to: formatEndpoint(to) },
      apply: () => connect(document, { from, to }),
    }));
}

/** Behind a buffer rather than beside it. */
function directness(type: NodeTypeDescriptor | undefined): number {
  return type?.kind === 'source' ? (type.live ? 1 : 0.5) : 0;
}

/** From an output to inputs that wait for such, required ones first. */
export function wiresOnward(context: MendContext, from: PortAddress): readonly Mend[] {
  const { document, check } = context;
  return openInputs(document, check)
    .filter(({ to }) => check.refusal({ ...from, side: 'output' }, { ...to, side: 'input' }) === undefined)
    .sort((a, b) => Number(a.isOptional) - Number(b.isOptional))
    .map(({ to }) => ({
      action: 'wire',
      values: { from: formatEndpoint(from), to: formatEndpoint(to) },
      apply: () => connect(document, { from, to }),
    }));
}

const LATEST = 'core.buffer.latest';

/**
 * A buffer behind the live source. All that hangs at the output without one comes behind the same one: they go on seeing
 * the very same frames.
 */
export const mendsOfUnbuffered: Mender = ({ document, catalog, check, problem }) => {
  const at = wireAt(document, problem.pointer);
  if (at === undefined || catalog.get(LATEST) === undefined) return [];
  const ends = endsOf(at.wire);
  const [output] = at.wire;
  const others = document.wires.filter(
    ([from, to]) => from === output && to !== at.wire[1] && catalog.get(typeAt(document, to))?.kind !== 'buffer',
  );
  const buffer = document.wires.find(([from, to]) => from === output && typeAt(document, to) === LATEST)?.[1];
  const ports = check.throughPorts(ends, LATEST);
  if (ports === undefined) return [];
  const behind = (base: GraphDocument, name: string): GraphDocument => {
    const from = { node: name, port: ports.output };
    return [at.wire, ...others].reduce((so, wire) => connect(so, { from, to: endsOf(wire).to }), base);
  };
  if (buffer !== undefined) {
    const { node } = parseEndpoint(buffer);
    const from = formatEndpoint({ node, port: ports.output });
    return [{ action: 'rewire', values: { from, to: at.wire[1] }, apply: () => behind(document, node) }];
  }
  const added = { node: { type: LATEST }, place: between(document, ends), ...ports };
  return [
    {
      action: 'insert',
      values: { type: catalog.get(LATEST)?.title ?? LATEST, from: at.wire[0], to: at.wire[1] },
      apply: () => {
        const inserted = insertOnWire(document, ends, added);
        return behind(inserted.document, inserted.name);
      },
    },
  ];
};

function typeAt(document: GraphDocument, end: string): string {
  return document.nodes[parseEndpoint(end).node]?.type ?? '';
}
