import { Clock } from '@kinegraph/core';
import type { Response } from 'express';
import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import { streamRunLogs } from '../../api/operations/run-operations.js';
import { streamLogs } from '../../api/operations/server-operations.js';
import { LogTailService } from '../../logging/log-tail.js';
import type { LogLine, LogTail } from '../../logging/log-tail.js';
import { ResultLimits } from '../../results/results-route.js';
import { RunUnknownError } from '../../runs/run-errors.js';
import { RunService } from '../../runs/run-service.js';
import { EventStream } from '../event-stream.js';

/** The log, for those who cannot read the server's own. */
@injectable()
export class LogRoutes implements ApiRoutes {
  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(LogTailService) private readonly tail: LogTail,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  operations(): readonly HandledOperation[] {
    return [
      handled(streamLogs, ({ query, response }) => this.#stream(response, query.limit)),
      handled(streamRunLogs, ({ params: { run }, query, response }) => {
        if (this.runs.find(run) === undefined && this.tail.last(1, run).length === 0)
          throw new RunUnknownError({ run });
        this.#stream(response, query.limit, run);
      }),
    ];
  }

  #stream(response: Response, limit: number, run?: string): void {
    const stream = EventStream.begin(response, this.clock, this.limits.notReadingSeconds * 1000);
    if (stream === undefined) return;
    let isFull = !stream.send(this.tail.last(limit, run).map((line) => JSON.stringify(line)));
    let missed = 0;
    response.on('drain', () => {
      isFull = false;
      if (missed > 0) isFull = !stream.send([JSON.stringify({ missed })]);
      missed = 0;
    });
    const tell = (line: LogLine): void => {
      if (run !== undefined && line.run !== run) return;
      if (isFull) missed += 1;
      else isFull = !stream.send([JSON.stringify(line)]);
    };
    const following = this.tail.follow(tell);
    response.on('close', () => following[Symbol.dispose]());
  }
}
