import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TLS_FOLDER = path.join(import.meta.dirname, '../fixtures/tls');

/** The certificate of `FileServer.https`, as PEM. */
export const TEST_CERTIFICATE_FILE = path.join(TLS_FOLDER, 'cert.pem');

export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A real server of one file on a port of its own. It is honest, but for the answers that a test puts before it. */
export class FileServer implements AsyncDisposable {
  /** Answers to the next requests, each used once. */
  readonly next: Answer[] = [];
  readonly requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  /** Connections that were ever opened. */
  connections = 0;
  /** Undefined: the server sends no entity tag. "auto": one that follows from the bytes. */
  etag: string | undefined = 'auto';
  lastModified: string | undefined;

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
    public file: Uint8Array,
  ) {
    server.on('connection', () => (this.connections += 1));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.requests.push({ url: request.url ?? '', headers: request.headers });
      response.on('error', () => undefined); // clients that leave are part of the tests
      (this.next.shift() ?? this.honest)(request, response);
    });
  }

  static async http(file: Uint8Array): Promise<FileServer> {
    return await new FileServer(createHttpServer(), 'http', file).#listen();
  }

  static async https(file: Uint8Array): Promise<FileServer> {
    const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map((name) => readFile(path.join(TLS_FOLDER, name))));
    return await new FileServer(createHttpsServer({ key, cert }), 'https', file).#listen();
  }

  async #listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Address of the file. */
  url(host = '127.0.0.1'): string {
    return `${this.scheme}://${host}:${this.port}/net.bin`;
  }

  /** The `Range` of each request; undefined where it asked for the whole file. */
  get ranges(): readonly (string | undefined)[] {
    return this.requests.map(({ headers }) => headers.range);
  }

  /** As a good server of static files: ranges, If-Range, If-None-Match. */
  readonly honest: Answer = (request, response) => {
    const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
    const tag = this.#tag();
    this.#tell(response);
    if (tag !== undefined && ifNoneMatch === tag) {
      response.writeHead(304).end();
      return;
    }
    const size = this.file.byteLength;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    if (from === undefined || (ifRange !== undefined && ifRange !== tag && ifRange !== this.lastModified)) {
      response.writeHead(200, { 'content-length': size }).end(this.file);
      return;
    }
    const first = Number(from);
    const last = Math.min(to === '' ? size - 1 : Number(to), size - 1);
    if (first >= size) {
      response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
      return;
    }
    const headers = { 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${size}` };
    response.writeHead(206, headers).end(this.file.subarray(first, last + 1));
  };

  /** Sends the first `bytes` of the file as if all were to come, then ends the connection in order. */
  cutAfter(bytes: number): Answer {
    return (_request, response) => {
      this.#tell(response);
      response.writeHead(200, { 'content-length': this.file.byteLength });
      response.write(this.file.subarray(0, bytes), () => response.socket?.end());
    };
  }

  /** Sends the first `bytes` of the file, then nothing more. */
  stallAfter(bytes: number): Answer {
    return (_request, response) => {
      this.#tell(response);
      response.writeHead(200, { 'content-length': this.file.byteLength });
      response.write(this.file.subarray(0, bytes));
    };
  }

  /** Writes bytes past the rules of HTTP, then ends the connection. */
  raw(head: string, body: Uint8Array): Answer {
    return (_request, response) => {
      response.socket?.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`);
      response.socket?.end(body);
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    if (this.server.listening) await once(this.server, 'close');
  }

  #tag(): string | undefined {
    if (this.etag !== 'auto') return this.etag;
    return `"${createHash('sha256').update(this.file).digest('hex').slice(0, 16)}"`;
  }

  #tell(response: ServerResponse): void {
    const tag = this.#tag();
    if (tag !== undefined) response.setHeader('etag', tag);
    if (this.lastModified !== undefined) response.setHeader('last-modified', this.lastModified);
  }
}
