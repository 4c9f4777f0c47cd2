import { ImageError } from './image-error.js';

/** Exif and ICC profiles carry their names at the start of their segments, each closed with a 0 byte. */
const EXIF = [0x45, 0x78, 0x69, 0x66, 0];
const ICC_PROFILE = [0x49, 0x43, 0x43, 0x5f, 0x50, 0x52, 0x4f, 0x46, 0x49, 0x4c, 0x45, 0];

const MARKER_APP1 = 0xe1;
const MARKER_APP2 = 0xe2;
const MARKER_EOI = 0xd9;
const MARKER_SOS = 0xda;

/** What the header of a JPEG says about the way in which it has to be decoded. */
export interface JpegTraits {
  /** Pixels as stored, before any turning, at least 1. */
  readonly width: number;
  readonly height: number;
  /** The number of the start-of-frame marker, 0xC0-0xCF: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, others are rare. */
  readonly process: number;
  /** Bits of a sample. */
  readonly precision: number;
  /** 1 is grey, 3 colour, 4 CMYK or YCCK. */
  readonly components: number;
  /** False where Exif asks for turning or mirroring, or cannot be read for sure. */
  readonly isUpright: boolean;
  /** Colours are those of an ICC profile and need converting. */
  readonly hasProfile: boolean;
  /** Where the first scan begins: the offset of its SOS marker. */
  readonly scanOffset: number;
  /** True where the first scan is the only one: it has all of every component, and decoders stop behind it. */
  readonly isOneScan: boolean;
}

/** One marker of a JPEG's header with its segment. */
interface JpegSegment {
  readonly marker: number;
  /** Of the marker's 0xFF. */
  readonly offset: number;
  /** Of its length field and what follows; 0 for markers that stand alone. */
  readonly length: number;
}

/** Whether the bytes begin as a JPEG does. */
export function isJpeg(view: DataView): boolean {
  return view.byteLength >= 3 && view.getUint16(0) === 0xffd8 && view.getUint8(2) === 0xff;
}

/**
 * The size of a JPEG, from its first start-of-frame segment.
 * @throws ImageError - IMAGE_BROKEN; RangeError where the bytes end before.
 */
export function readJpegSize(view: DataView): { readonly width: number; readonly height: number } {
  let segment = nextSegment(view, 2);
  while (!isStartOfFrame(segment.marker)) {
    if (segment.marker === MARKER_EOI || segment.marker === MARKER_SOS)
      throw new ImageError('IMAGE_BROKEN', 'The JPEG has no frame header before its data. Encode it anew.');
    segment = nextSegment(view, segment.offset + 2 + segment.length);
  }
  return { height: view.getUint16(segment.offset + 5), width: view.getUint16(segment.offset + 7) };
}

/**
 * Reads the header as far as the first scan; undefined where that cannot be made out for sure, so that whoever is fussy
 * about input leaves such a file to somebody else. Never throws.
 *
 * The walk from marker to marker is libjpeg's own, only stricter: where libjpeg skips what stands between two segments,
 * this gives up. So both find the same start of frame, and a file cannot show a small size here and a large one there.
 * @see ITU-T T.81 (JPEG) annex B, JEITA CP-3451 (Exif)
 */
export function readJpegTraits(bytes: Uint8Array): JpegTraits | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isJpeg(view)) return undefined;
  try {
    return readTraits(bytes, view);
  } catch {
    return undefined; // cut short or broken: the reason is for those who decode it all the same
  }
}

function readTraits(bytes: Uint8Array, view: DataView): JpegTraits | undefined {
  let frame: JpegSegment | undefined;
  let isUpright = true;
  let hasProfile = false;
  let segment = nextSegment(view, 2);
  for (; segment.marker !== MARKER_SOS; segment = nextSegment(view, segment.offset + 2 + segment.length)) {
    const { marker, offset, length } = segment;
    if (marker === MARKER_EOI) return undefined;
    if (isStartOfFrame(marker)) {
      if (frame !== undefined) return undefined;
      frame = segment;
    } else if (marker === MARKER_APP1 && beginsWith(bytes, offset + 4, EXIF)) {
      isUpright &&= isUprightExif(bytes.subarray(offset + 10, offset + 2 + length));
    } else if (marker === MARKER_APP2 && beginsWith(bytes, offset + 4, ICC_PROFILE)) hasProfile = true;
  }
  if (frame === undefined) return undefined;
  const { marker: process, offset } = frame;
  const [height, width] = [view.getUint16(offset + 5), view.getUint16(offset + 7)];
  if (width === 0 || height === 0) return undefined;
  const components = view.getUint8(offset + 9);
  return {
    width,
    height,
    process,
    precision: view.getUint8(offset + 4),
    components,
    isUpright,
    hasProfile,
    scanOffset: segment.offset,
    isOneScan: isSequential(process) && view.getUint8(segment.offset + 4) === components,
  };
}

/** How often a scan begins from `offset` on; counting stops at `most`. Decoders go over the picture once for each. */
export function countScans(bytes: Uint8Array, offset: number, most: number): number {
  let scans = 0;
  // Inside a scan 0xFF is followed by 0 or a restart marker, so that no pixel looks like this; segments between scans
  // might, and count too much then, which errs to the safe side.
  for (let at = bytes.indexOf(0xff, offset); at !== -1 && scans < most; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === MARKER_SOS) scans += 1;
  }
  return scans;
}

/** @throws ImageError - IMAGE_BROKEN; RangeError where the bytes end before. */
function nextSegment(view: DataView, from: number): JpegSegment {
  let offset = from;
  if (view.getUint8(offset) !== 0xff) throw noMarker(offset);
  while (view.getUint8(offset + 1) === 0xff) offset += 1; // fill bytes may stand before a marker
  const marker = view.getUint8(offset + 1);
  if (marker === 0) throw noMarker(offset); // libjpeg skips it and looks on; see readJpegTraits
  const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
  const length = standsAlone ? 0 : view.getUint16(offset + 2);
  if (!standsAlone && length < 2)
    throw new ImageError(
      'IMAGE_BROKEN',
      `The JPEG has a segment of ${length} bytes at byte ${offset}. Encode it anew.`,
    );
  return { marker, offset, length };
}

function noMarker(offset: number): ImageError {
  return new ImageError('IMAGE_BROKEN', `The JPEG has no marker at byte ${offset} of its header. Encode it anew.`);
}

/** Baseline and extended, Huffman-coded: a scan has all of its components, where progressive ones refine bit by bit. */
function isSequential(process: number): boolean {
  return process === 0xc0 || process === 0xc1;
}

/** Start-of-frame markers carry the size: all of C0-CF but for DHT (C4), JPG (C8) and DAC (CC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function beginsWith(bytes: Uint8Array, offset: number, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[offset + index] === byte);
}

/** Whether the TIFF structure of Exif has no orientation, or says 1 (as stored). @throws RangeError where it is cut. */
function isUprightExif(tiff: Uint8Array): boolean {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return false;
  const isLittle = order === 0x4949;
  const directory = view.getUint32(4, isLittle);
  const entries = view.getUint16(directory, isLittle);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at, isLittle) !== 0x0112) continue;
    return view.getUint16(at + 2, isLittle) === 3 && view.getUint16(at + 8, isLittle) === 1;
  }
  return true;
}
