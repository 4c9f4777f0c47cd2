import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const SEGMENT_COUNT = 14;
const SEGMENT_MS = 500;
/** Segments that are there from the first moment, and in the playlist at once. */
const WINDOW = 3;

/**
 * A live HLS stream on the loopback interface: `fixtures/hls`, of which half a second is added to the playlist in each half
 * second. It lasts five seconds and then stands still. `await HlsServer.start()` starts it at a port that is free.
 */
export class HlsServer implements AsyncDisposable {
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  #beganMs: number | undefined;
  readonly #server = http.createServer((request, response) => this.#serve(request, response));

  /** @param segmentUrl - a hostile server's: where it says that every segment is */
  private constructor(private readonly segmentUrl?: string) {}

  static async start(segmentUrl?: string): Promise<HlsServer> {
    const server = new HlsServer(segmentUrl);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/live.m3u8`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    const segment = /^\/segment-(\d+)\.ts$/.exec(path)?.[1];
    if (segment !== undefined) {
      const file = new URL(`../fixtures/hls/segment-${segment}.mpegts`, import.meta.url);
      response.writeHead(200, { 'Content-Type': 'video/mp2t' }).end(readFileSync(file));
    } else if (path === '/live.m3u8') {
      response.writeHead(200, { 'Content-Type': 'application/vnd.apple.mpegurl' }).end(this.#playlist());
    } else {
      response.writeHead(404).end();
    }
  }

  #playlist(): string {
    this.#beganMs ??= performance.now();
    const passed = Math.floor((performance.now() - this.#beganMs) / SEGMENT_MS);
    const first = Math.min(passed, SEGMENT_COUNT - WINDOW);
    const entries = Array.from(
      { length: WINDOW },
      (_, index) => `#EXTINF:0.5,\n${this.segmentUrl ?? `segment-${first + index}.ts`}`,
    );
    return [
      '#EXTM3U',
      '#EXT-X-VERSION:3',
      '#EXT-X-TARGETDURATION:1',
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      ...entries,
      '',
    ].join('\n');
  }
}
