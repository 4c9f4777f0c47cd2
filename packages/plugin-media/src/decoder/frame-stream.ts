import type { FrameMemory } from '@kinegraph/core/plugin';
import { subjectOfLive } from './live-input.js';
import type { LiveInput } from './live-input.js';

/** Largest frame that a decoder may hand over, in pixels (8192 x 8192). */
export const MAX_FRAME_PIXELS = 64 * 1024 * 1024;

/** A file, which ends. */
export interface FileInput {
  readonly kind: 'file';
  readonly path: string;
}

/** What to decode. */
export type MediaInput = FileInput | LiveInput;

/** How to call an input in an error. */
export function subjectOf(input: MediaInput): string {
  return input.kind === 'file' ? input.path : subjectOfLive(input);
}

/** A wish for frames, the same for all drivers. */
export interface DecodeRequest {
  readonly input: MediaInput;
  /** Reduce so that the shorter side has this many pixels; never enlarges. Left out: the size of the video. */
  readonly shortSide?: number;
  /** The first frame is the first at or after this time of the file. */
  readonly startMs?: number;
  /** Frames at or after this time of the file are left out. */
  readonly endMs?: number;
  /** The most time without a frame while one is waited for; the decoder is killed then. A live input is waited for always. */
  readonly frameTimeoutMs: number;
  /** Memory for `byteLength` bytes of pixels. What it throws ends the stream. */
  readonly allocate: (byteLength: number) => FrameMemory;
}

/** A wish for the frames of a file. */
export type FileRequest = DecodeRequest & { readonly input: FileInput };

/** A wish for the frames of a live input. */
export type LiveRequest = DecodeRequest & { readonly input: LiveInput };

/** True for a wish for a file's frames. */
export function isFileRequest(request: DecodeRequest): request is FileRequest {
  return request.input.kind === 'file';
}

/** True for a wish for a live input's frames. */
export function isLiveRequest(request: DecodeRequest): request is LiveRequest {
  return request.input.kind !== 'file';
}

/** One decoded picture: RGBA, 8 bits, rows without padding, upright and with square pixels. */
export interface DecodedFrame {
  /** Presentation time from the start of the file, in milliseconds with fractions. Not shifted by `startMs`. */
  readonly timestampMs: number;
  readonly width: number;
  readonly height: number;
  /** The pixels, with one owner: whoever takes the frame releases it. */
  readonly memory: FrameMemory;
}

/** What a decoder knows about the whole stream, as soon as it knows it. */
export interface StreamFacts {
  durationMs?: number;
}

/** Frames from a decoder in a process of its own. */
export interface FrameStream {
  /** The decoder's process; undefined when it could not be started. */
  readonly pid: number | undefined;
  readonly facts: Readonly<StreamFacts>;
  /** Complaints of the decoder about damage that it worked around, newest last; at most twenty. */
  readonly complaints: readonly string[];
  /**
   * The next frame, whose memory goes to the caller; undefined at the end, or after `close`. One call at a time.
   * @throws the `MEDIA_*` errors, after every frame before the fault has been handed over; AbortedError when `signal`
   *   fires first (the stream stays usable: close it, or call again).
   */
  next(signal?: AbortSignal): Promise<DecodedFrame | undefined>;
  /** Stops the process and waits until it is gone. Frames not yet taken are released. May be called at any time, repeatedly. */
  close(): Promise<void>;
}

/** A way to decode. */
export interface DecoderDriver {
  readonly name: 'ffmpeg' | 'node-av';
  /** Starts a process for the request. Live inputs end with an error always. @throws MEDIA_FILE_* errors that can be told without it */
  open(request: DecodeRequest): Promise<FrameStream>;
}
