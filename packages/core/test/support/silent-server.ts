import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Takes connections and whatever they send, and never says a word. */
export class SilentServer implements AsyncDisposable {
  readonly #sockets: Socket[] = [];

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.#sockets.push(socket);
      socket.on('error', () => undefined); // clients that leave are part of the tests
      socket.resume();
    });
  }

  static async start(): Promise<SilentServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SilentServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Connections that were ever opened. */
  get connections(): number {
    return this.#sockets.length;
  }

  /** Connections that nobody has closed yet. */
  get open(): number {
    return this.#sockets.filter(({ destroyed }) => !destroyed).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
