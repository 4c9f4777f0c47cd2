import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { cpuOf } from './process-cpu.js';

/** Marks the process that this very file is started as. */
const ARGUMENT = 'bare-server';

/** The WebSocket library alone, in a process of its own: it keeps the newest message of each connection and counts. */
export class BareServer implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<BareServer> {
    const child = fork(fileURLToPath(import.meta.url), [ARGUMENT]);
    const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))));
    return new BareServer(child, `http://127.0.0.1:${port}`);
  }

  get socketUrl(): string {
    return this.url.replace(/^http/, 'ws');
  }

  async frames(): Promise<number> {
    return Number(await (await fetch(this.url)).text());
  }

  /** Milliseconds of CPU that the process has used. Linux only. */
  async cpuMs(): Promise<number> {
    return await cpuOf(this.child.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await gone;
  }
}

if (process.argv[2] === ARGUMENT) serve();

function serve(): void {
  let frames = 0;
  const newest = new Map<object, unknown>();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
  const server = createServer((_request, response) => response.end(String(frames)));
  server.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.on('message', (data) => {
        frames += 1;
        newest.set(socket, data);
      });
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
