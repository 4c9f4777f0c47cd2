import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Clock, Inlets, KinegraphError, Logger, errorMessage, serviceId, toErrorRecord } from '@kinegraph/core';
import { inject, injectable } from 'inversify';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { IngestLimits } from '../../ingest/ingest-route.js';
import { RefusedRequests } from '../../audit/refused-requests.js';
import { SocketGate } from '../../sockets/socket-gate.js';
import { GatewayRuns } from '../gateway-runs.js';
import type { GatewayRun } from '../gateway-runs.js';
import { GatewaySession } from '../gateway-session.js';
import { readFrameEvent } from './frame-event.js';
import { poseResult } from './pose-result.js';
import type { PoseFrameTag, PoseResult } from './pose-result.js';

export interface SocketIoOptions {
  /** Where the front ends connect, `/socket.io` unless configured. */
  readonly path: string;
  readonly graph: string;
  /** Origins of pages that may connect, besides the server's own. */
  readonly allowedOrigins: readonly string[];
}
export const SocketIoOptions = serviceId<SocketIoOptions>('server.SocketIoOptions');

/** Base64 takes four bytes for three, and the event some more. */
const EVENT_BYTES_PER_IMAGE_BYTE = 4 / 3;
const EVENT_OVERHEAD_BYTES = 4_096;
/** Results that wait for a client that does not read: the newest wins. */
const MOST_BUFFERED_PACKETS = 2;
/** Answers to what it asks or does wrong, beyond which it gets none: a client that does not read must not fill the memory. */
const MOST_BUFFERED_ANSWERS = 64;

interface ClientEvents {
  frame: (event: unknown) => void;
  health: () => void;
}

interface ServerEvents {
  pose_result: (result: PoseResult) => void;
  health_response: (health: { status: string }) => void;
  frame_error: (error: { code: string; message: string }) => void;
}

/** Socket.IO front ends: `frame` in, `pose_result` out, a run for each client. */
@injectable()
export class SocketIoGateway {
  readonly #io = new Server<ClientEvents, ServerEvents>();

  constructor(
    @inject(SocketIoOptions) private readonly options: SocketIoOptions,
    @inject(GatewayRuns) private readonly runs: GatewayRuns,
    @inject(Inlets) private readonly inlets: Inlets,
    @inject(IngestLimits) private readonly limits: IngestLimits,
    @inject(SocketGate) private readonly gate: SocketGate,
    @inject(RefusedRequests) private readonly refused: RefusedRequests,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** Takes over requests and upgrades of its path. */
  attach(http: HttpServer): void {
    const { path, allowedOrigins } = this.options;
    this.#io.attach(http, {
      path,
      serveClient: false,
      destroyUpgrade: false, // other WebSockets are none of its business
      maxHttpBufferSize: this.limits.messageBytes * EVENT_BYTES_PER_IMAGE_BYTE + EVENT_OVERHEAD_BYTES,
      perMessageDeflate: false,
      ...(allowedOrigins.length === 0 ? {} : { cors: { origin: [...allowedOrigins], credentials: true } }),
      allowRequest: (request, answer) => this.#admit(request, answer),
    });
    this.#io.on('connection', (socket) => void this.#serve(socket));
  }

  /** Whether an upgrade is for this gateway; it leaves all others alone. */
  takes({ url = '' }: IncomingMessage): boolean {
    return url.startsWith(`${this.options.path.replace(/\/$/, '')}/`); // as Engine.IO asks
  }

  /** Tells every client that the server goes away. */
  close(): void {
    this.#io.disconnectSockets(true);
    this.#io.engine.close(); // its own `close` would end the HTTP server, which is not its own
  }

  #admit(request: IncomingMessage, answer: (error: string | null, isAllowed: boolean) => void): void {
    try {
      this.gate.check(request, this.options.path);
      answer(null, true);
    } catch (error) {
      this.refused.socket(request, error);
      answer(errorMessage(error), false);
    }
  }

  async #serve(socket: Socket<ClientEvents, ServerEvents>): Promise<void> {
    const served: { run?: GatewayRun; session?: GatewaySession<PoseFrameTag> } = {}; // filled once its run is up
    socket.on('health', () => {
      if (bufferedPackets(socket) < MOST_BUFFERED_ANSWERS) socket.emit('health_response', { status: 'ok' });
    });
    socket.on('disconnect', () => {
      served.session?.[Symbol.dispose]();
      void served.run?.end();
    });
    socket.on('frame', (event) => this.#take(socket, served.session, event));
    try {
      served.run = await this.runs.start('socket-io', this.options.graph);
    } catch (error) {
      this.logger.warn(`A Socket.IO client could not be served: ${errorMessage(error)}`, {
        error: toErrorRecord(error),
      });
      tell(socket, error);
      socket.disconnect(true);
      return;
    }
    const { run } = served;
    if (!socket.connected) {
      await run.end(); // it left while its run started
      return;
    }
    const { live, node } = run;
    served.session = new GatewaySession<PoseFrameTag>({
      live,
      node,
      inlets: this.inlets,
      clock: this.clock,
      maxPixels: this.limits.picturePixels,
      framesPerSecond: this.limits.framesPerSecondPerConnection,
      onTooMany: (error) => {
        tell(socket, error);
        socket.disconnect(true);
      },
      onResult: (message, frame) => {
        if (bufferedPackets(socket) >= MOST_BUFFERED_PACKETS) return false;
        socket.emit('pose_result', poseResult(message, frame, live.run.graph, this.clock.nowMs()));
        return true;
      },
      onEnd: () => socket.disconnect(true),
    });
  }

  /** Frames that come before the run is up are let go: there will be others. */
  #take(
    socket: Socket<ClientEvents, ServerEvents>,
    session: GatewaySession<PoseFrameTag> | undefined,
    event: unknown,
  ): void {
    try {
      const { image, tag } = readFrameEvent(event);
      session?.push(image, tag);
    } catch (error) {
      if (!(error instanceof KinegraphError)) throw error;
      session?.refuse();
      tell(socket, error);
    }
  }
}

function tell(socket: Socket<ClientEvents, ServerEvents>, error: unknown): void {
  if (!(error instanceof KinegraphError) || bufferedPackets(socket) >= MOST_BUFFERED_ANSWERS) return;
  socket.emit('frame_error', { code: error.code, message: error.message });
}

/** Packets that Engine.IO has not handed to the connection yet. */
function bufferedPackets(socket: Socket<ClientEvents, ServerEvents>): number {
  const { writeBuffer } = socket.conn as unknown as { readonly writeBuffer?: readonly unknown[] }; // not in its types
  return writeBuffer?.length ?? 0;
}
