import type { Response } from 'express';
import { ImageError } from '@kinegraph/core';
import type { Clock } from '@kinegraph/core';
import { beginStream, endStream } from '../http/streamed-answer.js';
import type { LiveRun } from '../runs/live-run.js';
import { nextPicture } from './next-picture.js';
import { PictureNoneError } from './picture-errors.js';
import { nodePicture } from './picture-service.js';
import type { PictureWish } from './picture-service.js';

export interface PictureStreamOptions {
  readonly live: LiveRun;
  readonly node: string;
  readonly wish: PictureWish;
  readonly clock: Clock;
  /** A client that takes nothing for so long is left. */
  readonly notReadingMs: number;
}

const BOUNDARY = 'kinegraph-frame';

/**
 * Sends a node's pictures as `multipart/x-mixed-replace`, which browsers show in an <img> and recorders read as a camera: each
 * as soon as there is one and the client has taken the last. Ends with the run; pauses while the source is not connected.
 */
export async function streamPictures(
  response: Response,
  { live, node, wish, clock, notReadingMs }: PictureStreamOptions,
): Promise<void> {
  if (!beginStream(response, { 'Content-Type': `multipart/x-mixed-replace; boundary=${BOUNDARY}` })) return;
  response.req.socket.setNoDelay(true);
  const gone = new AbortController();
  const client = live.clients.enter('mjpeg');
  response.on('close', () => {
    client[Symbol.dispose]();
    gone.abort();
  });
  let seen: number | undefined;
  let shown = '';
  while (!gone.signal.aborted && !live.pictures.isOver) {
    const id = live.pictures.pictureId(node);
    if (id === undefined || id === seen) {
      await nextPicture(live, node, gone.signal);
      continue;
    }
    seen = id;
    const bytes = await nextBytes(live, node, wish, shown);
    if (bytes === undefined) continue;
    shown = bytes.tag;
    const head = `--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${bytes.jpeg.length}\r\n\r\n`;
    response.cork();
    response.write(head);
    response.write(bytes.jpeg);
    const isTaken = response.write('\r\n');
    response.uncork();
    if (!isTaken) await drained(response, gone.signal, notReadingMs);
  }
  endStream(response, clock, notReadingMs);
}

/** Undefined where the picture has been shown, has gone meanwhile, or is broken: one such must not end the stream. */
async function nextBytes(
  live: LiveRun,
  node: string,
  wish: PictureWish,
  shown: string,
): Promise<{ readonly tag: string; readonly jpeg: Uint8Array } | undefined> {
  try {
    const { tag, encode } = await nodePicture(live, node, wish);
    return tag === shown ? undefined : { tag, jpeg: (await encode()).bytes };
  } catch (error) {
    if (error instanceof PictureNoneError || error instanceof ImageError) return undefined;
    throw error;
  }
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
