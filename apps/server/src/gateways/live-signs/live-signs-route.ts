import { Clock, Inlets, KinegraphError, Logger, errorMessage, serviceId, toErrorRecord } from '@kinegraph/core';
import { CLOSE_CODES } from '@kinegraph/core/protocol';
import { inject, injectable } from 'inversify';
import type { WebSocket } from 'ws';
import { IngestLimits } from '../../ingest/ingest-route.js';
import { answerOf } from '../../answers/error-answers.js';
import { bytesOf, closeSocket, sendControl } from '../../sockets/client-socket.js';
import type { SocketRoute } from '../../sockets/socket-router.js';
import { GatewayRuns } from '../gateway-runs.js';
import type { GatewayRun } from '../gateway-runs.js';
import { GatewaySession } from '../gateway-session.js';
import { liveSignsMessage } from './live-signs-message.js';

export interface LiveSignsOptions {
  readonly path: string;
  readonly graph: string;
}
export const LiveSignsOptions = serviceId<LiveSignsOptions>('server.LiveSignsOptions');

/** What a client asks for with a picture. */
interface Wish {
  readonly wantsLandmarks: boolean;
}

/** A plain WebSocket that takes bare JPEGs and answers with landmarks and signs as JSON; a run for each client. */
@injectable()
export class LiveSignsRoute implements SocketRoute {
  readonly path: RegExp;

  constructor(
    @inject(LiveSignsOptions) private readonly options: LiveSignsOptions,
    @inject(GatewayRuns) private readonly runs: GatewayRuns,
    @inject(Inlets) private readonly inlets: Inlets,
    @inject(IngestLimits) private readonly limits: IngestLimits,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.path = new RegExp(`^${options.path.replace(/[.]/g, '\\.')}$`);
  }

  prepare(): (socket: WebSocket) => void {
    return (socket) => void this.#serve(socket);
  }

  async #serve(socket: WebSocket): Promise<void> {
    const served: { run?: GatewayRun; session?: GatewaySession<Wish> } = {}; // filled once its run is up
    socket.on('close', () => {
      served.session?.[Symbol.dispose]();
      void served.run?.end();
    });
    socket.on('message', (data, isBinary) => {
      // Pictures that come before the run is up are let go: there will be others.
      if (isBinary && served.session !== undefined) push(socket, served.session, bytesOf(data));
    });
    try {
      served.run = await this.runs.start('live-signs', this.options.graph);
    } catch (error) {
      this.logger.warn(`A live-signs client could not be served: ${errorMessage(error)}`, {
        error: toErrorRecord(error),
      });
      const { closeCode = CLOSE_CODES.internal, body } = answerOf(error);
      closeSocket(socket, closeCode, body.message);
      return;
    }
    const { run } = served;
    if (socket.readyState !== socket.OPEN) {
      await run.end(); // it left while its run started
      return;
    }
    const { live, node } = run;
    served.session = new GatewaySession<Wish>({
      live,
      node,
      inlets: this.inlets,
      clock: this.clock,
      maxPixels: this.limits.picturePixels,
      framesPerSecond: this.limits.framesPerSecondPerConnection,
      onTooMany: ({ message }) => closeSocket(socket, CLOSE_CODES.tooManyFrames, message),
      onResult: (message, { tag }) => {
        // A client that is slower than results gets the newest when it has taken the last.
        if (socket.bufferedAmount > 0) return false;
        sendControl(socket, liveSignsMessage(message, tag.wantsLandmarks));
        return true;
      },
      onEnd: () => closeSocket(socket, CLOSE_CODES.runEnded, 'The run has ended.'),
    });
  }
}

/** The first byte of a JPEG is 0xff; some front ends put one before it that says whether landmarks are wanted. */
function push(socket: WebSocket, session: GatewaySession<Wish>, message: Uint8Array): void {
  const [first] = message;
  const isMarked = first === 0 || first === 1;
  try {
    session.push(isMarked ? message.subarray(1) : message, { wantsLandmarks: first !== 0 });
  } catch (error) {
    if (!(error instanceof KinegraphError)) throw error;
    session.refuse();
    sendControl(socket, { error: { code: error.code, message: error.message } });
  }
}
