import { Clock, ProcessMeter } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { answerOf } from '../../answers/error-answers.js';
import { withoutCredentials } from '../../answers/without-credentials.js';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import {
  applyGraph,
  getRun,
  listRunSkeletons,
  listRuns,
  pauseRun,
  previewGraph,
  resumeRun,
  setConfig,
  startRun,
  stopRun,
  streamFigures,
  streamResults,
} from '../../api/operations/run-operations.js';
import { Deployments } from '../../deployments/deployments.js';
import { ResultLimits } from '../../results/results-route.js';
import { streamEvents } from '../../results/event-stream.js';
import { streamFigures as writeFigures } from '../../figures/index.js';
import { RunService } from '../../runs/run-service.js';
import { ServerFolders } from '../../serve/server-folders.js';

/** Starts, lists, shows, changes and stops runs. */
@injectable()
export class RunRoutes implements ApiRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(Deployments) private readonly deployments: Deployments,
    @inject(ServerFolders) private readonly folders: ServerFolders,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
    @inject(ProcessMeter) private readonly meter: ProcessMeter,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(listRuns, () => {
        const refused = [...this.runs.refused].map(([id, error]) => ({ id, error: answerOf(error).body }));
        return { runs: withoutCredentials(this.runs.list().map((live) => live.summary())), refused };
      }),
      handled(startRun, async ({ body: { graph, id, exact }, response }) => {
        const live = await this.runs.start(graph, {
          baseFolder: this.folders.workspace,
          exact,
          ...(id === undefined ? {} : { id }),
        });
        response.location(`/api/v1/runs/${encodeURIComponent(live.id)}`);
        return withoutCredentials(live.summary());
      }),
      handled(getRun, ({ params }) => {
        const live = this.runs.get(params.run);
        // Errors come from plugins, which may forget to leave out what nobody else may know.
        return withoutCredentials({ ...live.summary(), graph: live.document, figures: live.run.snapshot() });
      }),
      handled(stopRun, async ({ params, query }) => await this.deployments.stop(params.run, query.mode)),
      handled(pauseRun, ({ params }) => withoutCredentials(this.deployments.pause(params.run).summary())),
      handled(resumeRun, ({ params }) => withoutCredentials(this.deployments.resume(params.run).summary())),
      handled(applyGraph, async ({ params, body }) => await this.runs.apply(params.run, body.graph)),
      handled(previewGraph, ({ params, body }) => this.runs.preview(params.run, body.graph)),
      handled(setConfig, async ({ params, body }) => ({
        live: await this.deployments.set(params.run, params.node, body.key, body.value),
      })),
      handled(listRunSkeletons, ({ params }) => this.runs.get(params.run).skeletons()),
      handled(streamResults, ({ params, response }) => {
        const live = this.runs.get(params.run);
        streamEvents(response, live, this.clock, this.limits.notReadingSeconds * 1000);
      }),
      handled(streamFigures, ({ params, response }) => {
        const live = this.runs.get(params.run);
        const notReadingMs = this.limits.notReadingSeconds * 1000;
        writeFigures(response, { live, meter: this.meter, clock: this.clock, notReadingMs });
      }),
    ];
  }
}
