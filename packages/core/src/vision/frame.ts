import { KinegraphError } from '../base/index.js';

/** Raw formats hold rows of 8-bit samples without padding, top row first; the others are whole encoded files. */
export const PIXEL_FORMATS = ['rgba8', 'rgb8', 'gray8', 'jpeg', 'png', 'webp'] as const;
export type PixelFormat = (typeof PIXEL_FORMATS)[number];

/** Bytes for each pixel of a raw format. */
export const BYTES_PER_PIXEL = { rgba8: 4, rgb8: 3, gray8: 1 } as const satisfies Partial<Record<PixelFormat, number>>;
export type RawPixelFormat = keyof typeof BYTES_PER_PIXEL;

/** True for formats whose data are pixels. */
export function isRawFormat(format: PixelFormat): format is RawPixelFormat {
  return format in BYTES_PER_PIXEL;
}

/** Anything that knows its place in a stream. */
export interface Timed {
  /** Counts up by the sender, untouched on the way; gaps tell of frames lost before us. */
  readonly sequence: number;
  /** Monotonic milliseconds of the stream, as a float. */
  readonly timestampMs: number;
  /** The sender's clock at capture, in milliseconds, untouched on the way. */
  readonly capturedAtMs: number;
}

/** All of a frame but its bytes. */
export interface FrameInfo extends Timed {
  /** Pixels. For an encoded frame what its header says, or 0 while nobody has read it. */
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
}

/** Who keeps the bytes of a frame. Counts its owners; the last one to release gives the bytes back. */
export interface FrameMemory {
  /** The frame's bytes; a view of a SharedArrayBuffer where the platform has one. */
  readonly bytes: Uint8Array;
  /** One more owner. */
  retain(): void;
  /** One owner less. */
  release(): void;
  /** One more owner that is told apart from this one. Left out: `retain()`, and this very memory is that of both. */
  fork?(): FrameMemory;
}

/** Bytes of a frame were asked for after it had been closed. */
export class FrameClosedError extends KinegraphError {
  override readonly name = 'FrameClosedError';
  readonly code = 'CORE_FRAME_CLOSED';
  constructor(override readonly data: { sequence: number }) {
    super(`Frame ${data.sequence} was read after it was closed. Clone a frame before keeping it.`);
  }
}

/** Counted up for each picture that this thread has seen. */
let pictures = 0;

/**
 * One image of a stream: an owner's handle on shared bytes. Whoever takes a frame closes it once; `clone()` makes a
 * second owner of the same bytes.
 */
export class Frame implements FrameInfo, Disposable {
  readonly sequence: number;
  readonly timestampMs: number;
  readonly capturedAtMs: number;
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
  /**
   * The same for a frame, its clones and its restamps, and for no other frame of this thread: slots are reused, this is not.
   * What comes back from a worker counts as another picture, since the worker may have drawn on it.
   */
  readonly pictureId: number;
  #memory: FrameMemory | undefined;

  /** Takes over one ownership of `memory`. Only a handle on the very same picture passes a `pictureId`. */
  constructor(info: FrameInfo, memory: FrameMemory, pictureId: number = (pictures += 1)) {
    this.sequence = info.sequence;
    this.timestampMs = info.timestampMs;
    this.capturedAtMs = info.capturedAtMs;
    this.width = info.width;
    this.height = info.height;
    this.format = info.format;
    this.pictureId = pictureId;
    this.#memory = memory;
  }

  /** An encoded image in memory of its own; the collector frees it. */
  static fromEncoded(info: FrameInfo, bytes: Uint8Array): Frame {
    return new Frame(info, new UncountedMemory(bytes));
  }

  /** The bytes, read only by agreement. @throws FrameClosedError */
  get data(): Uint8Array {
    return this.memory.bytes;
  }

  /** The memory behind the frame, for those who move frames between threads. @throws FrameClosedError */
  get memory(): FrameMemory {
    if (this.#memory === undefined) throw new FrameClosedError({ sequence: this.sequence });
    return this.#memory;
  }

  get closed(): boolean {
    return this.#memory === undefined;
  }

  /** A second owner of the same bytes. @throws FrameClosedError */
  clone(): Frame {
    const { memory } = this;
    if (memory.fork !== undefined) return new Frame(this, memory.fork(), this.pictureId);
    memory.retain();
    return new Frame(this, memory, this.pictureId);
  }

  /** Hands this frame's ownership to a new handle with another timestamp; this handle is closed. @throws FrameClosedError */
  restamp(timestampMs: number): Frame {
    const memory = this.memory;
    this.#memory = undefined;
    const { sequence, capturedAtMs, width, height, format } = this;
    return new Frame({ sequence, timestampMs, capturedAtMs, width, height, format }, memory, this.pictureId);
  }

  /** Gives up this handle. Closing twice does nothing. */
  close(): void {
    const memory = this.#memory;
    this.#memory = undefined;
    memory?.release();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Memory that the garbage collector looks after. */
export class UncountedMemory implements FrameMemory {
  constructor(readonly bytes: Uint8Array) {}
  retain(): void {}
  release(): void {}
}
