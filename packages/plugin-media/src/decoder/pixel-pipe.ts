import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteParser } from './byte-parser.js';

/** What the reader of a pipe learns. None is called after `destroy`. */
export interface PixelPipeEvents {
  /** After every piece that the parser took. True pauses reading until `resume`. */
  onBytes(): boolean;
  /** The other end closed. */
  onEnd(): void;
  /** The parser refused what came. */
  onError(error: unknown): void;
}

/** The reading end of a child's standard output. */
export interface PixelPipe {
  /** What to give to `spawn` as the child's standard output. */
  readonly childEnd: net.Socket | 'pipe';
  /** To be called right after `spawn` with the child's `stdout`; the parser is fed from then on. */
  attach(stdout: Readable | null): void;
  resume(): void;
  destroy(): void;
}

/**
 * A pipe whose bytes the operating system writes straight to where the parser wants them, also into shared memory.
 *
 * Node reads into memory of the caller's choice only on sockets made with `onread`, which the sockets that `spawn` makes
 * are not. So a pair of connected sockets is made here and one end becomes the child's standard output (three times less
 * CPU than copying out of Node's own buffers, measured at 1280x720). The socket's file lies in a folder that only this
 * user can enter, and is gone as soon as the pair is connected.
 *
 * On Windows an inherited socket would be an overlapped pipe, which ordinary programs cannot write to; there, and where
 * no socket file can be made, the child's own pipe is read with one copy.
 */
export async function openPixelPipe(
  parser: ByteParser,
  events: PixelPipeEvents,
  way: 'direct' | 'copying' = process.platform === 'win32' ? 'copying' : 'direct',
): Promise<PixelPipe> {
  if (way === 'copying') return new CopyingPixelPipe(parser, events);
  try {
    return await openDirectPipe(parser, events);
  } catch {
    return new CopyingPixelPipe(parser, events); // a full or read-only temp folder, or a path too long for a socket
  }
}

async function openDirectPipe(parser: ByteParser, events: PixelPipeEvents): Promise<PixelPipe> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-'));
  const server = net.createServer({ pauseOnConnect: true });
  try {
    const socketPath = path.join(folder, 'pixels');
    server.listen(socketPath);
    await once(server, 'listening');
    const accepted = once(server, 'connection') as Promise<[net.Socket]>;
    const pipe = new DirectPixelPipe(parser, events, socketPath);
    const [[childEnd]] = await Promise.all([accepted, pipe.connected]);
    pipe.childEnd = childEnd;
    return pipe;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

class DirectPixelPipe implements PixelPipe {
  childEnd!: net.Socket; // set before the pipe leaves its factory
  readonly connected: Promise<unknown>;
  readonly #socket: net.Socket;
  readonly #spare = new Uint8Array(1);
  #over = false;

  constructor(
    private readonly parser: ByteParser,
    private readonly events: PixelPipeEvents,
    socketPath: string,
  ) {
    this.#socket = net.connect({
      path: socketPath,
      onread: {
        buffer: () => (this.#over ? this.#spare : this.parser.target()),
        callback: (byteCount) => this.#take(byteCount),
      },
    });
    this.connected = once(this.#socket, 'connect');
    this.#socket.on('end', () => this.#end());
    this.#socket.on('close', () => this.#end());
    this.#socket.on('error', () => {}); // 'close' follows; what it means is told by how the child ended
  }

  attach(): void {
    this.childEnd.destroy(); // the child has its own copy; the end must be seen when that one closes
  }

  resume(): void {
    if (!this.#over) this.#socket.resume();
  }

  destroy(): void {
    this.#over = true;
    this.#socket.destroy();
    this.childEnd.destroy();
  }

  /** False stops reading. Node asks for the next target right after this, also when it stops. */
  #take(byteCount: number): boolean {
    if (this.#over) return false;
    try {
      this.parser.commit(byteCount);
      return !this.events.onBytes();
    } catch (error) {
      this.#over = true;
      this.events.onError(error);
      return false;
    }
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.events.onEnd();
  }
}

/** The child's own pipe, copied into the parser's targets. */
class CopyingPixelPipe implements PixelPipe {
  readonly childEnd = 'pipe';
  #stdout: Readable | undefined;
  /** Read but not taken. More than one only when the child has exited: Node then resumes the stream by itself. */
  readonly #chunks: Uint8Array[] = [];
  #paused = false;
  #ended = false;
  #over = false;

  constructor(
    private readonly parser: ByteParser,
    private readonly events: PixelPipeEvents,
  ) {}

  attach(stdout: Readable | null): void {
    this.#stdout = stdout ?? undefined;
    this.#stdout?.on('data', (chunk: Uint8Array) => {
      this.#chunks.push(chunk);
      this.#drain();
    });
    this.#stdout?.on('error', () => {});
    this.#stdout?.on('close', () => {
      this.#ended = true;
      this.#drain();
    });
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#drain();
  }

  destroy(): void {
    this.#over = true;
    this.#stdout?.destroy();
  }

  /** Hands over what waits, piece by piece, until the reader has enough. */
  #drain(): void {
    try {
      while (!this.#paused && !this.#over) {
        const chunk = this.#chunks.shift();
        if (chunk === undefined) break;
        const target = this.parser.target();
        const byteCount = Math.min(target.length, chunk.length);
        target.set(chunk.subarray(0, byteCount));
        if (byteCount < chunk.length) this.#chunks.unshift(chunk.subarray(byteCount));
        this.parser.commit(byteCount);
        this.#paused = this.events.onBytes();
      }
    } catch (error) {
      this.#over = true;
      this.events.onError(error);
    }
    if (this.#over) return;
    if (this.#paused) {
      this.#stdout?.pause();
    } else if (this.#ended) {
      this.#over = true;
      this.events.onEnd();
    } else {
      this.#stdout?.resume();
    }
  }
}
