import type { Clock } from '@kinegraph/core';

/** Where a series of takes is. */
export type SeriesStep =
  | { readonly step: 'countdown'; readonly take: number; /** Whole seconds. */ readonly left: number }
  | { readonly step: 'recording'; readonly take: number; readonly seconds: number };

/** How a series is recorded. */
export interface SeriesPlan {
  readonly takes: number;
  /** Of one take. */
  readonly seconds: number;
  /** Before the first take: the hands have to get from the keyboard into the picture. */
  readonly firstCountdown: number;
  /** Before each other one. */
  readonly nextCountdown: number;
}

/** Three takes of two seconds, and time to get ready: 13 s for a sign. */
export const SERIES: SeriesPlan = { takes: 3, seconds: 2, firstCountdown: 3, nextCountdown: 2 };

/**
 * Counts down and records, take after take.
 * @param record - records one take for as long as it lasts
 * @throws what `record` throws, and the signal's reason: takes that are there stay
 */
export async function recordSeries(
  plan: SeriesPlan,
  {
    clock,
    signal,
    onStep,
    record,
  }: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onStep: (step: SeriesStep) => void;
    readonly record: (seconds: number) => Promise<void>;
  },
): Promise<void> {
  for (let take = 1; take <= plan.takes; take += 1) {
    for (let left = take === 1 ? plan.firstCountdown : plan.nextCountdown; left > 0; left -= 1) {
      onStep({ step: 'countdown', take, left });
      await second(clock, signal);
    }
    signal.throwIfAborted();
    onStep({ step: 'recording', take, seconds: plan.seconds });
    await record(plan.seconds);
  }
}

async function second(clock: Clock, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = clock.schedule(1000, () => {
      signal.removeEventListener('abort', give);
      resolve();
    });
    function give(): void {
      timer[Symbol.dispose]();
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    }
    signal.addEventListener('abort', give, { once: true });
  });
}
