import { randomInt } from 'node:crypto';
import type { Clock } from '@kinegraph/core';
import { isLandmarks } from '@kinegraph/core/protocol';
import { TakeRecorder } from '@kinegraph/plugin-sign-classifier/teach';
import type { Take } from '@kinegraph/plugin-sign-classifier/teach';
import type { LiveRun } from '../runs/live-run.js';
import { SignNoHandsError } from './sign-errors.js';

const HAND = 'hand-21';
const FINEST = 2 ** 32;

/** What to record. */
export interface RecordingRequest {
  readonly label: string;
  readonly seconds: number;
  /** Left out: the first that gets hands. */
  readonly sink?: string;
}

/**
 * Records the hands that reach a sink of a run, for a while or until the run ends.
 * @throws LabelRefusedError, SignNoHandsError
 */
export async function recordTake(
  live: LiveRun,
  { label, seconds, sink }: RecordingRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<Take> {
  const recorder = new TakeRecorder({
    label,
    source: `run ${live.id}`,
    recordedAt: new Date(),
    random: randomInt(FINEST) / FINEST,
  });
  let from = sink;
  let hasHands = false;
  using _observing = live.run.observe({
    sinkValue: (value) => {
      if ((from !== undefined && value.sink !== from) || !isLandmarks(value.value)) return;
      const isOfHands = value.value.tracks.some(({ skeleton }) => skeleton === HAND);
      if (!isOfHands && value.value.tracks.length > 0) return;
      if (isOfHands) [from, hasHands] = [value.sink, true];
      recorder.push(value.timestampMs, value.value);
    },
  });
  await new Promise<void>((resolve) => {
    const timer = clock.schedule(seconds * 1000, end);
    const atEnd = live.onEnd(end);
    signal.addEventListener('abort', end, { once: true });
    function end(): void {
      timer[Symbol.dispose]();
      // Called back at once by a run that has ended, before there is an answer to dispose of.
      queueMicrotask(() => atEnd[Symbol.dispose]());
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
  const take = recorder.take();
  if (take === undefined || !hasHands)
    throw new SignNoHandsError({ run: live.id, seconds, ...(sink === undefined ? {} : { sink }) });
  return take;
}
