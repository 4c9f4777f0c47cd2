import type { NutReader } from './nut-reader.js';

/** What a frame code of the main header stands for. */
export interface FrameCode {
  readonly flags: number;
  readonly ptsDelta: number;
  readonly sizeMultiplier: number;
  readonly sizeLsb: number;
  readonly reservedCount: number;
  readonly elisionIndex: number;
}

/** The parts of NUT's main header that matter for a stream of raw frames. */
export interface NutMainHeader {
  /** Seconds for each tick. */
  readonly timeBase: { readonly numerator: number; readonly denominator: number };
  /** By the byte that begins a frame. */
  readonly frameCodes: readonly FrameCode[];
  /** Bytes left out at the start of small frames, by index; index 0 is empty. */
  readonly elisions: readonly Uint8Array[];
}

/** The parts of NUT's stream header that matter for raw video. */
export interface NutVideoHeader {
  readonly width: number;
  readonly height: number;
  readonly msbPtsShift: number;
}

/** Flags of a frame, as NUT numbers them. */
export const FrameFlag = {
  endOfRelevance: 2,
  codedPts: 8,
  streamId: 16,
  sizeMsb: 32,
  checksum: 64,
  reserved: 128,
  sideData: 256,
  elisionIndex: 1024,
  matchTime: 2048,
  coded: 4096,
  invalid: 8192,
} as const;

const BYTE_N = 0x4e;
const INVALID_CODE: FrameCode = {
  flags: FrameFlag.invalid,
  ptsDelta: 0,
  sizeMultiplier: 1,
  sizeLsb: 0,
  reservedCount: 0,
  elisionIndex: 0,
};

/** @param end - where the packet's checksum begins. @throws what `refuse` makes of what we did not ask ffmpeg for */
export function readMainHeader(reader: NutReader, end: number, refuse: (detail: string) => Error): NutMainHeader {
  const version = reader.v();
  if (version < 3 || version > 4) throw refuse(`NUT version ${version}`);
  if (version > 3) reader.v(); // minor version
  const streamCount = reader.v();
  if (streamCount !== 1) throw refuse(`${streamCount} streams where one was asked for`);
  reader.v(); // max_distance
  const timeBaseCount = reader.v();
  if (timeBaseCount !== 1) throw refuse(`${timeBaseCount} time bases where one was expected`);
  const timeBase = { numerator: reader.v(), denominator: reader.v() };
  if (timeBase.numerator === 0 || timeBase.denominator === 0) throw refuse('a time base of zero');
  const frameCodes = readFrameCodes(reader, refuse);
  const elisions = [new Uint8Array(0)];
  if (reader.position < end) {
    const count = reader.v();
    if (count >= 128) throw refuse(`${count} elision headers`);
    for (let index = 0; index < count; index += 1) elisions.push(reader.take(reader.v()).slice());
  }
  return { timeBase, frameCodes, elisions };
}

/** The table is run-length coded: each entry gives only what changed, and for how many codes. */
function readFrameCodes(reader: NutReader, refuse: (detail: string) => Error): FrameCode[] {
  const codes: FrameCode[] = [];
  let ptsDelta = 0;
  let sizeMultiplier = 1;
  let elisionIndex = 0;
  while (codes.length < 256) {
    const flags = reader.v();
    const fieldCount = reader.v();
    if (fieldCount > 0) ptsDelta = reader.s();
    if (fieldCount > 1) sizeMultiplier = reader.v();
    if (fieldCount > 2 && reader.v() !== 0) throw refuse('a frame code of another stream');
    const sizeLsb = fieldCount > 3 ? reader.v() : 0;
    const reservedCount = fieldCount > 4 ? reader.v() : 0;
    const count = fieldCount > 5 ? reader.v() : sizeMultiplier - sizeLsb;
    if (fieldCount > 6) reader.s(); // match_time_delta
    if (fieldCount > 7) elisionIndex = reader.v();
    for (let field = 8; field < fieldCount; field += 1) reader.v();
    if (count <= 0 || count > 256 - codes.length) throw refuse(`a run of ${count} frame codes`);
    for (let offset = 0; offset < count;) {
      // 'N' begins start codes and can begin no frame; it does not count in a run.
      if (codes.length === BYTE_N) {
        codes.push(INVALID_CODE);
        continue;
      }
      codes.push({ flags, ptsDelta, sizeMultiplier, sizeLsb: sizeLsb + offset, reservedCount, elisionIndex });
      offset += 1;
    }
    if (codes.length === BYTE_N) codes.push(INVALID_CODE);
  }
  return codes;
}

/** @throws what `refuse` makes of anything but raw RGBA video */
export function readVideoHeader(reader: NutReader, refuse: (detail: string) => Error): NutVideoHeader {
  reader.v(); // stream id, the only one
  if (reader.v() !== 0) throw refuse('a stream that is no video');
  const tag = String.fromCharCode(...reader.take(reader.v()));
  if (tag !== 'RGBA') throw refuse(`pixels of format "${tag}"`);
  reader.v(); // time base, the only one
  const msbPtsShift = reader.v();
  if (msbPtsShift > 16) throw refuse(`a timestamp shift of ${msbPtsShift}`);
  reader.v(); // max_pts_distance
  reader.v(); // decode delay
  reader.v(); // stream flags
  reader.skip(reader.v()); // codec's own data
  const width = reader.v();
  const height = reader.v();
  if (width === 0 || height === 0) throw refuse(`a picture of ${width}x${height}`);
  return { width, height, msbPtsShift };
}
