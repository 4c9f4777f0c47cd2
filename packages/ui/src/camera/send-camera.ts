import type { PastPicture } from '../drawing/index.js';
import type { SourceConnection } from '../source/connect-source.js';
import { JpegEncoder } from './jpeg-encoder.js';
import { fitted, sizeOf, takePicture } from './picture.js';
import type { Drawable, Picture } from './picture.js';
import { watchFrames } from './watch-frames.js';

/** A frame of a camera as it is sent. */
export interface EncodedFrame {
  readonly sequence: number;
  /** By the clock of the connection (`performance.now()`). */
  readonly capturedAtMs: number;
  readonly jpeg: Uint8Array;
}

/** Options of `sendCamera`. */
export interface CameraOptions {
  /** Frames are sent with a shorter side of at most so many pixels; models look at no more. Default: 384. */
  readonly shortSide?: number;
  /** Of the JPEGs, 0-1. Default: 0.7. */
  readonly quality?: number;
  /**
   * Called with a picture of each frame, sent or not, to keep until its result has come; whoever takes it closes it.
   * Without it no pictures are made.
   */
  readonly onPicture?: (picture: PastPicture<Picture>) => void;
  /** Called with each frame as it goes to the server: what results are found in. */
  readonly onEncoded?: (frame: EncodedFrame) => void;
  /** The shorter side of those pictures is at most so many pixels. Default: 720. */
  readonly pictureShortSide?: number;
  /** Stops it when it fires. The camera itself is left alone. */
  readonly signal?: AbortSignal;
}

/** A camera that is being sent. */
export interface CameraSending extends Disposable {
  /** Frames that came from the camera so far. */
  readonly captured: number;
  /** Settles when no more frames come: the camera has ended, or this was stopped. */
  readonly ended: Promise<void>;
  /** Sends no more; the camera itself is left alone. */
  stop(): void;
}

/**
 * Sends the frames of a camera, as many as the connection takes, as JPEGs. Each frame of the camera has its sequence
 * number, sent or not.
 *
 * @param input - A track of a camera, where `canWatchTracks`, else an element that plays it.
 */
export function sendCamera(
  connection: Pick<SourceConnection, 'send'>,
  input: HTMLVideoElement | MediaStreamTrack,
  options: CameraOptions = {},
): CameraSending {
  const { shortSide = 384, quality = 0.7, pictureShortSide = 720, onPicture, onEncoded, signal } = options;
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  const encoder = new JpegEncoder(quality);
  let captured = 0;

  const watch = (drawable: Drawable, capturedAtMs: number): void => {
    const size = sizeOf(drawable);
    const sequence = captured;
    captured += 1;
    const frame = { format: 'jpeg', capturedAtMs, sequence } as const;
    const sent = fitted(size, shortSide);
    const encode = async (image: CanvasImageSource): Promise<Uint8Array> => {
      const jpeg = await encoder.encode(image, sent);
      onEncoded?.({ sequence, capturedAtMs, jpeg });
      return jpeg;
    };
    if (onPicture === undefined) {
      connection.send(() => encode(drawable), frame);
      return;
    }
    // An element is drawn once: at a second look it may show its next frame already.
    const picture = takePicture(drawable, fitted(size, pictureShortSide));
    connection.send(() => encode(picture.image), frame);
    onPicture({ sequence, capturedAtMs, picture });
  };

  const ended = watchFrames(input, watch, stopping.signal).finally(() => signal?.removeEventListener('abort', stop));
  return {
    get captured() {
      return captured;
    },
    ended,
    stop,
    [Symbol.dispose]: stop,
  };
}
