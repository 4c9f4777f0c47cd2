import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Logger, errorMessage, readUrl, serviceId, toErrorRecord } from '@kinegraph/core';
import { CLOSE_CODES } from '@kinegraph/core/protocol';
import { inject, injectable } from 'inversify';
import { WebSocket, WebSocketServer } from 'ws';
import { answerOf } from '../answers/error-answers.js';
import { RefusedRequests } from '../audit/refused-requests.js';
import { aboutOf } from '../logging/request-log.js';
import { closeSocket } from './client-socket.js';
import { SocketGate } from './socket-gate.js';

/** A WebSocket endpoint. */
export interface SocketRoute {
  /** Its groups are the names of `params`. */
  readonly path: RegExp;
  /** Subprotocols, the preferred first; left out: none. */
  readonly subprotocols?: readonly string[];
  /**
   * Called before the connection is accepted. What it throws is told in the close frame.
   * @returns takes the connection.
   */
  prepare(request: SocketRequest): (socket: WebSocket) => void;
}

export interface SocketRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly message: IncomingMessage;
}

export interface SocketLimits {
  readonly messageBytes: number;
}
export const SocketLimits = serviceId<SocketLimits>('server.SocketLimits');

const PING_EVERY_MS = 10_000;

/** Accepts WebSockets, tells who is gone without a word, and closes all at the end. */
@injectable()
export class SocketRouter {
  readonly #routes: SocketRoute[] = [];
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<WebSocket>();
  /** Those that have not answered the last ping. */
  readonly #silent = new Set<WebSocket>();
  #pinging: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor(
    @inject(SocketGate) private readonly gate: SocketGate,
    @inject(SocketLimits) limits: SocketLimits,
    @inject(Logger) private readonly logger: Logger,
    @inject(RefusedRequests) private readonly refused: Pick<RefusedRequests, 'socket'>,
  ) {
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false, // pictures do not shrink, and results are small
      maxPayload: limits.messageBytes,
      WebSocket: explaining(limits),
      // The route has put what it speaks into the request by then; see `handle`.
      handleProtocols: (offered, request) => chosen.get(request)?.find((protocol) => offered.has(protocol)) ?? false,
    });
  }

  get size(): number {
    return this.#sockets.size;
  }

  add(route: SocketRoute): void {
    this.#routes.push(route);
  }

  /** Takes an upgrade of the HTTP server. @returns false where no route is meant. */
  handle(message: IncomingMessage, stream: Duplex, head: Buffer): boolean {
    const url = addressOf(message);
    if (url === undefined) {
      refusePlainly(stream, 400, 'The address of this request cannot be read. Ask for a path of this server.');
      return true;
    }
    const route = this.#routes.find(({ path }) => path.test(url.pathname));
    if (route === undefined) return false;
    let take: (socket: WebSocket) => void;
    try {
      this.#check(message, url.pathname);
      take = route.prepare({ params: paramsOf(route.path, url.pathname), query: url.searchParams, message });
    } catch (error) {
      const answer = answerOf(error);
      this.logger.log(
        answer.status >= 500 ? 'error' : 'debug',
        `A WebSocket to ${url.pathname} is refused: ${errorMessage(error)}`,
        {
          ...aboutOf(url.pathname),
          error: toErrorRecord(error),
        },
      );
      if (answer.closeCode === undefined) {
        refusePlainly(stream, answer.status, answer.body.message);
        return true;
      }
      const { closeCode } = answer;
      take = (socket) => closeSocket(socket, closeCode, answer.body.message);
    }
    if (route.subprotocols !== undefined) chosen.set(message, route.subprotocols);
    this.#server.handleUpgrade(message, stream, head, (socket) => this.#accept(socket, take, url.pathname));
    return true;
  }

  /** Answers an upgrade that nobody has taken. */
  refuseUnknown({ url = '/' }: IncomingMessage, stream: Duplex): void {
    const [path = ''] = url.split('?');
    refusePlainly(stream, 404, `There is no WebSocket at ${path}. docs/api.md lists those there are.`);
  }

  /** Tells every client that the server goes away. */
  close(): void {
    this.#isClosing = true;
    clearInterval(this.#pinging);
    for (const socket of this.#sockets) closeSocket(socket, CLOSE_CODES.goingAway, 'The server is stopping.');
  }

  /** @throws what the gate throws */
  #check(message: IncomingMessage, path: string): void {
    try {
      this.gate.check(message, path);
    } catch (error) {
      this.refused.socket(message, error);
      throw error;
    }
  }

  #accept(socket: WebSocket, take: (socket: WebSocket) => void, path: string): void {
    socket.on('error', () => {}); // 'close' follows; its code tells what happened
    if (this.#isClosing) {
      closeSocket(socket, CLOSE_CODES.goingAway, 'The server is stopping.');
      return;
    }
    this.#sockets.add(socket);
    this.#pinging ??= setInterval(() => this.#ping(), PING_EVERY_MS).unref();
    socket.on('pong', () => this.#silent.delete(socket));
    const about = aboutOf(path);
    this.logger.debug(`A WebSocket to ${path} is open.`, about);
    socket.on('close', (code) => {
      this.logger.debug(`A WebSocket to ${path} is closed: ${code}.`, { ...about, code });
      this.#sockets.delete(socket);
      this.#silent.delete(socket);
    });
    try {
      take(socket);
    } catch (error) {
      this.logger.error(`A connection could not be served: ${errorMessage(error)}`, {
        ...about,
        error: toErrorRecord(error),
      });
      closeSocket(socket, CLOSE_CODES.internal, 'The server failed with this connection. Connect again.');
    }
  }

  #ping(): void {
    for (const socket of this.#sockets) {
      if (this.#silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#silent.add(socket);
      socket.ping();
    }
  }
}

/** What the route of a request speaks. */
const chosen = new WeakMap<IncomingMessage, readonly string[]>();

/** The library closes with a bare code where a message is too large; the client is owed a sentence. */
function explaining({ messageBytes }: SocketLimits): typeof WebSocket {
  return class ExplainingSocket extends WebSocket {
    override close(code?: number, data?: string | Buffer): void {
      const isBare = code === CLOSE_CODES.messageTooLarge && (data === undefined || data.length === 0);
      super.close(code, isBare ? `A message is larger than ${messageBytes} bytes; send smaller ones.` : data);
    }
  };
}

/** Undefined for what is none: any bytes may stand in a request line. */
function addressOf({ url = '/' }: IncomingMessage): URL | undefined {
  return readUrl(url, 'http://server');
}

function paramsOf(pattern: RegExp, pathname: string): Readonly<Record<string, string>> {
  const groups = pattern.exec(pathname)?.groups ?? {};
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decoded(value)]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no such thing will be found
  }
}

function refusePlainly(stream: Duplex, status: number, sentence: string): void {
  const body = `${sentence}\n`;
  stream.on('error', () => {}); // the client may be gone
  stream.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => stream.destroy(), // a client that keeps its own side open would hold the connection
  );
}
