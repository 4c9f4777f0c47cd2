import { Wiring, placedWires } from '@kinegraph/core';
import type { GraphDocument, NodeKind, NodeTypeCatalog, Problem } from '@kinegraph/core';
import { ConnectionCheck } from '../../editing/index.js';
import type { Place } from '../../editing/index.js';
import { annotationsOf } from './annotations-model.js';
import type { CanvasComment, CanvasGroup } from './annotations-model.js';
import { portFamily } from './port-family.js';
import type { PortFamily } from './port-family.js';

/** A port as it is drawn. */
export interface CanvasPort {
  readonly port: string;
  /** With `$in` followed up the wires. */
  readonly type: string;
  readonly family: PortFamily;
  /** Nothing is wired to it, and the node cannot do without. */
  readonly isMissing: boolean;
}

/** A node as it is drawn. */
export interface CanvasNode {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  /** Undefined for a type that no plugin here contributes. */
  readonly kind: NodeKind | undefined;
  readonly place: Place;
  readonly inputs: readonly CanvasPort[];
  readonly outputs: readonly CanvasPort[];
  /** The worst of what is wrong with it. */
  readonly fault: 'error' | 'warning' | undefined;
}

/** A wire as it is drawn. */
export interface CanvasWire {
  /** `from.port > to.port`. */
  readonly id: string;
  readonly from: { readonly node: string; readonly port: string };
  readonly to: { readonly node: string; readonly port: string };
  readonly family: PortFamily;
  readonly type: string;
  readonly fault: 'error' | 'warning' | undefined;
}

/** A graph as it is drawn. */
export interface CanvasModel {
  readonly nodes: readonly CanvasNode[];
  readonly wires: readonly CanvasWire[];
  readonly comments: readonly CanvasComment[];
  readonly groups: readonly CanvasGroup[];
}

/** Room that a node takes where the document does not say where it stands. */
const COLUMN = 260;
const ROW = 130;

/** What a canvas draws of a document. Pure: another document, another model. */
export function canvasModel(
  document: GraphDocument,
  catalog: NodeTypeCatalog,
  problems: readonly Problem[],
  check = new ConnectionCheck(document, catalog),
): CanvasModel {
  const wires = placedWires(document);
  const wired = new Set(document.wires.map(([, input]) => input));
  const faults = worstBy(problems, ({ node }) => node);
  const wireFaults = worstBy(problems, ({ wire }) => wire);
  const places = placesOf(document);
  const portsOfUnknown = (name: string, side: 'from' | 'to'): readonly CanvasPort[] => {
    const ports = new Set(wires.flatMap((wire) => (wire[side].node === name ? [wire[side].port] : [])));
    return [...ports].map((port) => ({ port, type: 'any', family: 'any', isMissing: false }));
  };
  return {
    ...annotationsOf(document),
    nodes: Object.entries(document.nodes).map(([name, { type, title }]) => {
      const descriptor = catalog.get(type);
      const ports = check.ports(name);
      return {
        ...{ name, type },
        title: title ?? name,
        kind: descriptor?.kind,
        place: places.get(name) ?? { x: 0, y: 0 },
        inputs:
          ports === undefined
            ? portsOfUnknown(name, 'to')
            : Object.entries(ports.inputs).map(([port, { type: of, optional }]) => ({
                ...{ port, type: of, family: portFamily(of) },
                isMissing: optional !== true && !wired.has(`${name}.${port}`),
              })),
        outputs:
          ports === undefined
            ? portsOfUnknown(name, 'from')
            : Object.keys(ports.outputs).map((port) => {
                const leaving = check.outputType({ node: name, port });
                return { port, type: leaving, family: portFamily(leaving), isMissing: false };
              }),
        fault: faults.get(name),
      };
    }),
    wires: wires.map(({ from, to }) => {
      const id = `${from.node}.${from.port} > ${to.node}.${to.port}`;
      const type = check.outputType(from);
      return { id, from, to, type, family: portFamily(type), fault: wireFaults.get(id) };
    }),
  };
}

/** Where each node stands: as the document says, else by its distance from the sources, one below the other. */
export function placesOf(document: GraphDocument): ReadonlyMap<string, Place> {
  const names = Object.keys(document.nodes).sort();
  const wiring = new Wiring(names, placedWires(document));
  const depth = new Map<string, number>();
  const rows = new Map<number, number>();
  const order = wiring.topologicalOrder();
  const places = new Map<string, Place>();
  const placed = new Set(order);
  for (const name of [...order, ...names.filter((each) => !placed.has(each))]) {
    const column = Math.max(0, ...wiring.incoming(name).map(({ from }) => (depth.get(from.node) ?? -1) + 1));
    const row = rows.get(column) ?? 0;
    depth.set(name, column);
    rows.set(column, row + 1);
    places.set(name, document.layout?.[name] ?? { x: column * COLUMN, y: row * ROW });
  }
  return places;
}

function worstBy(
  problems: readonly Problem[],
  keyOf: (problem: Problem) => string | undefined,
): ReadonlyMap<string, 'error' | 'warning'> {
  const worst = new Map<string, 'error' | 'warning'>();
  for (const problem of problems) {
    const key = keyOf(problem);
    if (key !== undefined && worst.get(key) !== 'error') worst.set(key, problem.severity);
  }
  return worst;
}
