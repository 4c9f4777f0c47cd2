import { Clock } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { recordTrace } from '../../api/operations/picture-operations.js';
import { ResultLimits } from '../../results/results-route.js';
import { RunService } from '../../runs/run-service.js';
import { streamTrace } from '../../traces/trace-download.js';

/** What a run does for a while, to be opened in Perfetto. */
@injectable()
export class TraceRoutes implements ApiRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(recordTrace, ({ params, query: { seconds }, response }) => {
        const live = this.runs.get(params.run);
        const notReadingMs = this.limits.notReadingSeconds * 1000;
        streamTrace(response, live, { clock: this.clock, seconds, notReadingMs });
      }),
    ];
  }
}
