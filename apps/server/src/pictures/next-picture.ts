import type { LiveRun } from '../runs/live-run.js';

/** Settles when a node has another picture, or none any more, or when the signal fires. */
export async function nextPicture(live: LiveRun, node: string, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const waiting = live.pictures.onNext(node, finish);
    signal.addEventListener('abort', finish, { once: true });
    function finish(): void {
      waiting[Symbol.dispose]();
      signal.removeEventListener('abort', finish);
      resolve();
    }
    if (signal.aborted) finish();
  });
}
