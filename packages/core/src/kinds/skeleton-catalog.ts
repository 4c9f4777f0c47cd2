import { KinegraphError, serviceId } from '../base/index.js';
import type { Skeleton } from '../vision/index.js';

/** The skeletons that a node may meet: those of the core, of plugins, and of the graph it belongs to. */
export interface SkeletonCatalog {
  /** Undefined where nobody defines it. */
  get(id: string): Skeleton | undefined;
  list(): readonly Skeleton[];
}
export const SkeletonCatalog = serviceId<SkeletonCatalog>('core.SkeletonCatalog');

/** A fixed list of skeletons; of two with one id the first counts. */
export class StaticSkeletonCatalog implements SkeletonCatalog {
  readonly #byId = new Map<string, Skeleton>();

  constructor(skeletons: Iterable<Skeleton>) {
    for (const skeleton of skeletons) if (!this.#byId.has(skeleton.id)) this.#byId.set(skeleton.id, skeleton);
  }

  get(id: string): Skeleton | undefined {
    return this.#byId.get(id);
  }

  list(): readonly Skeleton[] {
    return [...this.#byId.values()];
  }
}

/** Nobody defines a skeleton that is needed. */
export class SkeletonUnknownError extends KinegraphError {
  override readonly name = 'SkeletonUnknownError';
  readonly code = 'CORE_SKELETON_UNKNOWN';
  constructor(override readonly data: { readonly skeleton: string; readonly known: readonly string[] }) {
    super(
      `Nobody defines the skeleton "${data.skeleton}"; known are ${data.known.join(', ') || 'none'}. ` +
        `Use one of those, define it under "skeletons" of the graph, or add the plugin that contributes it.`,
    );
  }
}

/** The skeleton of that id. @throws SkeletonUnknownError */
export function requireSkeleton(skeletons: SkeletonCatalog, id: string): Skeleton {
  const skeleton = skeletons.get(id);
  if (skeleton !== undefined) return skeleton;
  throw new SkeletonUnknownError({ skeleton: id, known: skeletons.list().map((known) => known.id) });
}
