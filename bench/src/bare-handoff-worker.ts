import { hrtime } from 'node:process';
import { parentPort } from 'node:worker_threads';

/** Answers each message at once with the machine's time in ms: the floor under any hand-over by messages. */
parentPort?.on('message', (message: unknown) => {
  if (message === 'leave') parentPort?.close();
  else parentPort?.postMessage(Number(hrtime.bigint()) / 1e6);
});
