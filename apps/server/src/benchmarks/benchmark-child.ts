import { fork } from 'node:child_process';
import type { Clock } from '@kinegraph/core';
import { BenchmarkCutError } from './benchmark-errors.js';
import { GIVE_UP } from './benchmark-task.js';
import type { BenchmarkNews, BenchmarkTask } from './benchmark-task.js';

/** After it was told to give up. */
const END_WITHIN_MS = 2_000;

/**
 * Has a process of its own measure; settles when that is gone.
 * @param signal - gives up: what was measured so far was told.
 * @throws BenchmarkCutError where it ends without having told of its end
 */
export async function measureInProcess(
  task: BenchmarkTask,
  services: { readonly clock: Clock; readonly signal: AbortSignal; readonly onNews: (news: BenchmarkNews) => void },
): Promise<void> {
  const { clock, signal, onNews } = services;
  let isOver = false;
  const child = fork(new URL('./benchmark-process.js', import.meta.url), {
    serialization: 'advanced', // figures may be NaN
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let limit: Disposable | undefined;
  const giveUp = (): void => {
    isOver = true;
    if (child.connected) child.send(GIVE_UP, () => {});
    limit ??= clock.schedule(END_WITHIN_MS, () => void child.kill('SIGKILL'));
  };
  try {
    await new Promise<void>((done, failed) => {
      child.once('error', failed); // it could not be started
      child.on('message', (message) => {
        const news = message as BenchmarkNews; // our own process's
        isOver ||= news.kind === 'done' || news.kind === 'failed';
        onNews(news);
      });
      // Not 'exit', which may come before what it has said last.
      child.once('close', (code, by) => {
        if (isOver) done();
        else failed(new BenchmarkCutError({ ended: by === null ? `code ${code}` : by }));
      });
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
      child.send(task, () => {}); // where it cannot be reached it ends
    });
  } finally {
    signal.removeEventListener('abort', giveUp);
    limit?.[Symbol.dispose]();
    child.kill('SIGKILL');
  }
}
