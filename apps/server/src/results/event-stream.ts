import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';
import { beginStream, endStream } from '../http/streamed-answer.js';
import type { LiveRun } from '../runs/live-run.js';
import { LatestWinsViewer } from './latest-wins-viewer.js';

/** Keeps proxies from closing a stream on which nothing happens. */
const COMMENT_EVERY_MS = 15_000;

/** Sends results as Server-Sent Events until the client leaves or the run ends (event `end`). */
export function streamEvents(response: Response, live: LiveRun, clock: Clock, notReadingMs: number): void {
  if (!beginStream(response, { 'Content-Type': 'text/event-stream; charset=utf-8' })) return;
  let comment = clock.schedule(COMMENT_EVERY_MS, remark);
  const viewer = new LatestWinsViewer(
    {
      encode: ({ json }) => [json],
      encodeMissed: (message) => JSON.stringify(message),
      send: (messages, done) => {
        const isTaken = response.write(messages.map((message) => `data: ${String(message)}\n\n`).join(''));
        if (isTaken) setImmediate(done);
        else response.once('drain', done);
      },
      stalled: () => response.destroy(),
      end: () => {
        comment[Symbol.dispose]();
        endStream(response, clock, notReadingMs, 'event: end\ndata: {}\n\n');
      },
    },
    clock,
    notReadingMs,
  );
  const watching = live.results.watch(viewer);
  const client = live.clients.enter('results-sse');
  response.on('close', () => {
    comment[Symbol.dispose]();
    watching[Symbol.dispose]();
    client[Symbol.dispose]();
    viewer[Symbol.dispose]();
  });
  if (live.outcome !== undefined) viewer.end();

  function remark(): void {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
    comment = clock.schedule(COMMENT_EVERY_MS, remark);
  }
}
