import { Clock, Inlets, Logger, serviceId } from '@kinegraph/core';
import { CLOSE_CODES } from '@kinegraph/core/protocol';
import { inject, injectable } from 'inversify';
import type { WebSocket } from 'ws';
import type { Inlet, InletKind } from '@kinegraph/core';
import type { LiveRun } from '../runs/live-run.js';
import { RunService } from '../runs/run-service.js';
import { bytesOf, closeSocket, sendControl } from '../sockets/client-socket.js';
import type { SocketRequest, SocketRoute } from '../sockets/socket-router.js';
import { IngestConnection } from './ingest-connection.js';
import { SourceUnknownError } from './ingest-errors.js';
import { SenderClocks, requireClockId } from './sender-clocks.js';
import { Senders } from './senders.js';

export interface IngestLimits {
  readonly messageBytes: number;
  readonly picturePixels: number;
  readonly framesPerSecondPerConnection: number;
}
export const IngestLimits = serviceId<IngestLimits>('server.IngestLimits');

/** A client that sends this many texts that are none is closed. */
const MOST_REFUSED_TEXTS = 100;

/** Who may send, and where to. */
interface Admitted {
  readonly live: LiveRun;
  readonly node: string;
  readonly takes: InletKind;
  readonly clockId: string | undefined;
}

/** `/api/v1/runs/:run/sources/:node/ingest`: the frames, or landmarks, of one sender. */
@injectable()
export class IngestRoute implements SocketRoute {
  readonly path = /^\/api\/v1\/runs\/(?<run>[^/]+)\/sources\/(?<node>[^/]+)\/ingest$/;

  constructor(
    @inject(RunService) private readonly runs: RunService,
    @inject(Inlets) private readonly inlets: Inlets,
    @inject(Senders) private readonly senders: Senders,
    @inject(SenderClocks) private readonly clocks: SenderClocks,
    @inject(IngestLimits) private readonly limits: IngestLimits,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** @throws RunUnknownError, SourceUnknownError, SenderClockError */
  prepare({ params: { run: id = '', node = '' }, query }: SocketRequest): (socket: WebSocket) => void {
    const live = this.runs.get(id);
    // One that is about to open, or has ended, is there all the same: its sender may wait, or is told what happened.
    const sources = live.summary().sources.filter((source) => source.takes !== undefined);
    const takes = this.inlets.find(id, node)?.takes ?? sources.find((source) => source.node === node)?.takes;
    if (takes === undefined)
      throw new SourceUnknownError({ run: id, node, sources: sources.map((source) => source.node) });
    const clockId = query.get('clock') ?? undefined;
    if (clockId !== undefined) requireClockId(clockId);
    return (socket) => this.#serve(socket, { live, node, takes, clockId });
  }

  #serve(socket: WebSocket, { live, node, takes, clockId }: Admitted): void {
    const { clock, limits, inlets } = this;
    const giveUp = this.senders.take(live.id, node, () =>
      closeSocket(socket, CLOSE_CODES.replaced, 'Another sender has taken this source over.'),
    );
    sendControl(socket, {
      type: 'welcome',
      run: live.id,
      source: node,
      takes,
      maxMessageBytes: limits.messageBytes,
      maxPixels: limits.picturePixels,
    });
    const senderClock = this.clocks.take(live.id, clockId);
    let newest: Inlet | undefined;
    const connection = new IngestConnection({
      clock,
      senderClock: senderClock.offset,
      maxPixels: limits.picturePixels,
      receiver: () => {
        if (newest?.isOpen !== true) newest = inlets.find(live.id, node); // not looked up for every frame
        return newest;
      },
      results: () => live.results.resultsOf(node),
      dropped: () => live.results.droppedOf(node),
      send: (message) => sendControl(socket, message),
      framesPerSecond: limits.framesPerSecondPerConnection,
      close: ({ message }) => closeSocket(socket, CLOSE_CODES.tooManyFrames, message),
    });
    const client = live.clients.enter('sender');
    const counting = live.received.add(node, connection);
    const log = this.logger.child({ run: live.id, node });
    log.debug('A sender has connected.');
    let texts = 0;
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return; // told to go: what is still under way is not taken
      if (isBinary) {
        connection.receive(bytesOf(data));
        return;
      }
      const { refused } = connection.counts;
      connection.receiveText(bytesOf(data));
      if (connection.counts.refused > refused && (texts += 1) >= MOST_REFUSED_TEXTS)
        closeSocket(
          socket,
          CLOSE_CODES.badMessage,
          'Too many texts that are no control messages; see docs/protocol.md.',
        );
    });
    const atEnd = live.onEnd(() => closeSocket(socket, CLOSE_CODES.runEnded, 'The run has ended.'));
    socket.on('close', () => {
      atEnd[Symbol.dispose]();
      connection[Symbol.dispose]();
      senderClock[Symbol.dispose]();
      counting[Symbol.dispose]();
      client[Symbol.dispose]();
      if (giveUp()) inlets.find(live.id, node)?.connected(false);
      log.debug('A sender has left.', { ...connection.counts });
    });
  }
}
