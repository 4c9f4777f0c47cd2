import { KinegraphError } from '@kinegraph/core';

/** Something is measured already. */
export class BenchmarkBusyError extends KinegraphError {
  override readonly name = 'BenchmarkBusyError';
  readonly code = 'SERVER_BENCHMARK_BUSY';
  constructor(override readonly data: { benchmark: number }) {
    super(
      `Benchmark ${data.benchmark} is being measured; two at once would slow each other. Wait for its end, or cancel it.`,
    );
  }
}

/** There is no such benchmark. */
export class BenchmarkUnknownError extends KinegraphError {
  override readonly name = 'BenchmarkUnknownError';
  readonly code = 'SERVER_BENCHMARK_UNKNOWN';
  constructor(override readonly data: { benchmark: number }) {
    super(`There is no benchmark ${data.benchmark}. GET /api/v1/benchmarks lists those that are kept.`);
  }
}

/** The process that measured is gone. */
export class BenchmarkCutError extends KinegraphError {
  override readonly name = 'BenchmarkCutError';
  readonly code = 'SERVER_BENCHMARK_CUT';
  constructor(override readonly data: { ended: string }) {
    super(
      `The process that measured has ended before its time (${data.ended}). The log of the server tells what it said last; a graph that needs more memory than there is ends so, too.`,
    );
  }
}
