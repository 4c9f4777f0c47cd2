import type { Place } from '../../editing/index.js';
import type { CanvasNode } from './canvas-model.js';

/** Where something stands and how much room it takes, in units of the canvas. */
export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

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

/** The room that a node takes. The styles of `graph-node.vue` are made of the same numbers: nothing is measured. */
export function nodeSize({ inputs, outputs }: Pick<CanvasNode, 'inputs' | 'outputs'>): {
  readonly width: number;
  readonly height: number;
} {
  const rows = Math.max(inputs.length, outputs.length);
  return { width: NODE_WIDTH, height: HEAD + (rows === 0 ? 0 : rows * ROW + 2 * MARGIN) };
}

/** The middle of a port's dot, from the upper left of its node. Undefined where the node has no such port. */
export function portPlace(
  node: Pick<CanvasNode, 'inputs' | 'outputs'>,
  side: 'input' | 'output',
  port: string,
): Place | undefined {
  const index = node[side === 'input' ? 'inputs' : 'outputs'].findIndex((one) => one.port === port);
  if (index === -1) return undefined;
  return { x: side === 'input' ? 0 : NODE_WIDTH, y: HEAD + MARGIN + index * ROW + ROW / 2 };
}
