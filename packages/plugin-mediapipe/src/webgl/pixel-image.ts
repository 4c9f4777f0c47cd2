import type { RawPixelFormat } from '@kinegraph/core/plugin';

/** Pixels that the landmarkers take as their image: what a browser would give as an `ImageData` or a video. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly format: RawPixelFormat;
  /** Rows without padding, top row first; may be a view of shared memory, and is only read. */
  readonly data: Uint8Array;
}

/** True for what the pixel-passing context can take. */
export function isPixelImage(value: unknown): value is PixelImage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    value.data instanceof Uint8Array &&
    'format' in value
  );
}

/**
 * Writes the image as RGBA into `target` from `offset` on: the one copy on the way from a frame to the WASM heap.
 * @throws RangeError when the image has fewer bytes than its size asks for, or `target` is too short.
 */
export function writeRgba(image: PixelImage, target: Uint8Array, offset: number): void {
  const { data, format, width, height } = image;
  const count = width * height;
  const channels = format === 'rgba8' ? 4 : format === 'rgb8' ? 3 : 1;
  if (data.length < count * channels) {
    throw new RangeError(
      `An image of ${width}x${height} ${format} needs ${count * channels} bytes but has ${data.length}.`,
    );
  }
  if (offset + count * 4 > target.length)
    throw new RangeError(`${count * 4} bytes do not fit at ${offset} of ${target.length}.`);
  if (channels === 4) {
    target.set(data.length === count * 4 ? data : data.subarray(0, count * 4), offset);
    return;
  }
  // Gray repeats its one sample; the green and blue samples of RGB lie one and two bytes further on.
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let from = 0, to = offset, end = count * channels; from < end; from += channels, to += 4) {
    target[to] = data[from] ?? 0; // never undefined: the length was checked above
    target[to + 1] = data[from + green] ?? 0;
    target[to + 2] = data[from + blue] ?? 0;
    target[to + 3] = 255;
  }
}
