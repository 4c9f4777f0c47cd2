import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inRepository } from './kinegraph.js';

const tls = (file: string): string => inRepository(`packages/core/test/fixtures/tls/${file}`);

/** The certificate of the server, which the command line is told to trust. */
export const TEST_CERTIFICATE_FILE = tls('cert.pem');

export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A real HTTPS server of one file, with ranges and an entity tag. */
export class ModelServer implements AsyncDisposable {
  /** The `Range` of each request; undefined where it asked for the whole file. */
  readonly ranges: (string | undefined)[] = [];
  /** Connections that were ever opened. */
  connections = 0;
  #stallAt: number | undefined;
  #onStalled: (() => void) | undefined;

  private constructor(
    private readonly server: Server,
    private readonly file: Uint8Array,
  ) {
    server.on('connection', () => (this.connections += 1));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  static async start(file: Uint8Array): Promise<ModelServer> {
    const server = createServer({ key: readFileSync(tls('key.pem')), cert: readFileSync(tls('cert.pem')) });
    const started = new ModelServer(server, file);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get url(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}/net.bin`;
  }

  /** The next answer stops after so many bytes. @returns when it has. */
  stallNextAfter(bytes: number): Promise<void> {
    this.#stallAt = bytes;
    return new Promise((resolve) => {
      this.#onStalled = resolve;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const size = this.file.byteLength;
    const { range } = request.headers;
    this.ranges.push(range);
    response.setHeader('etag', `"${sumOf(this.file)}"`);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (range === undefined) response.writeHead(200, { 'content-length': size });
    else
      response.writeHead(206, {
        'content-length': size - from,
        'content-range': `bytes ${from}-${size - 1}/${size}`,
      });
    if (this.#stallAt === undefined) response.end(this.file.subarray(from));
    else response.write(this.file.subarray(from, this.#stallAt), this.#onStalled);
    this.#stallAt = undefined;
  }
}
