import { deferred } from '../../base/index.js';
import type { Clock } from '../../base/index.js';
import type { RunOutcome, RunSnapshot } from './run-snapshot.js';

export interface WatchOptions {
  /** Milliseconds between two snapshots. Default: 500. */
  readonly everyMs?: number;
  /** Ends the watching, not the run. */
  readonly signal?: AbortSignal;
}

const DEFAULT_EVERY_MS = 500;

/** Snapshots of a run at regular times, until it has ended; the last one is of the ended run. */
export async function* watchRun(
  run: { snapshot(): RunSnapshot; readonly finished: Promise<RunOutcome> },
  clock: Clock,
  { everyMs = DEFAULT_EVERY_MS, signal }: WatchOptions,
): AsyncGenerator<RunSnapshot, void, undefined> {
  if (!(everyMs > 0)) throw new TypeError(`everyMs is ${everyMs}; allowed: a number of milliseconds above 0.`);
  let wake = (): void => {};
  let isOver = false;
  const end = (): void => {
    isOver = true;
    wake();
  };
  void run.finished.then(end); // once, not at every turn: a run may last for weeks
  let dueMs = clock.nowMs();
  while (signal?.aborted !== true) {
    const snapshot = run.snapshot();
    yield snapshot;
    if (snapshot.state === 'ended') return;
    const nowMs = clock.nowMs();
    dueMs = Math.max(dueMs + everyMs, nowMs); // what a slow consumer has missed is not made up for
    if (!isOver && dueMs > nowMs) await sleepUntilWoken(dueMs - nowMs, clock, signal, (go) => (wake = go));
  }
}

/** Waits for `delayMs`, or until the signal fires or the function given to `onWake` is called; no timer is left behind. */
async function sleepUntilWoken(
  delayMs: number,
  clock: Clock,
  signal: AbortSignal | undefined,
  onWake: (wake: () => void) => void,
): Promise<void> {
  const { promise, resolve } = deferred<void>();
  const go = (): void => resolve();
  onWake(go);
  const timer = clock.schedule(delayMs, go);
  signal?.addEventListener('abort', go, { once: true });
  if (signal?.aborted === true) go();
  await promise;
  timer[Symbol.dispose]();
  signal?.removeEventListener('abort', go);
}
