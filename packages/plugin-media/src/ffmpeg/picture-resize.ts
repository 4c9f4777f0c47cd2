import { CameraResizedError } from '../camera-errors.js';
import { subjectOfLive } from '../decoder/live-input.js';
import type { LiveInput } from '../decoder/live-input.js';

/** What the scaler says that ffmpeg puts behind our filters when pictures come in another size than the first ones. */
const SCALER = /\[scaler_out\S* @ [^\]]*\] \[verbose\] w:(\d+) h:(\d+) fmt:.* -> w:(\d+) h:(\d+) /;

/**
 * The error that a line of ffmpeg's means when a camera has changed the size of its pictures: ffmpeg would stretch them to the
 * old size from then on. Undefined for every other line.
 */
export function resizedBy(line: string, input: LiveInput): CameraResizedError | undefined {
  const [, width, height, oldWidth, oldHeight] = SCALER.exec(line) ?? [];
  if (width === oldWidth && height === oldHeight) return undefined; // other pixels, or another line
  const camera = subjectOfLive(input);
  return new CameraResizedError({ camera, from: `${oldWidth}x${oldHeight}`, to: `${width}x${height}` });
}
