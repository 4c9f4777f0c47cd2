import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { errorMessage } from '../base/index.js';
import type { DecodeOptions, ImageCodec } from '../kinds/index.js';
import { BYTES_PER_PIXEL, Frame, ImageError, endsEarly, readImageHeader } from '../vision/index.js';
import type { FrameInfo, FramePool, ImageHeader, RawPixelFormat } from '../vision/index.js';

/** Limits on images, told from their header before anything is decoded. */
export interface ImageLimits {
  /** The longer side, in pixels. */
  readonly maxSide: number;
  /** Width times height, in millions. */
  readonly maxMegapixels: number;
}
export const DEFAULT_IMAGE_LIMITS: ImageLimits = { maxSide: 16_384, maxMegapixels: 64 };

type Timing = Pick<FrameInfo, 'sequence' | 'timestampMs' | 'capturedAtMs'>;

/**
 * Decodes with sharp (libvips), whose work happens on threads of its own. Its defaults for threads and cache stay: with one
 * thread, or no cache, a 1280x720 JPEG took the same time within the noise (6.5 ms on two cores, alone and three at a time).
 */
export class SharpImageCodec implements ImageCodec {
  constructor(
    private readonly pool: FramePool,
    private readonly limits: ImageLimits = DEFAULT_IMAGE_LIMITS,
  ) {}

  readHeader(bytes: Uint8Array): ImageHeader {
    return readImageHeader(bytes);
  }

  async decode(frame: Frame, options: DecodeOptions): Promise<Frame> {
    return await this.decodeBytes(frame.data, frame, options);
  }

  async decodeBytes(bytes: Uint8Array, timing: Timing, options: DecodeOptions): Promise<Frame> {
    const header = this.readHeader(bytes);
    this.#checkSize(header);
    options.signal?.throwIfAborted();
    const { data, width, height } = await decodeRaw(bytes, header, options, this.limits.maxMegapixels * 1e6);
    const memory = this.pool.acquire(data.length);
    memory.bytes.set(data);
    const { sequence, timestampMs, capturedAtMs } = timing;
    return new Frame({ sequence, timestampMs, capturedAtMs, width, height, format: options.format }, memory);
  }

  #checkSize({ width, height, format }: ImageHeader): void {
    const { maxSide, maxMegapixels } = this.limits;
    if (Math.max(width, height) <= maxSide && width * height <= maxMegapixels * 1e6) return;
    throw new ImageError(
      'IMAGE_TOO_LARGE',
      `The ${format.toUpperCase()} claims ${width}x${height} pixels; allowed: ${maxSide} a side and ${maxMegapixels} megapixels. Reduce it before sending.`,
    );
  }
}

interface RawImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

async function decodeRaw(
  bytes: Uint8Array,
  header: ImageHeader,
  options: DecodeOptions,
  maxPixels: number,
): Promise<RawImage> {
  // The picture is turned upright first, as its EXIF orientation says: landmarks refer to what a person would see. The limit
  // is given to libvips too, in case it makes out another size than our reading of the header did. Warnings count as
  // failures: damaged data would otherwise be filled up with grey and given to a model as if it were a picture.
  let image = sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels }).rotate();
  const { shortSide } = options;
  if (shortSide !== undefined && Math.min(header.width, header.height) > shortSide) {
    image = image.resize({
      width: shortSide,
      height: shortSide,
      fit: 'outside',
      kernel: 'linear',
      fastShrinkOnLoad: true,
    });
  }
  try {
    const { data, info } = await toFormat(image, options.format)
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (data.length !== info.width * info.height * BYTES_PER_PIXEL[options.format])
      throw new Error(`unexpected ${info.channels} channels`);
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    const what = `The ${header.format.toUpperCase()} of ${bytes.length} bytes`;
    if (endsEarly(bytes, header.format)) {
      throw new ImageError('IMAGE_TRUNCATED', `${what} ends before its picture does. Send the whole file.`, { cause });
    }
    const reason = (errorMessage(cause).split('\n')[0] ?? '').replace(/[\s:.]+$/, '');
    throw new ImageError('IMAGE_BROKEN', `${what} cannot be decoded (${reason}). Encode it anew.`, { cause });
  }
}

function toFormat(image: Sharp, format: RawPixelFormat): Sharp {
  if (format === 'gray8') return image.removeAlpha().toColourspace('b-w');
  const colour = image.toColourspace('srgb');
  return format === 'rgba8' ? colour.ensureAlpha() : colour.removeAlpha();
}
