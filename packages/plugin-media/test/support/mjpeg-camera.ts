import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';

const BOUNDARY = 'frame';

/** How a camera behaves towards the next clients. */
export type CameraMood =
  /** Sends pictures at `fps`. */
  | { readonly kind: 'steady'; readonly fps: number }
  /** As `steady`, but after `frames` pictures the line stays open and silent. */
  | { readonly kind: 'freezes'; readonly fps: number; readonly frames: number }
  /** As `steady`, but after `frames` pictures the line is cut. */
  | { readonly kind: 'drops'; readonly fps: number; readonly frames: number }
  /** Nothing for `pauseMs`, then all pictures of that time at once, again and again. */
  | { readonly kind: 'bursts'; readonly fps: number; readonly pauseMs: number }
  /** Takes the connection and never says a word. */
  | { readonly kind: 'black-hole' }
  /** Answers with this status. */
  | { readonly kind: 'says'; readonly status: number };

/**
 * A Motion JPEG camera over HTTP on the loopback interface, with moods. `await MjpegCamera.start(jpegs)` starts it at a port
 * that is free.
 */
export class MjpegCamera implements AsyncDisposable {
  mood: CameraMood = { kind: 'steady', fps: 30 };
  /** `user:password` that clients have to give; undefined: everybody may come. */
  credentials: string | undefined;
  /** Pictures sent to all clients. */
  sent = 0;
  /** Clients that came, also those that were turned away. */
  visits = 0;
  readonly #server = http.createServer((request, response) => this.#serve(request, response));
  readonly #sockets = new Set<Socket>();
  #port = 0;

  /** @param pictures - what is shown now, in turn */
  private constructor(public pictures: readonly Uint8Array[]) {
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
    });
  }

  /** @param pictures - JPEG files, shown in turn */
  static async start(pictures: readonly Uint8Array[]): Promise<MjpegCamera> {
    const camera = new MjpegCamera(pictures);
    await camera.listen();
    return camera;
  }

  /** Listens, again on the same port after `stop`. */
  async listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** @param userinfo - such as `user:password@` */
  url(userinfo = '', query = ''): string {
    return `http://${userinfo}127.0.0.1:${this.#port}/video.mjpg${query}`;
  }

  /** Cuts every line and refuses new ones. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    const mood = this.#moodTowards(request);
    this.visits += 1;
    if (mood.kind === 'black-hole') return;
    if (mood.kind === 'says') {
      response.writeHead(mood.status, { 'WWW-Authenticate': 'Basic realm="camera"' }).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': `multipart/x-mixed-replace;boundary=${BOUNDARY}` });
    const beganMs = performance.now();
    let count = 0;
    let timer: NodeJS.Timeout | undefined;
    const sendDue = (): void => {
      const passedMs = performance.now() - beganMs;
      for (; count < (passedMs * mood.fps) / 1000; count += 1) {
        if (mood.kind === 'freezes' && count >= mood.frames) return;
        if (mood.kind === 'drops' && count >= mood.frames) {
          response.destroy();
          return;
        }
        this.#send(response, count);
      }
      const waitMs = mood.kind === 'bursts' ? mood.pauseMs : (count * 1000) / mood.fps - passedMs;
      timer = setTimeout(sendDue, Math.max(1, waitMs));
    };
    response.on('close', () => clearTimeout(timer));
    sendDue();
  }

  #moodTowards({ headers }: http.IncomingMessage): CameraMood {
    if (this.credentials === undefined) return this.mood;
    const wanted = `Basic ${Buffer.from(this.credentials).toString('base64')}`;
    return headers.authorization === wanted ? this.mood : { kind: 'says', status: 401 };
  }

  #send(response: http.ServerResponse, count: number): void {
    const picture = this.pictures[count % this.pictures.length] ?? new Uint8Array();
    this.sent += 1;
    response.write(`--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
    response.write(picture);
    response.write('\r\n');
  }
}
