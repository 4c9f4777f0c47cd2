import { Clock, ImageError, Logger, errorMessage, toErrorRecord } from '@kinegraph/core';
import { CLOSE_CODES, encodeFrameMessage } from '@kinegraph/core/protocol';
import { inject, injectable } from 'inversify';
import type { WebSocket } from 'ws';
import { checkRequest } from '../http/check-request.js';
import { ResultLimits } from '../results/results-route.js';
import type { LiveRun } from '../runs/live-run.js';
import { RunService } from '../runs/run-service.js';
import { bytesOf, closeSocket, sendControl } from '../sockets/client-socket.js';
import { readControlText } from '../sockets/control-text.js';
import type { SocketRequest, SocketRoute } from '../sockets/socket-router.js';
import { nextPicture } from './next-picture.js';
import { NoFramesError, NodeUnknownInRunError, PictureNoneError } from './picture-errors.js';
import { FramePictureQuery } from './picture-query.js';
import { framePicture, requireFrames } from './picture-service.js';
import type { FramePicture, PictureWish } from './picture-service.js';

/** Whose pictures are wanted, and how. */
interface Wanted {
  readonly live: LiveRun;
  readonly node: string;
  readonly wish: Omit<PictureWish, 'overlay'>;
}

/** Results tell of times to so many decimals; a picture has to bear the very same number. */
const TIME_STEPS = 1000;

/**
 * `/api/v1/runs/:run/nodes/:node/pictures`: a node's pictures, each with the number of its frame, so that results can be drawn
 * over the very picture they were found in. The newest wins: a client gets the next one when it has taken the last.
 */
@injectable()
export class PicturesRoute implements SocketRoute {
  readonly path = /^\/api\/v1\/runs\/(?<run>[^/]+)\/nodes\/(?<node>[^/]+)\/pictures$/;

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** @throws RunUnknownError, NodeUnknownInRunError, NoFramesError, RequestInvalidError */
  prepare({ params: { run = '', node = '' }, query }: SocketRequest): (socket: WebSocket) => void {
    const live = this.runs.get(run);
    requireFrames(live, node);
    const { quality, size } = checkRequest('query', FramePictureQuery, Object.fromEntries(query));
    const wish = { quality, ...(size === undefined ? {} : { shortSide: size }) };
    return (socket) => this.#serve(socket, { live, node, wish });
  }

  #serve(socket: WebSocket, wanted: Wanted): void {
    const gone = new AbortController();
    const client = wanted.live.clients.enter('pictures-websocket');
    socket.on('message', (data) => this.#answer(socket, bytesOf(data)));
    socket.on('close', () => {
      client[Symbol.dispose]();
      gone.abort();
    });
    void this.#send(socket, wanted, gone.signal).catch((error: unknown) => {
      const { id } = wanted.live;
      this.logger.error(`Pictures of "${wanted.node}" cannot be sent: ${errorMessage(error)}`, {
        run: id,
        error: toErrorRecord(error),
      });
      closeSocket(socket, CLOSE_CODES.internal, 'The server failed with these pictures. Connect again.');
    });
  }

  async #send(socket: WebSocket, { live, node, wish }: Wanted, gone: AbortSignal): Promise<void> {
    let seen: number | undefined;
    while (!gone.aborted && !live.pictures.isOver) {
      const id = live.pictures.pictureId(node);
      if (id === undefined || id === seen) {
        await nextPicture(live, node, gone);
        continue;
      }
      seen = id;
      const picture = await pictureNow(live, node, wish);
      if (picture !== undefined && !gone.aborted) await this.#taken(socket, messageOf(picture), gone);
    }
    closeSocket(socket, CLOSE_CODES.runEnded, 'The run has ended.');
  }

  /** Settles when the client's side has taken the message, or is gone; one that takes nothing for too long is closed. */
  async #taken(socket: WebSocket, message: Uint8Array, gone: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const limit = this.clock.schedule(this.limits.notReadingSeconds * 1000, () =>
        closeSocket(
          socket,
          CLOSE_CODES.notReading,
          'The client has not read its pictures for too long. Connect again.',
        ),
      );
      const finish = (): void => {
        limit[Symbol.dispose]();
        gone.removeEventListener('abort', finish);
        resolve();
      };
      gone.addEventListener('abort', finish, { once: true });
      socket.send(message, finish);
    });
  }

  /** Viewers may ask for the server's clock; there is nothing else to say. */
  #answer(socket: WebSocket, data: Uint8Array): void {
    try {
      const message = readControlText(data);
      if (message.type === 'ping')
        sendControl(socket, { type: 'pong', id: message.id, sentMs: message.sentMs, clockMs: this.clock.nowMs() });
    } catch {
      closeSocket(socket, CLOSE_CODES.badMessage, 'A viewer sends nothing but pings; see docs/protocol.md.');
    }
  }
}

/** Undefined where it has gone meanwhile, with its node perhaps, or is broken: one such must not end it. */
async function pictureNow(live: LiveRun, node: string, wish: Wanted['wish']): Promise<FramePicture | undefined> {
  try {
    return await framePicture(live, node, wish);
  } catch (error) {
    const isNone = [PictureNoneError, NodeUnknownInRunError, NoFramesError, ImageError].some(
      (type) => error instanceof type,
    );
    if (isNone) return undefined;
    throw error;
  }
}

function messageOf({ sequence, capturedAtMs, bytes }: FramePicture): Uint8Array {
  const roundedMs = Math.round(capturedAtMs * TIME_STEPS) / TIME_STEPS;
  return encodeFrameMessage({ format: 'jpeg', sequence: sequence >>> 0, capturedAtMs: roundedMs }, bytes);
}
