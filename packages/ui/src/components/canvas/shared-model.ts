import { sameJson } from '@kinegraph/core';
import type { CanvasModel } from './canvas-model.js';

/**
 * A model with what is as it was before in it as the very same objects: the canvas draws those that are others, and after a
 * step that is one node of hundreds.
 */
export function sharedModel(before: CanvasModel | undefined, after: CanvasModel): CanvasModel {
  if (before === undefined) return after;
  return {
    nodes: shared(before.nodes, after.nodes, ({ name }) => name),
    wires: shared(before.wires, after.wires, ({ id }) => id),
    comments: shared(before.comments, after.comments, ({ name }) => name),
    groups: shared(before.groups, after.groups, ({ name }) => name),
  };
}

function shared<T extends object>(before: readonly T[], after: readonly T[], keyOf: (of: T) => string): readonly T[] {
  const known = new Map(before.map((of) => [keyOf(of), of]));
  const next = after.map((of) => {
    const old = known.get(keyOf(of));
    return old !== undefined && sameJson(old, of) ? old : of;
  });
  const isSame = next.length === before.length && next.every((of, index) => of === before[index]);
  return isSame ? before : next;
}
