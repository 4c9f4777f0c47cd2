import { AbortedError } from '@kinegraph/core/plugin';

/** Whether the work is to be given up; an AbortSignal is one. */
export interface Cancelling {
  readonly aborted: boolean;
}

/** Looks whether the work is to be given up; cheap enough for every few milliseconds of it. @throws AbortedError */
export function stopIfAborted(signal: Cancelling | undefined): void {
  if (signal?.aborted === true) throw new AbortedError({ what: 'Training' });
}
