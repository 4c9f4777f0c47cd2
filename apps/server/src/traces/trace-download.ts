import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';
import { TraceText } from '@kinegraph/core/node';
import { beginStream, endStream } from '../http/streamed-answer.js';
import type { LiveRun } from '../runs/live-run.js';

/** Characters that are sent together. */
const CHUNK = 64 * 2 ** 10;

export interface TraceDownloadOptions {
  readonly clock: Clock;
  readonly seconds: number;
  /** How long the client may take to read what is left at the end. */
  readonly notReadingMs: number;
}

/**
 * Records a run and sends the trace as it grows, until the time is over or the run ends; what was sent by then is whole
 * JSON. A client that leaves ends the recording. One that is slower than the trace loses events, and is told in the trace.
 * @throws RecordingRefusedError - nothing has been answered then
 */
export function streamTrace(
  response: Response,
  live: LiveRun,
  { clock, seconds, notReadingMs }: TraceDownloadOptions,
): void {
  const text = new TraceText();
  const recording = live.run.record(text, live.title);
  const isBegun = beginStream(response, {
    'Content-Type': 'application/json',
    'Content-Disposition': `attachment; filename="${live.id.replace(/[^\w-]/g, '_')}-trace.json"`,
  });
  if (!isBegun) {
    recording[Symbol.dispose]();
    return;
  }
  const send = (): void => {
    if (text.waiting > 0 && !response.writableNeedDrain) response.write(text.take());
  };
  text.onAdded = () => {
    if (text.waiting >= CHUNK) send();
  };
  const timer = clock.schedule(seconds * 1000, finish);
  const atEnd = live.onEnd(finish);
  response.on('drain', send);
  response.on('close', leave);

  function leave(): void {
    text.onAdded = () => {};
    recording[Symbol.dispose]();
    timer[Symbol.dispose]();
    atEnd[Symbol.dispose]();
    response.off('drain', send);
  }

  function finish(): void {
    leave();
    text.noteLost();
    response.write(text.take());
    endStream(response, clock, notReadingMs, text.end());
  }
}
