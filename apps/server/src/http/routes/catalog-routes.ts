import { Router } from 'express';
import { inject, injectable } from 'inversify';
import { NodeHost } from '../../runs/node-host.js';

/** What this server can do: `/api/v1/node-types`, `/plugins`, `/skeletons`. */
@injectable()
export class CatalogRoutes {
  constructor(@inject(NodeHost) private readonly platform: NodeHost) {}

  router(): Router {
    const { host } = this.platform;
    const router = Router();
    router.get('/node-types', (_request, response) => {
      response.json({ nodeTypes: host.catalog.list().toSorted((a, b) => a.type.localeCompare(b.type)) });
    });
    router.get('/plugins', (_request, response) => {
      const plugins = host.plugins().map(({ name, version, state, plugin, problems, error }) => ({
        name,
        version,
        state,
        nodes: plugin?.nodeTypes.map(({ type }) => type) ?? [],
        problems,
        ...(error instanceof Error ? { error: error.message } : {}),
      }));
      response.json({ plugins });
    });
    router.get('/skeletons', (_request, response) => {
      response.json(host.contributions.skeletons());
    });
    return router;
  }
}
