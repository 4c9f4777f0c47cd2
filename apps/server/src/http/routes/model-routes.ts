import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import {
  cancelModelPull,
  getModelPull,
  listModelPulls,
  listModels,
  pullModels,
} from '../../api/operations/model-operations.js';
import { ModelPulls } from '../../models/model-pulls.js';
import { NodeHost } from '../../runs/node-host.js';

/** The models that plugins list, and their fetching. */
@injectable()
export class ModelRoutes implements ApiRoutes {
  constructor(
    @inject(NodeHost) private readonly platform: NodeHost,
    @inject(ModelPulls) private readonly pulls: ModelPulls,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listModels, async () => {
        const models = await this.platform.models.list();
        // Where files are on this machine is nobody's business.
        return { models: models.map(({ file: _, ...model }) => model) };
      }),
      handled(listModelPulls, () => ({ pulls: this.pulls.list() })),
      handled(pullModels, async ({ body: { models, check }, response }) => {
        const pull = await this.pulls.start(models, check);
        response.location(`/api/v1/models/pulls/${pull.id}`);
        return pull;
      }),
      handled(getModelPull, ({ params }) => this.pulls.get(params.pull)),
      handled(cancelModelPull, async ({ params }) => await this.pulls.cancel(params.pull)),
    ];
  }
}
