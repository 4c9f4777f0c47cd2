import { KinegraphError } from '../../base/index.js';
import { BYTES_PER_PIXEL, isRawFormat } from '../frame.js';
import type { PixelFormat, RawPixelFormat } from '../frame.js';

/** Raw pixels to read: rows of 8-bit samples without padding, top row first. A raw `Frame` is one. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
  readonly data: Uint8Array;
}

/** Pixels to write: as many bytes as the size and the format of the source need. */
export interface PixelTarget {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Planes to write: red, green and blue one after the other (NCHW with N = 1), rows without padding. */
export interface PlanarTarget {
  readonly width: number;
  readonly height: number;
  /** Shape [3, height, width]. */
  readonly data: Float32Array;
}

/** Pixels do not fit the size and format that are told for them. */
export class PixelsMisfitError extends KinegraphError {
  override readonly name = 'PixelsMisfitError';
  readonly code = 'CORE_PIXELS_MISFIT';
  constructor(
    override readonly data: { what: string; width: number; height: number; format: string; length: number },
    allowed: string,
  ) {
    super(
      `The ${data.what} is told to be ${data.width}x${data.height} ${data.format} and has ${data.length} values; allowed: ${allowed}. ` +
        'Decode encoded frames first, and allocate exactly what size and format need.',
    );
  }
}

/** The raw format of `source`, once its size and length are seen to fit. @throws PixelsMisfitError */
export function checkedSource(source: PixelImage): RawPixelFormat {
  const { width, height, format, data } = source;
  const facts = { what: 'source', width, height, format, length: data.length };
  if (!isRawFormat(format)) throw new PixelsMisfitError(facts, 'the raw formats rgba8, rgb8 and gray8');
  checkSize(facts, width * height * BYTES_PER_PIXEL[format]);
  return format;
}

/** Sees that `target` holds pixels of `format` exactly. @throws PixelsMisfitError */
export function checkTarget({ width, height, data }: PixelTarget, format: RawPixelFormat): void {
  checkSize({ what: 'target', width, height, format, length: data.length }, width * height * BYTES_PER_PIXEL[format]);
}

/** Sees that `target` holds three planes exactly. @throws PixelsMisfitError */
export function checkPlanes({ width, height, data }: PlanarTarget): void {
  checkSize({ what: 'target', width, height, format: 'planes', length: data.length }, width * height * 3);
}

/** Sees that `target` has three planes of the source's size. @throws PixelsMisfitError */
export function checkPlanesOf(source: PixelImage, target: PlanarTarget): void {
  checkPlanes(target);
  const { width, height, data } = target;
  if (width === source.width && height === source.height) return;
  throw new PixelsMisfitError(
    { what: 'target', width, height, format: 'planes', length: data.length },
    `the size of the source, ${source.width}x${source.height}`,
  );
}

/** @throws RangeError where it is no whole number from 0. */
export function checkFloatCount(length: number): void {
  if (Number.isSafeInteger(length) && length >= 0) return;
  throw new RangeError(`There cannot be ${length} floats; ask for a whole number from 0.`);
}

function checkSize(facts: PixelsMisfitError['data'], length: number): void {
  const { width, height } = facts;
  const isSize = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!isSize || facts.length !== length)
    throw new PixelsMisfitError(facts, isSize ? `exactly ${length} values` : 'whole sides from 1');
}
