/** The clip to be written. */
export interface ClipFormat {
  /** The mp4 file; it is replaced where it exists. */
  readonly file: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly fps: number;
  /** x264's constant rate factor: 0 is lossless, 51 is worst, 23 is usual. */
  readonly quality: number;
}

/** Writes pictures into an H.264 mp4 file that browsers play: main profile, yuv420p, index at the front. */
export interface VideoEncoder {
  /** Takes the next picture in planes as `toI420` makes them; resolves when the next one may come. */
  write(planes: Uint8Array): Promise<void>;
  /** Ends the file. */
  finish(): Promise<void>;
  /** Gives up; what was written is no use. */
  abort(): Promise<void>;
}

/** A key frame at least so often, in seconds: where players can jump to. */
export const KEY_FRAME_SECONDS = 2;
