import { Router } from 'express';
import { Clock } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { ResultLimits } from '../../results/results-route.js';
import { streamEvents } from '../../results/event-stream.js';
import { RunService } from '../../runs/run-service.js';
import { ServerFolders } from '../../serve/server-folders.js';
import { answerOf } from '../../answers/error-answers.js';
import { withoutCredentials } from '../../answers/without-credentials.js';
import { checkRequest } from '../check-request.js';

const StartBody = z.strictObject({
  /** The graph document, checked by what checks all graphs. */
  graph: z.record(z.string(), z.unknown()),
  id: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]{0,63}$/)
    .meta({ examples: ['kitchen', 'line-2'] })
    .optional(),
});

/** `/api/v1/runs`: starts, lists, shows and stops runs. */
@injectable()
export class RunRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ServerFolders) private readonly folders: ServerFolders,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  router(): Router {
    const router = Router();
    router.get('/', (_request, response) => {
      const refused = [...this.runs.refused].map(([id, error]) => ({ id, error: answerOf(error).body }));
      response.json({ runs: withoutCredentials(this.runs.list().map((live) => live.summary())), refused });
    });
    router.post('/', async (request, response) => {
      const { graph, id } = checkRequest('body', StartBody, request.body);
      const live = await this.runs.start(graph, {
        baseFolder: this.folders.workspace,
        ...(id === undefined ? {} : { id }),
      });
      response
        .status(201)
        .location(`/api/v1/runs/${encodeURIComponent(live.id)}`)
        .json(withoutCredentials(live.summary()));
    });
    router.get('/:run', (request, response) => {
      const live = this.runs.get(request.params.run);
      // Errors come from plugins, which may forget to leave out what nobody else may know.
      response.json(withoutCredentials({ ...live.summary(), graph: live.document, figures: live.run.snapshot() }));
    });
    router.delete('/:run', async (request, response) => {
      await this.runs.stop(request.params.run);
      response.status(204).end();
    });
    router.get('/:run/skeletons', (request, response) => {
      response.json(this.runs.get(request.params.run).skeletons());
    });
    router.get('/:run/results', (request, response) => {
      const live = this.runs.get(request.params.run);
      streamEvents(response, live, this.clock, this.limits.notReadingSeconds * 1000);
    });
    return router;
  }
}
