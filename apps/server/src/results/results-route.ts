import { Clock, serviceId } from '@kinegraph/core';
import { CLOSE_CODES, RESULT_SUBPROTOCOLS } from '@kinegraph/core/protocol';
import { inject, injectable } from 'inversify';
import type { WebSocket } from 'ws';
import { readControlText } from '../sockets/control-text.js';
import type { LiveRun } from '../runs/live-run.js';
import { RunService } from '../runs/run-service.js';
import { bytesOf, closeSocket, sendControl } from '../sockets/client-socket.js';
import type { SocketRequest, SocketRoute } from '../sockets/socket-router.js';
import { LatestWinsViewer } from './latest-wins-viewer.js';
import { socketFormat } from './socket-formats.js';

export interface ResultLimits {
  readonly notReadingSeconds: number;
}
export const ResultLimits = serviceId<ResultLimits>('server.ResultLimits');

/** `/api/v1/runs/:run/results` as a WebSocket: JSON, or by subprotocol MessagePack or floats. */
@injectable()
export class ResultsRoute implements SocketRoute {
  readonly path = /^\/api\/v1\/runs\/(?<run>[^/]+)\/results$/;
  readonly subprotocols = RESULT_SUBPROTOCOLS;

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws RunUnknownError */
  prepare({ params: { run = '' } }: SocketRequest): (socket: WebSocket) => void {
    const live = this.runs.get(run);
    return (socket) => this.#serve(socket, live);
  }

  #serve(socket: WebSocket, live: LiveRun): void {
    const viewer = new LatestWinsViewer(
      {
        ...socketFormat(socket.protocol),
        send: (messages, done) => {
          for (const [index, message] of messages.entries()) {
            const isLast = index === messages.length - 1;
            socket.send(message, (error) => {
              if (isLast && (error === undefined || error === null)) done();
            });
          }
        },
        stalled: () =>
          closeSocket(
            socket,
            CLOSE_CODES.notReading,
            'The client has not read its results for too long. Connect again.',
          ),
        end: () => closeSocket(socket, CLOSE_CODES.runEnded, 'The run has ended.'),
      },
      this.clock,
      this.limits.notReadingSeconds * 1000,
    );
    const watching = live.results.watch(viewer);
    const client = live.clients.enter('results-websocket');
    socket.on('message', (data) => this.#answer(socket, bytesOf(data)));
    socket.on('close', () => {
      watching[Symbol.dispose]();
      client[Symbol.dispose]();
      viewer[Symbol.dispose]();
    });
    if (live.outcome !== undefined) viewer.end();
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
