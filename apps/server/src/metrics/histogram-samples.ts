import { HistogramBounds } from '@kinegraph/core';
import type { HistogramSummary } from '@kinegraph/core';
import type { Sample } from './metric.js';

/** Microseconds, from a quarter of a millisecond to 17 s, each double the one before. */
const MICROSECONDS = Array.from({ length: 17 }, (_, power) => 2 ** (power + 8));

/** Where the runtime counts exactly: powers of two of a microsecond, as edges of its own buckets are. */
export const BOUNDS_MS = new HistogramBounds(MICROSECONDS.map((us) => us / 1e3));
const BOUNDS_S = MICROSECONDS.map((us) => String(us / 1e6));

/** A histogram of the runtime, in seconds, as Prometheus has them: each bucket has all that is at or below its bound. */
export function histogramSamples(
  name: string,
  labels: Sample['labels'],
  { upTo, count, sum }: HistogramSummary,
): readonly Sample[] {
  if (upTo?.length !== BOUNDS_S.length) throw new TypeError(`The figures for ${name} were taken without BOUNDS_MS.`);
  const metricName = `${name}_bucket`;
  const buckets = BOUNDS_S.map((le, index) => ({ metricName, labels: { ...labels, le }, value: upTo[index] ?? 0 }));
  return [
    ...buckets,
    { metricName, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum / 1e3 },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
