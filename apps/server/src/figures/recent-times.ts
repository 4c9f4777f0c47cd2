import { HistogramBounds } from '@kinegraph/core';
import type { HistogramSummary } from '@kinegraph/core';
import type { RecentTimes } from '@kinegraph/core/protocol';

/** Eight to a doubling, from 16 µs to 17 s: a percentile is right to 5 %. */
const PER_DOUBLING = 8;
const BOUNDS = Array.from({ length: 20 * PER_DOUBLING + 1 }, (_, step) => 0.016 * 2 ** (step / PER_DOUBLING));

/** What histograms have to count up to, so that `RecentTimes` can be told of them. */
export const RECENT_BOUNDS = new HistogramBounds(BOUNDS);

const DIGITS = 1000;
const NOTHING: RecentTimes = { count: 0, p50: null, p95: null, p99: null };

/** What a histogram has observed since it was as before; all of it where that is left out. */
export function timesSince(before: HistogramSummary | undefined, now: HistogramSummary): RecentTimes {
  // A node that was restarted counts anew.
  const base = before === undefined || before.count > now.count ? undefined : before;
  const count = now.count - (base?.count ?? 0);
  if (count === 0) return NOTHING;
  const upTo = now.upTo ?? [];
  const quantile = (share: number): number => {
    const rank = Math.max(1, Math.ceil(share * count));
    const index = upTo.findIndex((seen, place) => seen - (base?.upTo?.[place] ?? 0) >= rank);
    const [low, high] = index === -1 ? [now.max, now.max] : [BOUNDS[index - 1] ?? 0, BOUNDS[index] ?? now.max];
    return Math.round(((low + high) / 2) * DIGITS) / DIGITS;
  };
  return { count, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
