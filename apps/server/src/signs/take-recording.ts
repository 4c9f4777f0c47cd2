import type { Clock } from '@kinegraph/core';
import type { Take } from '@kinegraph/plugin-sign-classifier/teach';
import type { LiveRun } from '../runs/live-run.js';
import { SignNoHandsError } from './sign-errors.js';
import { SinkRecorder } from './sink-recorder.js';

/** What to record. */
export interface RecordingRequest {
  readonly label: string;
  readonly seconds: number;
  /** Left out: the first that gets hands. */
  readonly sink?: string;
}

/** What was recorded. */
export interface RecordedTake {
  readonly take: Take;
  /** The take is as long as one may be, and ended for that. */
  readonly isFull: boolean;
}

/**
 * Records the hands that reach a sink of a run, for a while, or until the run ends or the take is full.
 * @throws LabelRefusedError, SignNoHandsError
 */
export async function recordTake(
  live: Pick<LiveRun, 'id' | 'onEnd'> & { readonly run: Pick<LiveRun['run'], 'observe'> },
  { label, seconds, sink }: RecordingRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<RecordedTake> {
  const ofSink = sink === undefined ? {} : { sink };
  const recorder = new SinkRecorder({ label, source: `run ${live.id}`, ...ofSink });
  let onFull = (): void => {};
  using _observing = live.run.observe({
    sinkValue: (value) => {
      recorder.push(value);
      if (recorder.isFull) onFull();
    },
  });
  await new Promise<void>((resolve) => {
    const timer = clock.schedule(seconds * 1000, end);
    const atEnd = live.onEnd(end);
    signal.addEventListener('abort', end, { once: true });
    onFull = end;
    function end(): void {
      timer[Symbol.dispose]();
      // Called back at once by a run that has ended, before there is an answer to dispose of.
      queueMicrotask(() => atEnd[Symbol.dispose]());
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
  const take = recorder.take();
  if (take === undefined) throw new SignNoHandsError({ run: live.id, seconds, ...ofSink });
  return { take, isFull: recorder.isFull };
}
