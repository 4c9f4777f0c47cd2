import { KinegraphError } from '../base/index.js';
import { coreSkeletons } from '../vision/index.js';
import type { Skeleton } from '../vision/index.js';
import type { NodeTypeCatalog, NodeTypeDescriptor } from './node-type.js';

/** The package that contributes the built-in node types; it is always there. */
export const CORE_PLUGIN = '@kinegraph/core';

/** Two node types of one name. */
export class DuplicateNodeTypeError extends KinegraphError {
  override readonly name = 'DuplicateNodeTypeError';
  readonly code = 'GRAPH_DUPLICATE_NODE_TYPE';
  constructor(override readonly data: { type: string; plugins: readonly [string, string] }) {
    super(
      `Node type "${data.type}" is contributed by ${data.plugins[0]} and by ${data.plugins[1]}. A type has one plugin: leave one of them out.`,
    );
  }
}

/** A fixed list of node types: for tests, and for pages that have no plugin host. */
export class StaticNodeTypeCatalog implements NodeTypeCatalog {
  readonly #types = new Map<string, NodeTypeDescriptor>();
  readonly #versions: ReadonlyMap<string, string | undefined>;

  /**
   * @param descriptors - In the order in which `list` gives them.
   * @param plugins - Versions of loaded plugins by package name, also of those that contribute no node types.
   * @param contributed - All skeletons that graphs may name besides their own. Left out: those of the core.
   * @throws DuplicateNodeTypeError
   */
  constructor(
    descriptors: readonly NodeTypeDescriptor[],
    plugins: Readonly<Record<string, string>> = {},
    private readonly contributed: readonly Skeleton[] = coreSkeletons,
  ) {
    for (const descriptor of descriptors) {
      const other = this.#types.get(descriptor.type);
      if (other !== undefined) {
        throw new DuplicateNodeTypeError({ type: descriptor.type, plugins: [other.plugin, descriptor.plugin] });
      }
      this.#types.set(descriptor.type, descriptor);
    }
    const loaded = [CORE_PLUGIN, ...descriptors.map(({ plugin }) => plugin)];
    this.#versions = new Map<string, string | undefined>([
      ...loaded.map((name): [string, undefined] => [name, undefined]),
      ...Object.entries(plugins),
    ]);
  }

  get(type: string): NodeTypeDescriptor | undefined {
    return this.#types.get(type);
  }

  list(): readonly NodeTypeDescriptor[] {
    return [...this.#types.values()];
  }

  skeletons(): readonly Skeleton[] {
    return this.contributed;
  }

  hasPlugin(packageName: string): boolean {
    return this.#versions.has(packageName);
  }

  pluginVersion(packageName: string): string | undefined {
    return this.#versions.get(packageName);
  }
}
