import { coreSkeletons } from '../vision/index.js';
import type { Skeleton } from '../vision/index.js';
import type { NodeTypeCatalog } from './node-type.js';
import type { ResolvedGraph } from './resolved-graph.js';

/** The skeletons of core and plugins. */
export function contributedSkeletons(catalog: Pick<NodeTypeCatalog, 'skeletons'>): readonly Skeleton[] {
  return catalog.skeletons?.() ?? coreSkeletons;
}

/** All skeletons that the nodes of a graph may meet: its own, and those of core and plugins. Plain data. */
export function skeletonsAtHand(
  { skeletons }: Pick<ResolvedGraph, 'skeletons'>,
  catalog: Pick<NodeTypeCatalog, 'skeletons'>,
): readonly Skeleton[] {
  return [...(skeletons ?? []), ...contributedSkeletons(catalog)];
}
