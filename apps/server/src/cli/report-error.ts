import { KinegraphError, errorMessage } from '@kinegraph/core';
import type { Console } from './console.js';

/** One sentence for people; with `debug` the stack and causes too. */
export function reportError(console: Console, error: unknown, debug: boolean): void {
  if (error instanceof KinegraphError) console.tell(`kinegraph: ${error.message}  (${error.code})`);
  else console.tell(`kinegraph: ${errorMessage(error)}`);
  if (!debug) return;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    console.tell(cause.stack ?? cause.message);
}
