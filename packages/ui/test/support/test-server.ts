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

/** A WebSocket server on loopback that keeps what it gets; closed with all its connections when disposed of. */
export class TestServer implements AsyncDisposable {
  readonly clients: TestClient[] = [];
  readonly #server: WebSocketServer;

  private constructor(server: WebSocketServer, greet: (client: TestClient) => void) {
    this.#server = server;
    server.on('connection', (socket, request) => {
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
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    const opened = new TestServer(server, greet);
    await new Promise((resolve) => server.once('listening', resolve));
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Greets as the ingest socket does. */
export function welcome({ socket }: TestClient, maxMessageBytes = 8_000_000): void {
  const message: IngestServerMessage = {
    type: 'welcome',
    run: 'live',
    source: 'camera',
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
