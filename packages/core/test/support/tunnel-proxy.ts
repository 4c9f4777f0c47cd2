import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A real proxy: tunnels to this machine whatever name it is asked for, as only a proxy knows the names behind it. */
export class TunnelProxy implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** Refuses with this status. */
  status: number | undefined;
  /** Statuses to refuse the next with, each used once. */
  readonly next: number[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => this.#sockets.add(socket));
    server.on('connect', (request, socket) => {
      this.asked.push(request.url ?? '');
      this.authorizations.push(request.headers['proxy-authorization']);
      const status = this.next.shift() ?? this.status;
      if (status !== undefined) {
        socket.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
        return;
      }
      const onward = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [onward, socket]) end.on('error', () => undefined);
      this.#sockets.add(onward);
    });
  }

  static async start(): Promise<TunnelProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TunnelProxy(server);
  }

  url(user = ''): string {
    return `http://${user}127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
