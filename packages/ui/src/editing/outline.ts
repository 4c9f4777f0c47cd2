import { Wiring, formatEndpoint, placedWires, wireName } from '@kinegraph/core';
import type { GraphDocument, PortAddress } from '@kinegraph/core';
import type { ConnectionCheck, ConnectionRefusal, WireStart } from './connection-check.js';
import { wireBetween } from './connection-check.js';
import type { WireEndsToLay } from './wire-edits.js';

/** A line of the outline: a node, below it its ports, below each its wires. */
export type OutlineRow =
  | { readonly is: 'node'; readonly id: string; readonly level: 1; readonly node: string }
  | {
      readonly is: 'port';
      readonly id: string;
      readonly level: 2;
      readonly node: string;
      readonly port: WireStart;
      readonly type: string;
      /** It must have a wire and has none. */
      readonly isMissing: boolean;
      readonly wires: number;
    }
  | {
      readonly is: 'wire';
      readonly id: string;
      readonly level: 3;
      readonly node: string;
      readonly port: WireStart;
      readonly wire: WireEndsToLay;
      /** The port at its other end. */
      readonly other: PortAddress;
    };

/** Nodes as data flows through them, sources first; those on a circle, or behind one, come last. */
export function flowOrder(document: GraphDocument): readonly string[] {
  const names = Object.keys(document.nodes).sort();
  const order = new Wiring(names, placedWires(document)).topologicalOrder();
  const placed = new Set(order);
  return [...order, ...names.filter((name) => !placed.has(name))];
}

/** The whole outline of a document, every row in the order in which it is read. */
export function outlineOf(document: GraphDocument, check: ConnectionCheck): readonly OutlineRow[] {
  const wires = placedWires(document);
  return flowOrder(document).flatMap((node): readonly OutlineRow[] => {
    const ports = check.ports(node);
    const sides = (['input', 'output'] as const).flatMap((side) => {
      const [own, other] = side === 'input' ? (['to', 'from'] as const) : (['from', 'to'] as const);
      const wired = wires.filter((wire) => wire[own].node === node);
      const declared = side === 'input' ? ports?.inputs : ports?.outputs;
      // Of a type that nobody knows, and of ports that are not there, only the wires tell.
      const names = new Set([...Object.keys(declared ?? {}), ...wired.map((wire) => wire[own].port)]);
      return [...names].flatMap((port): readonly OutlineRow[] => {
        const start: WireStart = { node, port, side };
        const of = wired.filter((wire) => wire[own].port === port);
        const input = side === 'input' ? ports?.inputs[port] : undefined;
        const row: OutlineRow = {
          ...{ is: 'port', level: 2, node, port: start, wires: of.length },
          id: `${side} ${formatEndpoint(start)}`,
          type: side === 'input' ? (input?.type ?? 'any') : check.outputType(start),
          isMissing: input !== undefined && input.optional !== true && of.length === 0,
        };
        const rows = of.map((wire): OutlineRow => ({
          ...{ is: 'wire', level: 3, node, port: start, other: wire[other] },
          wire: { from: wire.from, to: wire.to },
          id: `${side} ${wireName(wire)}`,
        }));
        return [row, ...rows];
      });
    });
    return [{ is: 'node', id: node, level: 1, node }, ...sides];
  });
}

/** A port that a wire could lead to, or why it cannot. */
export interface ConnectionChoice {
  readonly end: WireStart;
  readonly type: string;
  /** Laid where this is chosen; undefined where it does not fit. */
  readonly wire: WireEndsToLay | undefined;
  readonly refusal: ConnectionRefusal | undefined;
  /** The input has a wire already, which would make way. */
  readonly isTaken: boolean;
}

/** All ports of the other side, those that fit first, in the order of the flow. */
export function connectionChoices(
  document: GraphDocument,
  check: ConnectionCheck,
  start: WireStart,
): readonly ConnectionChoice[] {
  const taken = new Set(document.wires.map(([, input]) => input));
  const laid = new Set(document.wires.map(([from, to]) => `${from} ${to}`));
  const choices = flowOrder(document).flatMap((node): readonly ConnectionChoice[] => {
    const side = start.side === 'output' ? 'input' : 'output';
    const ports = check.ports(node);
    return Object.entries((side === 'input' ? ports?.inputs : ports?.outputs) ?? {}).flatMap(([port, { type }]) => {
      const end: WireStart = { node, port, side };
      const wire = wireBetween(start, end);
      if (wire === undefined || laid.has(`${formatEndpoint(wire.from)} ${formatEndpoint(wire.to)}`)) return [];
      const refusal = check.refusal(start, end);
      return [
        {
          ...{ end, refusal, wire: refusal === undefined ? wire : undefined },
          type: side === 'input' ? type : check.outputType(end),
          isTaken: taken.has(formatEndpoint(wire.to)),
        },
      ];
    });
  });
  const rank = ({ wire, isTaken }: ConnectionChoice): number => (wire === undefined ? 2 : isTaken ? 1 : 0);
  return choices.sort((a, b) => rank(a) - rank(b));
}
