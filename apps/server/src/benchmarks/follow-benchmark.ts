import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';
import { EventStream } from '../http/event-stream.js';
import type { Benchmark, Benchmarks } from './benchmarks.js';

/**
 * Tells of a benchmark as Server-Sent Events: at once, and whenever something has changed, how far it is and what of it is
 * measured; ends with it. @throws BenchmarkUnknownError
 */
export function followBenchmark(
  response: Response,
  { benchmarks, id }: { readonly benchmarks: Benchmarks; readonly id: number },
  clock: Clock,
  notReadingMs: number,
): void {
  benchmarks.get(id); // before the head is sent
  const stream = EventStream.begin(response, clock, notReadingMs);
  if (stream === undefined) return;
  const tell = (): void => {
    let benchmark: Benchmark;
    try {
      benchmark = benchmarks.get(id);
    } catch {
      response.destroy(); // it was deleted, or cannot be read any more: who asks again is told
      return;
    }
    stream.send([JSON.stringify(benchmark)]); // a few a minute: nobody is too slow for them
    if (benchmark.state !== 'running') stream.end();
  };
  const listening = benchmarks.onNews(id, tell);
  response.on('close', () => listening[Symbol.dispose]());
  tell();
}
