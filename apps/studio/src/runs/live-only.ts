import type { GraphDiff } from '@kinegraph/core';

/** Whether only values differ that a running node takes over as it goes. */
export function isLiveOnly({ added, removed, changed, wiresAdded, wiresRemoved, skeletons }: GraphDiff): boolean {
  const others = [added, removed, wiresAdded, wiresRemoved, skeletons];
  return others.every(({ length }) => length === 0) && changed.every(({ live }) => live);
}
