import type { Request, Response } from 'express';
import type { PreviewOptions } from '@kinegraph/core';
import type { LiveRun } from '../runs/live-run.js';
import { newestPicture } from './picture-service.js';

const BOUNDARY = 'kinegraph-frame';

/**
 * Sends a node's pictures as `multipart/x-mixed-replace`, which browsers show in an <img> and recorders read as a camera: each
 * as soon as there is one and the client has taken the last. Ends with the run; pauses while the source is not connected.
 */
export async function streamPictures(
  request: Request,
  response: Response,
  live: LiveRun,
  node: string,
  options: PreviewOptions & { readonly notReadingMs: number },
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, {
    'Content-Type': `multipart/x-mixed-replace; boundary=${BOUNDARY}`,
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  request.socket.setNoDelay(true);
  let shown: number | undefined;
  while (!gone.signal.aborted && !live.pictures.isOver) {
    const id = live.pictures.pictureId(node);
    if (id === undefined || id === shown) {
      await nextPicture(live, node, gone.signal);
      continue;
    }
    shown = id;
    const { bytes } = await newestPicture(live, node, options);
    const head = `--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${bytes.length}\r\n\r\n`;
    response.cork();
    response.write(head);
    response.write(bytes);
    const isTaken = response.write('\r\n');
    response.uncork();
    if (!isTaken) await drained(response, gone.signal, options.notReadingMs);
  }
  response.end();
}

async function nextPicture(live: LiveRun, node: string, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const waiting = live.pictures.onNext(node, finish);
    signal.addEventListener('abort', finish, { once: true });
    function finish(): void {
      waiting[Symbol.dispose]();
      signal.removeEventListener('abort', finish);
      resolve();
    }
    if (signal.aborted) finish();
  });
}

/** A client that does not read for `limitMs` is left. */
async function drained(response: Response, signal: AbortSignal, limitMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const limit = setTimeout(() => response.destroy(), limitMs); // 'close' aborts the signal
    response.once('drain', finish);
    signal.addEventListener('abort', finish, { once: true });
    function finish(): void {
      clearTimeout(limit);
      response.off('drain', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    if (signal.aborted) finish();
  });
}
