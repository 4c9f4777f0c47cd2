import { z } from 'zod';
import { operation } from '../operation.js';
import { Benchmark, BenchmarkRequest, BenchmarkSummary } from '../shapes/benchmarks.js';
import { GraphId } from '../shapes/graphs.js';
import { TokenQuery } from '../shapes/token-query.js';
import { STORE_ERRORS } from './store-errors.js';

const BenchmarkPath = z.object({
  benchmark: z.coerce.number().int().min(1).meta({ description: 'The id of a benchmark.' }),
});

export const listBenchmarks = operation({
  id: 'listBenchmarks',
  method: 'get',
  path: '/api/v1/benchmarks',
  scope: 'view',
  tag: 'Benchmarks',
  summary: 'Benchmarks, the newest first, that which runs among them.',
  query: z.strictObject({
    graph: GraphId.optional().meta({ description: 'Only those with this graph.' }),
    before: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Only those with a smaller id: the next page.' }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...TokenQuery.shape,
  }),
  answer: { status: 200, description: 'Without figures.', schema: z.object({ benchmarks: z.array(BenchmarkSummary) }) },
  errors: STORE_ERRORS,
});

export const startBenchmark = operation({
  id: 'startBenchmark',
  method: 'post',
  path: '/api/v1/benchmarks',
  scope: 'deploy',
  tag: 'Benchmarks',
  summary: 'Measures graphs in turn, in a process of its own.',
  description:
    'The graphs run as they are, their sinks too: what they send and write is sent and written. Graphs that run on the server meanwhile cost time; the result counts them.',
  body: BenchmarkRequest,
  answer: { status: 202, description: 'It has begun.', schema: Benchmark },
  errors: [
    ...STORE_ERRORS,
    'SERVER_STORAGE_FULL',
    'SERVER_BENCHMARK_BUSY',
    'SERVER_GRAPH_UNKNOWN',
    'SERVER_REVISION_UNKNOWN',
    'SERVER_GRAPH_INVALID',
    'SERVER_GRAPH_REFUSED',
    'GRAPH_INPUT_UNCLEAR',
    'CORE_FILE_NOT_ALLOWED',
  ],
});

export const getBenchmark = operation({
  id: 'getBenchmark',
  method: 'get',
  path: '/api/v1/benchmarks/{benchmark}',
  scope: 'view',
  tag: 'Benchmarks',
  summary: 'A benchmark with its figures; of one that runs, those that are measured so far.',
  params: BenchmarkPath,
  answer: { status: 200, description: 'The benchmark.', schema: Benchmark },
  errors: [...STORE_ERRORS, 'SERVER_BENCHMARK_UNKNOWN'],
});

export const followBenchmark = operation({
  id: 'followBenchmark',
  method: 'get',
  path: '/api/v1/benchmarks/{benchmark}/events',
  scope: 'view',
  tag: 'Benchmarks',
  summary: 'A benchmark as Server-Sent Events: whole at once, and again whenever it is further, until it ends.',
  params: BenchmarkPath,
  query: TokenQuery,
  answer: { status: 200, description: 'Events until the benchmark ends.', mediaType: 'text/event-stream' },
  errors: [...STORE_ERRORS, 'SERVER_BENCHMARK_UNKNOWN'],
});

export const removeBenchmark = operation({
  id: 'removeBenchmark',
  method: 'delete',
  path: '/api/v1/benchmarks/{benchmark}',
  scope: 'deploy',
  tag: 'Benchmarks',
  summary: 'Gives up a benchmark that runs, keeping what is measured; deletes one that has ended.',
  params: BenchmarkPath,
  answer: { status: 204, description: 'It has ended, or is gone.' },
  errors: [...STORE_ERRORS, 'SERVER_STORAGE_FULL', 'SERVER_BENCHMARK_UNKNOWN'],
});
