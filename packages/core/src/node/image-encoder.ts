import sharp from 'sharp';
import { KinegraphError, errorMessage } from '../base/index.js';
import type { EncodedImage, ImageCodec, ImageEncoder, PreviewOptions } from '../kinds/index.js';
import {
  BYTES_PER_PIXEL,
  ImageError,
  UncountedMemory,
  checkShortSide,
  isRawFormat,
  reducedSize,
} from '../vision/index.js';
import type { Frame, FramePool, PixelKernel, RawPixelFormat } from '../vision/index.js';
import { loadJpegTurbo } from './jpeg/jpeg-turbo.js';
import type { JpegTurbo, RawPixels } from './jpeg/jpeg-turbo.js';

export interface NodeImageEncoderOptions {
  /** Decodes frames that came encoded. */
  readonly codec: ImageCodec;
  readonly pool: FramePool;
  /** Left out: the one that is installed. Undefined: sharp does everything. */
  readonly turbo?: JpegTurbo | undefined;
  /** Reduces raw frames; left out: sharp does. */
  readonly kernel?: PixelKernel;
}

/** The longer side that JPEG can have, as libjpeg counts it. */
const MAX_SIDE = 65_500;

/** Encodes with jpeg-turbo from the frame's own memory; where that is not there, with sharp. */
export class NodeImageEncoder implements ImageEncoder {
  readonly #turbo: () => JpegTurbo | undefined;

  constructor(private readonly options: NodeImageEncoderOptions) {
    this.#turbo = 'turbo' in options ? () => options.turbo : loadJpegTurbo;
  }

  async encode(frame: Frame, preview: PreviewOptions): Promise<EncodedImage> {
    checkOptions(preview);
    using kept = frame.clone(); // its pixels are read by other threads until the end, whatever the caller does meanwhile
    const { quality, shortSide } = preview;
    if (isRawFormat(kept.format)) return await this.#encodeRaw(kept, kept.format, preview);
    if (kept.format === 'jpeg') {
      const { width, height } = this.options.codec.readHeader(kept.data);
      if (shortSide === undefined || Math.min(width, height) <= shortSide)
        return { bytes: ownBytes(kept), width, height };
    }
    const decoding = { format: 'rgba8', ...(shortSide === undefined ? {} : { shortSide }) } as const;
    using decoded = await this.options.codec.decode(kept, decoding);
    return await this.#encodeRaw(decoded, 'rgba8', { quality });
  }

  async #encodeRaw(
    frame: Frame,
    format: RawPixelFormat,
    { quality, shortSide }: PreviewOptions,
  ): Promise<EncodedImage> {
    const size = reducedSize(frame, shortSide);
    if (Math.max(size.width, size.height) > MAX_SIDE)
      throw notEncoded(frame, `JPEG has at most ${MAX_SIDE} a side`, 'Ask for a smaller one');
    const pixels = { data: frame.data, width: frame.width, height: frame.height, format };
    const isReduced = size.width !== frame.width || size.height !== frame.height;
    const { kernel, pool } = this.options;
    const turbo = this.#turbo();
    try {
      if (turbo === undefined || (isReduced && kernel === undefined))
        return { ...size, bytes: await encodeWithSharp(pixels, size, quality) };
      if (!isReduced || kernel === undefined) return { ...size, bytes: await turbo.encode(pixels, quality) };
      const memory = pool.acquire(size.width * size.height * BYTES_PER_PIXEL[format]);
      try {
        const reduced = { data: memory.bytes, ...size, format };
        kernel.resize(pixels, reduced);
        return { ...size, bytes: await turbo.encode(reduced, quality) };
      } finally {
        memory.release();
      }
    } catch (cause) {
      if (cause instanceof KinegraphError) throw cause;
      throw notEncoded(frame, errorMessage(cause), 'Look at the node that made it', cause);
    }
  }
}

/** @throws RangeError */
function checkOptions({ quality, shortSide }: PreviewOptions): void {
  if (!Number.isInteger(quality) || quality < 1 || quality > 100)
    throw new RangeError(`A JPEG cannot have quality ${quality}; ask for a whole number from 1 to 100.`);
  checkShortSide(shortSide);
}

/** The frame's bytes where they stay as they are; else a copy, since pooled memory gets other content once it is free. */
function ownBytes({ memory }: Frame): Uint8Array {
  const { bytes } = memory;
  const stays = memory instanceof UncountedMemory && bytes.buffer instanceof ArrayBuffer;
  return stays ? bytes : Uint8Array.from(bytes);
}

async function encodeWithSharp(
  { data, width, height, format }: RawPixels,
  size: { readonly width: number; readonly height: number },
  quality: number,
): Promise<Uint8Array> {
  let image = sharp(data, { raw: { width, height, channels: BYTES_PER_PIXEL[format] } });
  if (format === 'rgba8') image = image.removeAlpha(); // as jpeg-turbo does: a transparent pixel shows its colour
  if (size.width !== width || size.height !== height)
    image = image.resize({ width: size.width, height: size.height, fit: 'fill', kernel: 'linear' });
  if (format === 'gray8') image = image.toColourspace('b-w');
  return await image.jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();
}

function notEncoded(frame: Frame, reason: string, mend: string, cause?: unknown): ImageError {
  const what = `Frame ${frame.sequence} of ${frame.width}x${frame.height} pixels (${frame.format})`;
  return new ImageError(
    'IMAGE_NOT_ENCODED',
    `${what} cannot be made a JPEG: ${reason}. ${mend}.`,
    cause === undefined ? undefined : { cause },
  );
}
