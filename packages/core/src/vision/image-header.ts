import { ImageError } from './image-error.js';
import { isJpeg, readJpegSize } from './jpeg-header.js';

export interface ImageHeader {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** Pixels, at least 1. */
  readonly width: number;
  readonly height: number;
}

/**
 * Reads size and format from the first bytes of a JPEG, PNG or WebP without decoding anything, so that what is too large
 * is refused before it costs memory.
 * @throws ImageError - IMAGE_EMPTY, IMAGE_UNKNOWN_FORMAT, IMAGE_TRUNCATED (ends inside its header), IMAGE_BROKEN
 * @see ITU-T T.81 (JPEG) annex B, W3C PNG 11.2.2, RFC 9649 (WebP)
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw new ImageError('IMAGE_EMPTY', 'The image has 0 bytes. Send the whole file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const header = readJpeg(view) ?? readPng(view) ?? readWebp(view);
    if (header === undefined) {
      if (isCutSignature(bytes)) throw new RangeError('The bytes end inside the signature.');
      const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      throw new ImageError(
        'IMAGE_UNKNOWN_FORMAT',
        `The image starts with the bytes ${start}, which is neither JPEG, PNG nor WebP. Send one of these.`,
      );
    }
    if (header.width === 0 || header.height === 0) {
      throw new ImageError(
        'IMAGE_BROKEN',
        `The image's header says ${header.width}x${header.height} pixels; both sides must be at least 1. Encode it anew.`,
      );
    }
    return header;
  } catch (cause) {
    if (cause instanceof ImageError) throw cause;
    // DataView throws a RangeError, too, where the bytes end before the header does.
    throw new ImageError(
      'IMAGE_TRUNCATED',
      `The image ends inside its header, after ${bytes.length} bytes. Send the whole file.`,
      { cause },
    );
  }
}

/** The bytes that each format begins with; undefined where any may stand. */
const SIGNATURES: readonly (readonly (number | undefined)[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
];

/** Whether so few bytes came that they do not tell the format yet. */
function isCutSignature(bytes: Uint8Array): boolean {
  return SIGNATURES.some(
    (signature) =>
      bytes.length < signature.length &&
      bytes.every((byte, index) => signature[index] === undefined || signature[index] === byte),
  );
}

/** How far before its end the last marker of a JPEG is looked for: some cameras pad their files. */
const JPEG_END_WITHIN = 1024;

/** Whether an image that cannot be decoded lacks its end, as far as its format tells. */
export function endsEarly(bytes: Uint8Array, format: ImageHeader['format']): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'webp') return view.byteLength < 12 || view.getUint32(4, true) + 8 > view.byteLength;
  if (format === 'png') return view.byteLength < 8 || view.getUint32(view.byteLength - 8) !== 0x49454e44; // IEND and its checksum
  for (let at = view.byteLength - 2; at >= Math.max(0, view.byteLength - JPEG_END_WITHIN); at -= 1) {
    if (view.getUint16(at) === 0xffd9) return false;
  }
  return true;
}

function readJpeg(view: DataView): ImageHeader | undefined {
  if (!isJpeg(view)) return undefined;
  const { width, height } = readJpegSize(view);
  return { format: 'jpeg', width, height };
}

function readPng(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 8 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return undefined;
  if (view.getUint32(12) !== 0x49484452)
    throw new ImageError('IMAGE_BROKEN', 'The PNG does not begin with an IHDR chunk. Encode it anew.');
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

function readWebp(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 12 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return undefined;
  const kind = view.getUint32(12);
  const uint24 = (offset: number): number => view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
  if (kind === 0x56503858) return { format: 'webp', width: uint24(24) + 1, height: uint24(27) + 1 }; // VP8X
  if (kind === 0x56503820)
    return { format: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }; // VP8
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true); // VP8L: 14 bits each, less one
    return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  throw new ImageError('IMAGE_BROKEN', 'The WebP begins with a chunk that carries no size. Encode it anew.');
}
