import type { CanvasModel } from './canvas-model.js';

/** How a node does. `off`: it is there and does nothing. */
export type NodeHealth = 'good' | 'warning' | 'error' | 'off';

/** Of nodes with problems; the others are left out. For graphs that do not run. */
export function healthOfFaults({ nodes }: CanvasModel): ReadonlyMap<string, NodeHealth> {
  return new Map(nodes.flatMap(({ name, fault }) => (fault === undefined ? [] : [[name, fault]])));
}
