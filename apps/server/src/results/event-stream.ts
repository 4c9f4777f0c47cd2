import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';
import { EventStream } from '../http/event-stream.js';
import type { LiveRun } from '../runs/live-run.js';
import { LatestWinsViewer } from './latest-wins-viewer.js';

/** Sends results as Server-Sent Events until the client leaves or the run ends (event `end`). */
export function streamEvents(response: Response, live: LiveRun, clock: Clock, notReadingMs: number): void {
  const stream = EventStream.begin(response, clock, notReadingMs);
  if (stream === undefined) return;
  const viewer = new LatestWinsViewer(
    {
      encode: ({ json }) => [json],
      encodeMissed: (message) => JSON.stringify(message),
      send: (messages, done) => {
        if (stream.send(messages.map(String))) setImmediate(done);
        else response.once('drain', done);
      },
      stalled: () => response.destroy(),
      end: () => stream.end(),
    },
    clock,
    notReadingMs,
  );
  const watching = live.results.watch(viewer);
  const client = live.clients.enter('results-sse');
  response.on('close', () => {
    watching[Symbol.dispose]();
    client[Symbol.dispose]();
    viewer[Symbol.dispose]();
  });
  if (live.outcome !== undefined) viewer.end();
}
