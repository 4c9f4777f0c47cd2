import type { FrameMemory } from '@kinegraph/core/plugin';
import { FrameTooLargeError } from './errors.js';
import { MAX_FRAME_PIXELS } from './frame-stream.js';
import type { DecodedFrame } from './frame-stream.js';

/**
 * Turns a byte stream into frames without a copy: it says where the next bytes belong, and they are read right there.
 */
export interface ByteParser {
  /** Where the next bytes go, never empty. Valid until `commit`. */
  target(): Uint8Array;
  /** The first `byteCount` bytes of the target have been filled. @throws DecoderGarbageError, and what `allocate` throws */
  commit(byteCount: number): void;
  /** True where the stream may end: nothing has been begun. */
  readonly atBoundary: boolean;
  /** Releases a frame that was begun. */
  abandon(): void;
}

/** What a parser tells. */
export interface ParserEvents {
  /** Memory for the pixels of a frame. */
  allocate(byteLength: number): FrameMemory;
  /** A whole frame, whose memory goes to the listener. */
  onFrame(frame: DecodedFrame): void;
}

/** A frame that is being filled. */
export class PendingFrame {
  #filled = 0;
  readonly #memory: FrameMemory;

  /** @throws FrameTooLargeError before any memory is asked for */
  constructor(
    private readonly header: { readonly timestampMs: number; readonly width: number; readonly height: number },
    events: ParserEvents,
  ) {
    const { width, height } = header;
    if (width * height > MAX_FRAME_PIXELS)
      throw new FrameTooLargeError({ width, height, limitPixels: MAX_FRAME_PIXELS });
    this.#memory = events.allocate(width * height * 4);
  }

  /** The part that is still missing. */
  get rest(): Uint8Array {
    return this.#filled === 0 ? this.#memory.bytes : this.#memory.bytes.subarray(this.#filled);
  }

  get isWhole(): boolean {
    return this.#filled === this.#memory.bytes.length;
  }

  /** `byteCount` bytes were written at the start of `rest`. */
  advance(byteCount: number): void {
    this.#filled += byteCount;
  }

  /** Copies what fits of `bytes`; for the few bytes that were read together with a header. Returns how many. */
  take(bytes: Uint8Array): number {
    const taken = Math.min(bytes.length, this.#memory.bytes.length - this.#filled);
    this.#memory.bytes.set(bytes.subarray(0, taken), this.#filled);
    this.#filled += taken;
    return taken;
  }

  /** The frame, with the ownership of its memory. */
  finish(): DecodedFrame {
    return { ...this.header, memory: this.#memory };
  }

  release(): void {
    this.#memory.release();
  }
}
