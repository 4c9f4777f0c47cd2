import { createRequire } from 'node:module';
import type * as Binding from '@julusian/jpeg-turbo';
import { BYTES_PER_PIXEL } from '../../vision/index.js';
import type { RawPixelFormat } from '../../vision/index.js';

/** Raw pixels as they lie in a frame: rows from the top, without padding. */
export interface RawPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly format: RawPixelFormat;
}

/**
 * libjpeg-turbo, kept from what it cannot guard against by itself: it writes where it is told to, so both directions are
 * checked here first. It reads and writes on a thread of libuv's pool; **neither side's memory may be touched, reused or
 * freed before the promise settles**, and nothing can make it settle sooner.
 */
export interface JpegTurbo {
  /**
   * Decodes into `target`, which has room for exactly `width` x `height` pixels. When it rejects, `target` holds part of
   * a picture. A warning of libjpeg (data that ends early, bits that make no sense) rejects as well.
   * @throws Error - with no useful reason: the binding's errors all say `No error`.
   */
  decode(jpeg: Uint8Array, target: RawPixels): Promise<void>;
  /**
   * Encodes with 4:2:0 chroma (grey stays grey).
   * @param quality - 1 to 100, whole.
   * @returns Bytes in memory of their own.
   */
  encode(pixels: RawPixels, quality: number): Promise<Uint8Array>;
}

let loaded: { readonly turbo: JpegTurbo | undefined } | undefined;

/** The binding, loaded once; undefined where it brings no binary for this platform. */
export function loadJpegTurbo(): JpegTurbo | undefined {
  loaded ??= { turbo: load() };
  return loaded.turbo;
}

function load(): JpegTurbo | undefined {
  try {
    const require = createRequire(import.meta.url);
    return guarded(require('@julusian/jpeg-turbo') as typeof Binding);
  } catch {
    return undefined; // sharp does all of it then, only slower
  }
}

/** JPEG cannot be larger, and its product with 4 bytes a pixel stays far below what overflows in the binding's int. */
const MAX_PIXELS = 2 ** 28;

function guarded(binding: typeof Binding): JpegTurbo {
  const formats = { rgba8: binding.FORMAT_RGBA, rgb8: binding.FORMAT_RGB, gray8: binding.FORMAT_GRAY };
  const outputs = new OutputBuffers();
  return {
    async decode(jpeg, { data, width, height, format }) {
      checkPixels({ data, width, height, format });
      const found = await binding.decompress(asBuffer(jpeg), asBuffer(data), { format: formats[format] });
      if (found.width !== width || found.height !== height)
        throw new Error(`The picture has ${found.width}x${found.height} pixels, not ${width}x${height}.`);
    },
    async encode(pixels, quality) {
      checkPixels(pixels);
      const { data, width, height, format } = pixels;
      const subsampling = format === 'gray8' ? binding.SAMP_GRAY : binding.SAMP_420;
      const output = outputs.take(binding.bufferSize({ width, height, subsampling }));
      try {
        const options = { width, height, format: formats[format], subsampling, quality };
        return Uint8Array.from(await binding.compress(asBuffer(data), output, options));
      } finally {
        outputs.give(output);
      }
    },
  };
}

function checkPixels({ data, width, height, format }: RawPixels): void {
  if (!(width >= 1 && height >= 1 && width * height <= MAX_PIXELS))
    throw new RangeError(`A picture cannot have ${width}x${height} pixels.`);
  const wanted = width * height * BYTES_PER_PIXEL[format];
  if (data.length !== wanted)
    throw new RangeError(`${width}x${height} pixels of ${format} are ${wanted} bytes, not ${data.length}.`);
}

/** The same memory as Node's Buffer, which the binding asks for. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Output memory must hold the worst case, 2.8 MB at 1280x720: new memory each time would cost more than the encoding. */
class OutputBuffers {
  readonly #free: Buffer[] = [];

  take(byteLength: number): Buffer {
    const free = this.#free.pop();
    return free !== undefined && free.length >= byteLength ? free : Buffer.allocUnsafeSlow(byteLength);
  }

  give(buffer: Buffer): void {
    if (this.#free.length < MAX_FREE_OUTPUTS && buffer.length <= LARGEST_KEPT_OUTPUT) this.#free.push(buffer);
  }
}

/** As many as libuv has threads for by default: no more encodings go on at once. */
const MAX_FREE_OUTPUTS = 4;
/** Enough for 2560x1440. */
const LARGEST_KEPT_OUTPUT = 16 * 1024 ** 2;
