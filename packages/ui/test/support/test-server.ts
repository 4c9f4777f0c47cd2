import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IngestServerMessage } from '@kinegraph/core/protocol';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** One client as the server sees it. */
export interface TestClient {
  readonly socket: WebSocket;
  readonly path: string;
  readonly texts: { readonly type: string; readonly [field: string]: unknown }[];
  readonly frames: Uint8Array[];
}

/** A server on loopback that keeps what comes over WebSockets, and has an empty page; disposing closes all of it. */
export class TestServer implements AsyncDisposable {
  readonly clients: TestClient[] = [];
  readonly #http: Server;
  readonly #server: WebSocketServer;

  private constructor(http: Server, greet: (client: TestClient) => void) {
    this.#http = http;
    this.#server = new WebSocketServer({ server: http });
    this.#server.on('connection', (socket, request) => {
      const client: TestClient = { socket, path: request.url ?? '', texts: [], frames: [] };
      this.clients.push(client);
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) client.frames.push(new Uint8Array(data));
        else client.texts.push(JSON.parse(data.toString('utf8')) as TestClient['texts'][number]);
      });
      greet(client);
    });
  }

  /** @param greet - Called with each client as it comes. */
  static async open(greet: (client: TestClient) => void = () => undefined): Promise<TestServer> {
    const http = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Test</title>');
    });
    const opened = new TestServer(http, greet);
    await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }
}

/** Greets as the ingest socket does. */
export function welcome({ socket }: TestClient, maxMessageBytes = 8_000_000): void {
  const message: IngestServerMessage = {
    type: 'welcome',
    run: 'live',
    source: 'camera',
    takes: 'frames',
    maxMessageBytes,
    maxPixels: 64_000_000,
  };
  socket.send(JSON.stringify(message));
}

/** An address at which nobody listens. */
export async function deadUrl(): Promise<string> {
  await using server = await TestServer.open();
  return server.url;
}
