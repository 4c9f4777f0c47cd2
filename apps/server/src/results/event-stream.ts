import type { Response } from 'express';
import type { Clock } from '@kinegraph/core';
import type { LiveRun } from '../runs/live-run.js';
import { LatestWinsViewer } from './latest-wins-viewer.js';

/** Keeps proxies from closing a stream on which nothing happens. */
const COMMENT_EVERY_MS = 15_000;

/** Sends results as Server-Sent Events until the client leaves or the run ends (event `end`). */
export function streamEvents(response: Response, live: LiveRun, clock: Clock, notReadingMs: number): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no', // nginx would gather results otherwise
  });
  response.flushHeaders();
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
      end: () => response.end('event: end\ndata: {}\n\n'),
    },
    clock,
    notReadingMs,
  );
  const watching = live.results.watch(viewer);
  const client = live.clients.enter('results-sse');
  const comments = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, COMMENT_EVERY_MS);
  response.on('close', () => {
    clearInterval(comments);
    watching[Symbol.dispose]();
    client[Symbol.dispose]();
    viewer[Symbol.dispose]();
  });
  if (live.outcome !== undefined) viewer.end();
}
