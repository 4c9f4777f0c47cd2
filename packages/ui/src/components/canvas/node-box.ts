import type { Box, Place } from '../../editing/index.js';
import type { CanvasModel, CanvasWire } from './canvas-model.js';
import type { WireCurve } from './wire-curve.js';

/** All nodes are as wide, so that nobody has to measure them. */
export const NODE_WIDTH = 192;
/** Title and type. */
const HEAD = 44;
/** One port; inputs and outputs stand side by side. */
const ROW = 24;
/** Above the first port, and below the last. */
const MARGIN = 4;
/** Of the dot that wires are laid from. */
export const PORT_DOT = 12;

/** The ports of a node, from above. */
export interface PortNames {
  readonly inputs: readonly { readonly port: string }[];
  readonly outputs: readonly { readonly port: string }[];
}

/** The room that a node takes. The styles of `graph-node.vue` are made of the same numbers: nothing is measured. */
export function nodeSize({ inputs, outputs }: PortNames): {
  readonly width: number;
  readonly height: number;
} {
  const rows = Math.max(inputs.length, outputs.length);
  return { width: NODE_WIDTH, height: HEAD + (rows === 0 ? 0 : rows * ROW + 2 * MARGIN) };
}

/** The middle of a port's dot, from the upper left of its node. Undefined where the node has no such port. */
export function portPlace(node: PortNames, side: 'input' | 'output', port: string): Place | undefined {
  const index = node[side === 'input' ? 'inputs' : 'outputs'].findIndex((one) => one.port === port);
  if (index === -1) return undefined;
  return { x: side === 'input' ? 0 : NODE_WIDTH, y: HEAD + MARGIN + index * ROW + ROW / 2 };
}

/** The room that each node takes where the document has it. */
export function boxesOf({ nodes }: CanvasModel): readonly Box[] {
  return nodes.map((node) => ({ ...node.place, ...nodeSize(node) }));
}

/** Where a wire is drawn where the document has its nodes; undefined where there is no such wire. */
export function curveIn({ nodes, wires }: CanvasModel, id: string): WireCurve | undefined {
  const wire = wires.find((one) => one.id === id);
  if (wire === undefined) return undefined;
  const end = (side: 'input' | 'output', { node: name, port }: CanvasWire['from']): Place | undefined => {
    const node = nodes.find((one) => one.name === name);
    const at = node && portPlace(node, side, port);
    return node && at && { x: node.place.x + at.x, y: node.place.y + at.y };
  };
  const [from, to] = [end('output', wire.from), end('input', wire.to)];
  return from && to && { from, to };
}
