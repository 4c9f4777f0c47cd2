import type { Awaitable } from '../../base/index.js';

/** What opens before something else makes way for it. */
export interface Opening {
  open(signal: AbortSignal): Awaitable<void>;
  close(): Awaitable<void>;
}

/** Rejects with the signal's reason once it fires. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * Opens all, or none: where one fails the others are closed again. `signal` gives up the opening only: what is open lives
 * as long as the run, whatever becomes of the change that brought it in.
 * @throws what failed first, or the signal's reason.
 */
export async function openTogether(
  parts: readonly Opening[],
  runSignal: AbortSignal,
  signal: AbortSignal,
): Promise<void> {
  const opening = new AbortController();
  const giveUp = (): void => opening.abort(signal.reason);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  const lifeSignal = AbortSignal.any([runSignal, opening.signal]);
  const opens = Promise.allSettled(parts.map(async (part) => await part.open(lifeSignal)));
  try {
    for (const result of await Promise.race([opens, whenAborted(signal)]))
      if (result.status === 'rejected') throw result.reason;
  } catch (error) {
    // Nothing is closed while its open is under way; an open that ignores its signal is not waited for.
    const closed = opens.then(() => Promise.allSettled(parts.map(async (part) => await part.close())));
    await Promise.race([closed, whenAborted(signal)]).catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Calls each of `steps`, whatever becomes of the others, and answers what failed. Does not wait longer than `signal`. */
export async function retire(steps: readonly (() => Awaitable<void>)[], signal: AbortSignal): Promise<unknown[]> {
  const retired = Promise.allSettled(steps.map(async (step) => await step()));
  try {
    const results = await Promise.race([retired, whenAborted(signal)]);
    return results.filter((result) => result.status === 'rejected').map((result): unknown => result.reason);
  } catch (error) {
    return [error];
  }
}
