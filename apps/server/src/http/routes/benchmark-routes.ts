import { Clock } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { handled } from '../../api/index.js';
import type { ApiRoutes, HandledOperation } from '../../api/index.js';
import {
  followBenchmark as followBenchmarkOperation,
  getBenchmark,
  listBenchmarks,
  removeBenchmark,
  startBenchmark,
} from '../../api/operations/benchmark-operations.js';
import { authorOf } from '../../audit/author-of.js';
import { Benchmarks } from '../../benchmarks/benchmarks.js';
import { followBenchmark } from '../../benchmarks/follow-benchmark.js';
import { ResultLimits } from '../../results/results-route.js';

/** Graphs are measured, and what came of it is kept. */
@injectable()
export class BenchmarkRoutes implements ApiRoutes {
  constructor(
    @inject(Benchmarks) private readonly benchmarks: Benchmarks,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  operations(): readonly HandledOperation[] {
    const { benchmarks } = this;
    return [
      handled(listBenchmarks, ({ query: { limit, before, graph } }) => ({
        benchmarks: benchmarks.list({
          limit,
          ...(before === undefined ? {} : { before }),
          ...(graph === undefined ? {} : { graph }),
        }),
      })),
      handled(startBenchmark, ({ body, caller, response }) => {
        const benchmark = benchmarks.start(body, authorOf(caller));
        response.location(`/api/v1/benchmarks/${benchmark.id}`);
        return benchmark;
      }),
      handled(getBenchmark, ({ params }) => benchmarks.get(params.benchmark)),
      handled(followBenchmarkOperation, ({ params, response }) => {
        followBenchmark(
          response,
          { benchmarks, id: params.benchmark },
          this.clock,
          this.limits.notReadingSeconds * 1000,
        );
      }),
      handled(removeBenchmark, async ({ params }) => await benchmarks.remove(params.benchmark)),
    ];
  }
}
