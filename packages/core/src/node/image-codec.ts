import type { DecodeOptions, ImageCodec } from '../kinds/index.js';
import {
  BYTES_PER_PIXEL,
  Frame,
  ImageError,
  checkShortSide,
  countScans,
  endsEarly,
  readImageHeader,
  readJpegTraits,
  reducedSize,
} from '../vision/index.js';
import type {
  FrameInfo,
  FramePool,
  ImageHeader,
  JpegTraits,
  PixelKernel,
  RawPixelFormat,
  Size,
} from '../vision/index.js';
import { loadJpegTurbo } from './jpeg/jpeg-turbo.js';
import type { JpegTurbo } from './jpeg/jpeg-turbo.js';
import { decodeWithSharp } from './sharp-decode.js';

/** Limits on images, told from their header before anything is decoded. */
export interface ImageLimits {
  /** The longer side, in pixels. */
  readonly maxSide: number;
  /** Width times height, in millions. */
  readonly maxMegapixels: number;
  /** How often a JPEG may go over its picture. Progressive ones do some ten times; a few kilobytes can ask for thousands. */
  readonly maxScans: number;
}
export const DEFAULT_IMAGE_LIMITS: ImageLimits = { maxSide: 16_384, maxMegapixels: 64, maxScans: 100 };

/** What has become of the images that a codec was given. */
export interface CodecCounts {
  /** Decoded by jpeg-turbo, straight into a slot. */
  readonly turbo: number;
  /** Decoded by sharp. */
  readonly sharp: number;
  /** Begun by jpeg-turbo, which gave up: the half-written slot went back to the pool, and sharp was asked. */
  readonly turboGaveUp: number;
  /** Failed, whether the picture was at fault or there was no room for it: their packets were lost. Aborted ones do not count. */
  readonly failed: number;
}

export interface NodeImageCodecOptions {
  readonly limits?: Partial<ImageLimits>;
  /** Left out: the one that is installed. Undefined: sharp does everything. */
  readonly turbo?: JpegTurbo | undefined;
  /** Reduces what jpeg-turbo has decoded; it has to be fast, for it works in the calling thread. Left out: sharp does. */
  readonly kernel?: PixelKernel;
}

type Timing = Pick<FrameInfo, 'sequence' | 'timestampMs' | 'capturedAtMs'>;

/**
 * Decodes ordinary JPEGs with jpeg-turbo into a reused slot of the pool, all else with sharp: other formats, JPEGs that
 * have to be turned or converted, and what jpeg-turbo refuses. See `docs/adr/0011-jpeg-turbo-first.md`.
 */
export class NodeImageCodec implements ImageCodec {
  readonly #limits: ImageLimits;
  /** Loaded with the first image: most workers never decode one. */
  readonly #turbo: () => JpegTurbo | undefined;
  readonly #kernel: PixelKernel | undefined;
  readonly #counts = { turbo: 0, sharp: 0, turboGaveUp: 0, failed: 0 };

  constructor(
    private readonly pool: FramePool,
    options: NodeImageCodecOptions = {},
  ) {
    this.#limits = { ...DEFAULT_IMAGE_LIMITS, ...options.limits };
    this.#turbo = 'turbo' in options ? () => options.turbo : loadJpegTurbo;
    this.#kernel = options.kernel;
  }

  get counts(): CodecCounts {
    return { ...this.#counts };
  }

  readHeader(bytes: Uint8Array): ImageHeader {
    return readImageHeader(bytes);
  }

  async decode(frame: Frame, options: DecodeOptions): Promise<Frame> {
    using kept = frame.clone(); // its bytes are read by other threads until the end, whatever the caller does meanwhile
    return await this.decodeBytes(kept.data, kept, options);
  }

  async decodeBytes(bytes: Uint8Array, timing: Timing, options: DecodeOptions): Promise<Frame> {
    checkShortSide(options.shortSide);
    try {
      const header = this.readHeader(bytes);
      this.#checkSize(header);
      const traits = header.format === 'jpeg' ? this.#checkedTraits(bytes) : undefined;
      options.signal?.throwIfAborted();
      const frame =
        (await this.#decodeWithTurbo(bytes, traits, timing, options)) ??
        (await this.#decodeWithSharp(bytes, header, traits, timing, options));
      if (options.signal?.aborted === true) {
        frame.close();
        options.signal.throwIfAborted();
      }
      return frame;
    } catch (error) {
      if (options.signal?.aborted !== true) this.#counts.failed += 1;
      throw error;
    }
  }

  /** Undefined where sharp has to do it. The slot is let go only once no thread writes to it any more. */
  async #decodeWithTurbo(
    bytes: Uint8Array,
    traits: JpegTraits | undefined,
    timing: Timing,
    { format, shortSide, signal }: DecodeOptions,
  ): Promise<Frame | undefined> {
    if (traits === undefined || !isOrdinary(traits)) return undefined;
    const turbo = this.#turbo();
    if (turbo === undefined) return undefined;
    const { width, height } = traits;
    const size = reducedSize(traits, shortSide);
    const isReduced = size.width !== width || size.height !== height;
    if (isReduced && !this.#isReducedHere(traits, size)) return undefined;
    if (endsEarly(bytes, 'jpeg')) return undefined; // sharp knows padded files from cut ones, and takes no slot meanwhile
    const memory = this.pool.acquire(width * height * BYTES_PER_PIXEL[format]);
    try {
      await turbo.decode(bytes, { data: memory.bytes, width, height, format });
    } catch {
      memory.release();
      this.#counts.turboGaveUp += 1;
      signal?.throwIfAborted();
      return undefined;
    }
    this.#counts.turbo += 1;
    const frame = frameOf(timing, { width, height, format }, memory);
    if (!isReduced || this.#kernel === undefined) return frame;
    using whole = frame;
    signal?.throwIfAborted();
    return this.#reduce(whole, size, this.#kernel);
  }

  #isReducedHere({ width, height }: Size, size: Size): boolean {
    return (
      this.#kernel !== undefined &&
      width < size.width * SHARP_REDUCES_FROM &&
      width * height <= KERNEL_REDUCES_UP_TO_PIXELS
    );
  }

  #reduce(whole: Frame, { width, height }: Size, kernel: PixelKernel): Frame {
    const format = whole.format as RawPixelFormat; // it has just been decoded
    const memory = this.pool.acquire(width * height * BYTES_PER_PIXEL[format]);
    try {
      kernel.resize(whole, { data: memory.bytes, width, height });
    } catch (error) {
      memory.release();
      throw error;
    }
    return frameOf(whole, { width, height, format }, memory);
  }

  async #decodeWithSharp(
    bytes: Uint8Array,
    header: ImageHeader,
    traits: JpegTraits | undefined,
    timing: Timing,
    options: DecodeOptions,
  ): Promise<Frame> {
    const { format, shortSide } = options;
    const size = reducedSize(header, shortSide);
    const isReduced = size.width !== header.width || size.height !== header.height;
    const reduction = isReduced ? { ...size, isExact: traits?.isUpright === true } : undefined;
    const maxPixels = Math.floor(this.#limits.maxMegapixels * 1e6); // libvips takes whole numbers
    const { data, width, height } = await decodeWithSharp(bytes, header, format, reduction, maxPixels);
    const memory = this.pool.acquire(data.length);
    memory.bytes.set(data);
    this.#counts.sharp += 1;
    return frameOf(timing, { width, height, format }, memory);
  }

  #checkSize({ width, height, format }: ImageHeader): void {
    const { maxSide, maxMegapixels } = this.#limits;
    if (Math.max(width, height) <= maxSide && width * height <= maxMegapixels * 1e6) return;
    throw new ImageError(
      'IMAGE_TOO_LARGE',
      `The ${format.toUpperCase()} claims ${width}x${height} pixels; allowed: ${maxSide} a side and ${maxMegapixels} megapixels. Reduce it before sending.`,
    );
  }

  #checkedTraits(bytes: Uint8Array): JpegTraits | undefined {
    const traits = readJpegTraits(bytes);
    if (traits?.isOneScan === true) return traits;
    const { maxScans } = this.#limits;
    if (countScans(bytes, traits?.scanOffset ?? 0, maxScans + 1) > maxScans)
      throw new ImageError(
        'IMAGE_TOO_LARGE',
        `The JPEG goes over its picture more than ${maxScans} times, which takes too long to decode. Encode it anew.`,
      );
    return traits;
  }
}

/** From this reduction on sharp is as fast, since it decodes to an eighth at once, and takes no slot for the whole picture. */
const SHARP_REDUCES_FROM = 4;
/** The kernel works in the calling thread, where this takes it some 10 ms: sharp does larger ones on threads of its own. */
const KERNEL_REDUCES_UP_TO_PIXELS = 16e6;

const BASELINE = 0xc0;
const EXTENDED = 0xc1;
const PROGRESSIVE = 0xc2;

/** Whether jpeg-turbo gives the very picture that sharp would: 8 bits, grey or colour, upright, without a profile. */
function isOrdinary({ process, precision, components, isUpright, hasProfile }: JpegTraits): boolean {
  return (
    (process === BASELINE || process === EXTENDED || process === PROGRESSIVE) &&
    precision === 8 &&
    (components === 1 || components === 3) &&
    isUpright &&
    !hasProfile
  );
}

function frameOf(
  { sequence, timestampMs, capturedAtMs }: Timing,
  picture: Pick<FrameInfo, 'width' | 'height' | 'format'>,
  memory: ConstructorParameters<typeof Frame>[1],
): Frame {
  return new Frame({ sequence, timestampMs, capturedAtMs, ...picture }, memory);
}
