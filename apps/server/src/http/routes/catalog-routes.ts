import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { listNodeTypes, listPlugins, listSkeletons } from '../../api/operations/catalog-operations.js';
import { NodeHost } from '../../runs/node-host.js';

/** What this server can do. */
@injectable()
export class CatalogRoutes implements ApiRoutes {
  constructor(@inject(NodeHost) private readonly platform: NodeHost) {}

  operations(): readonly HandledOperation[] {
    const { host } = this.platform;
    return [
      handled(listNodeTypes, () => ({
        nodeTypes: host.catalog.list().toSorted((a, b) => a.type.localeCompare(b.type)),
      })),
      handled(listPlugins, () => ({
        plugins: host.plugins().map(({ name, version, state, plugin, problems, error, activationMs }) => ({
          name,
          version,
          state,
          nodes: plugin?.nodeTypes.map(({ type }) => type) ?? [],
          problems,
          ...(error instanceof Error ? { error: error.message } : {}),
          ...(activationMs === undefined ? {} : { activationMs }),
        })),
      })),
      handled(listSkeletons, () => host.contributions.skeletons()),
    ];
  }
}
