import { Clock } from '@kinegraph/core';
import { CLOSE_CODES } from '@kinegraph/core/protocol';
import { inject, injectable } from 'inversify';
import type { WebSocket } from 'ws';
import { NodeUnknownInRunError } from '../pictures/picture-errors.js';
import { ResultLimits } from '../results/results-route.js';
import type { LiveRun } from '../runs/live-run.js';
import { RunService } from '../runs/run-service.js';
import { bytesOf, closeSocket, sendControl } from '../sockets/client-socket.js';
import { readControlText } from '../sockets/control-text.js';
import type { SocketRequest, SocketRoute } from '../sockets/socket-router.js';
import { OutputUnknownError } from './probe-errors.js';

/** `/api/v1/runs/:run/nodes/:node/outputs/:port/probe`: what leaves an output of a node, made small to be looked at. */
@injectable()
export class ProbeRoute implements SocketRoute {
  readonly path = /^\/api\/v1\/runs\/(?<run>[^/]+)\/nodes\/(?<node>[^/]+)\/outputs\/(?<port>[^/]+)\/probe$/;

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(ResultLimits) private readonly limits: ResultLimits,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws RunUnknownError, NodeUnknownInRunError, OutputUnknownError */
  prepare({ params: { run = '', node = '', port = '' } }: SocketRequest): (socket: WebSocket) => void {
    const live = this.runs.get(run);
    const { nodes } = live.run.graph;
    const known = nodes.find(({ name }) => name === node);
    if (known === undefined) throw new NodeUnknownInRunError({ run, node, nodes: nodes.map(({ name }) => name) });
    const ports = Object.keys(known.descriptor.outputs);
    if (!ports.includes(port)) throw new OutputUnknownError({ run, node, port, ports });
    return (socket) => this.#serve(socket, live, node, port);
  }

  #serve(socket: WebSocket, live: LiveRun, node: string, port: string): void {
    let limit: Disposable | undefined;
    const stalled = (): void =>
      closeSocket(socket, CLOSE_CODES.notReading, 'The client has not read this probe for too long. Connect again.');
    const client = live.clients.enter('probe');
    const watching = live.probes.watch(node, port, {
      get isFree() {
        return limit === undefined;
      },
      send: (message) => {
        limit = this.clock.schedule(this.limits.notReadingSeconds * 1000, stalled);
        socket.send(message, () => {
          limit?.[Symbol.dispose]();
          limit = undefined;
        });
      },
      end: () => closeSocket(socket, CLOSE_CODES.runEnded, 'The run has ended.'),
    });
    socket.on('message', (data) => this.#answer(socket, bytesOf(data)));
    socket.on('close', () => {
      limit?.[Symbol.dispose]();
      watching[Symbol.dispose]();
      client[Symbol.dispose]();
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
