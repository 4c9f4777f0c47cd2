import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ResultMessage } from '../../src/message/result-message.js';

/** A request as it came. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly results: readonly ResultMessage[];
}

/** Answers one request in its own way. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers with this status. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => void response.writeHead(code, headers).end('noted');
}
/** Never answers. */
export const hang: Reply = () => {};
/** Closes the connection in the middle of its answer's headers. */
export const breakOff: Reply = (response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\nContent-');
  response.socket?.destroy();
};

/** A real HTTP server that answers as it is told. */
export class TestReceiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** What the next requests are answered with; then 200. */
  readonly replies: Reply[] = [];
  connections = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly scheme: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response));
    server.on(scheme === 'https' ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {});
    });
  }

  static async start(tls?: { readonly cert: Buffer; readonly key: Buffer }): Promise<TestReceiver> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    const receiver = new TestReceiver(server, tls === undefined ? 'http' : 'https');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook?key=k1`;
  }

  /** Those of all results that came, each once, in the order in which they came first. */
  get sequences(): number[] {
    return [...new Set(this.received.flatMap(({ results }) => results.map(({ sequence }) => sequence)))];
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { data } = JSON.parse(body.toString()) as { data: { results: ResultMessage[] } };
    this.received.push({ path: request.url ?? '', headers: request.headers, body, results: data.results });
    (this.replies.shift() ?? status(200))(response, request);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
