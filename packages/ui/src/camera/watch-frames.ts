import { sizeOf } from './picture.js';
import type { Drawable } from './picture.js';

/** Called for each frame, as it is shown; `drawable` is valid until this returns. */
export type FrameWatcher = (drawable: Drawable, capturedAtMs: number) => void;

/** Not in the types of TypeScript yet: https://w3c.github.io/mediacapture-transform/ */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorConstructor = new (init: { track: MediaStreamTrack }) => TrackProcessor;

/** A capture time older than this is none. */
const OLDEST_MS = 1000;

/** Whether frames can be had from a track itself, without an element that plays it, and while the page is hidden too. */
export function canWatchTracks(): boolean {
  return trackProcessor() !== undefined;
}

/**
 * Watches each frame of a camera until the signal fires or the camera ends: from the track where the browser can, else
 * from an element that plays it, by its video frame callbacks, or else by looking at it with each picture of the screen.
 *
 * @returns When no more frames come.
 */
export async function watchFrames(
  input: HTMLVideoElement | MediaStreamTrack,
  watcher: FrameWatcher,
  signal: AbortSignal,
): Promise<void> {
  if (input instanceof HTMLVideoElement) await watchElement(input, watcher, signal);
  else await watchTrack(input, watcher, signal);
}

async function watchTrack(track: MediaStreamTrack, watcher: FrameWatcher, signal: AbortSignal): Promise<void> {
  const Processor = trackProcessor();
  if (Processor === undefined)
    throw new TypeError('This browser gives no frames of a track; give an element that plays it.');
  const reader = new Processor({ track }).readable.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined); // the reader is given up in any case
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      try {
        if (!signal.aborted) watcher(frame, performance.now());
      } finally {
        frame.close();
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function watchElement(video: HTMLVideoElement, watcher: FrameWatcher, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const hasCallbacks = 'requestVideoFrameCallback' in video;
    let handle = 0;
    let shown = -1;
    const next = (): void => {
      handle = hasCallbacks ? video.requestVideoFrameCallback(onFrame) : requestAnimationFrame(onScreen);
    };
    const onFrame = (nowMs: number, { captureTime }: VideoFrameCallbackMetadata): void => {
      next();
      if (sizeOf(video).width > 0) watcher(video, captureTimeMs(captureTime, nowMs));
    };
    const onScreen = (nowMs: number): void => {
      next();
      const count = video.getVideoPlaybackQuality().totalVideoFrames;
      if (count === shown || sizeOf(video).width === 0) return;
      shown = count;
      watcher(video, nowMs);
    };
    const stop = (): void => {
      if (hasCallbacks) video.cancelVideoFrameCallback(handle);
      else cancelAnimationFrame(handle);
      signal.removeEventListener('abort', stop);
      video.removeEventListener('ended', stop);
      resolve();
    };
    signal.addEventListener('abort', stop);
    video.addEventListener('ended', stop);
    if (signal.aborted) stop();
    else next();
  });
}

/** When the camera took the frame, where the browser knows and what it says can be. */
function captureTimeMs(captureTime: number | undefined, nowMs: number): number {
  const isTime = captureTime !== undefined && captureTime <= nowMs && captureTime > nowMs - OLDEST_MS;
  return isTime ? captureTime : nowMs;
}

function trackProcessor(): TrackProcessorConstructor | undefined {
  return (globalThis as { MediaStreamTrackProcessor?: TrackProcessorConstructor }).MediaStreamTrackProcessor;
}
