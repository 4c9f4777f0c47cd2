import type { Clock, ProcessMeter } from '@kinegraph/core';
import type { Response } from 'express';
import { withoutCredentials } from '../answers/without-credentials.js';
import { EventStream } from '../http/event-stream.js';
import type { LiveRun } from '../runs/live-run.js';
import { RecentFigures } from './recent-figures.js';

/** So that numbers can be read. */
const EVERY_MS = 500;

export interface FiguresStreamOptions {
  readonly live: LiveRun;
  readonly meter: ProcessMeter;
  readonly clock: Clock;
  /** A client that takes nothing for so long is left. */
  readonly notReadingMs: number;
}

/** Sends a run's figures as Server-Sent Events until the client leaves or the run ends (event `end`). */
export function streamFigures(response: Response, { live, meter, clock, notReadingMs }: FiguresStreamOptions): void {
  const stream = EventStream.begin(response, clock, notReadingMs);
  if (stream === undefined) return;
  const figures = new RecentFigures(live, meter);
  const client = live.clients.enter('figures');
  let timer: Disposable | undefined;
  // A slow client gets fewer, and the newest: nothing is taken while it has something to read.
  const tell = (): void => {
    const isTaken = stream.send([JSON.stringify(withoutCredentials(figures.next()))]);
    if (isTaken) {
      timer = clock.schedule(EVERY_MS, tell);
      return;
    }
    timer = clock.schedule(notReadingMs, () => response.destroy());
    response.once('drain', () => {
      timer?.[Symbol.dispose]();
      if (!response.closed) timer = clock.schedule(EVERY_MS, tell);
    });
  };
  tell();
  const ending = live.onEnd(() => {
    timer?.[Symbol.dispose]();
    stream.end();
  });
  response.on('close', () => {
    timer?.[Symbol.dispose]();
    ending[Symbol.dispose]();
    client[Symbol.dispose]();
  });
}
