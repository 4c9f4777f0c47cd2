import { seededRandom } from './seeded-random.js';

/** What a buffer before one busy consumer does with frames: the policies of `core.buffer.latest` and `core.buffer.fifo`. */
export type DropPolicy = 'latest' | 'fresh' | { readonly refuseNewestWith: number };

/** One frame that was worked on. */
export interface Served {
  /** Place of the frame among the arrivals. */
  readonly index: number;
  /** When work on it ended, in ms. */
  readonly doneMs: number;
  /** From its arrival to that, in ms. */
  readonly ageMs: number;
}

/** When the frames of a camera come: evenly, each moved by up to `jitterMs` to either side, as the seed decides. */
export function jitteredArrivals(options: {
  readonly count: number;
  readonly perSecond: number;
  readonly jitterMs: number;
  readonly seed: number;
}): readonly number[] {
  const { count, perSecond, jitterMs, seed } = options;
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => ((index + 1) * 1000) / perSecond + jitterMs * (2 * random() - 1));
}

/**
 * The queue by itself: one consumer, one buffer, no runtime. Each policy is a recurrence over the arrivals.
 * @param arrivalsMs - rising.
 * @param serviceMs - how long the consumer takes, for the n-th frame that it works on.
 */
export function servedInTheory(
  policy: DropPolicy,
  arrivalsMs: readonly number[],
  serviceMs: (count: number) => number,
): readonly Served[] {
  const served: Served[] = [];
  const starts: number[] = [];
  let freeMs = Number.NEGATIVE_INFINITY;
  const serve = (index: number, startMs: number): void => {
    freeMs = startMs + serviceMs(served.length);
    starts.push(startMs);
    served.push({ index, doneMs: freeMs, ageMs: freeMs - (arrivalsMs[index] ?? Number.NaN) });
  };
  for (let index = 0; index < arrivalsMs.length; index += 1) {
    const arrivalMs = arrivalsMs[index] ?? Number.NaN;
    if (policy === 'fresh') {
      if (arrivalMs >= freeMs) serve(index, arrivalMs);
    } else if (policy === 'latest') {
      const startMs = Math.max(arrivalMs, freeMs);
      const next = arrivalsMs[index + 1];
      if (next === undefined || next > startMs) serve(index, startMs); // else the next one takes its place
    } else {
      let waiting = 0;
      while ((starts.at(-1 - waiting) ?? Number.NEGATIVE_INFINITY) > arrivalMs) waiting += 1;
      if (waiting < policy.refuseNewestWith) serve(index, Math.max(arrivalMs, freeMs));
    }
  }
  return served;
}
