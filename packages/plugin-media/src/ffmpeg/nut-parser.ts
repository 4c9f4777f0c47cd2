import { PendingFrame } from '../decoder/byte-parser.js';
import type { ByteParser, ParserEvents } from '../decoder/byte-parser.js';
import { DecoderGarbageError } from '../decoder/errors.js';
import { FrameFlag, readMainHeader, readVideoHeader } from './nut-headers.js';
import type { NutMainHeader, NutVideoHeader } from './nut-headers.js';
import { NEED_MORE_BYTES, NutReader } from './nut-reader.js';

const FILE_ID = new TextEncoder().encode('nut/multimedia container\0');
const BYTE_N = 0x4e;
const MAIN = 0x4e4d7a561f5f04adn;
const STREAM = 0x4e5311405bf2f9dbn;
const SYNCPOINT = 0x4e4be4adeeca4569n;
const INDEX = 0x4e58dd672f23e64en;
const INFO = 0x4e49ab68b596ba78n;
const START_CODES = new Set([MAIN, STREAM, SYNCPOINT, INDEX, INFO]);

/** Everything between two frames together; a header that is larger is none that ffmpeg writes for us. */
const SCRATCH_BYTES = 64 * 1024;
/** Read at once while a header is expected. Small, because what belongs to the next frame's pixels has to be copied. */
const HEADER_READ_BYTES = 512;

/**
 * Reads what `ffmpeg -c:v rawvideo -pix_fmt rgba -f nut` writes: one stream of raw frames with exact timestamps. NUT is
 * used because it is the one container of ffmpeg that carries raw pixels with timestamps of any resolution over a pipe.
 * Checksums are not verified (both ends are on one machine); every structural field is.
 *
 * @see https://git.ffmpeg.org/gitweb/nut.git/blob_plain/HEAD:/docs/nut.txt
 */
export class NutParser implements ByteParser {
  readonly #scratch = new Uint8Array(SCRATCH_BYTES);
  #scratchFilled = 0;
  #idSeen = false;
  #main: NutMainHeader | undefined;
  #video: NutVideoHeader | undefined;
  #lastPts = 0;
  #frame: PendingFrame | undefined;

  constructor(
    private readonly events: ParserEvents,
    private readonly driver: string = 'ffmpeg',
  ) {}

  get atBoundary(): boolean {
    return this.#frame === undefined && this.#scratchFilled === 0;
  }

  target(): Uint8Array {
    if (this.#frame !== undefined) return this.#frame.rest;
    return this.#scratch.subarray(
      this.#scratchFilled,
      Math.min(this.#scratchFilled + HEADER_READ_BYTES, SCRATCH_BYTES),
    );
  }

  commit(byteCount: number): void {
    if (this.#frame !== undefined) {
      this.#frame.advance(byteCount);
      this.#finishFrame();
      return;
    }
    this.#scratchFilled += byteCount;
    let consumed = 0;
    while (consumed < this.#scratchFilled) {
      const step = this.#parseElement(this.#scratch.subarray(consumed, this.#scratchFilled));
      if (step === 0) break;
      consumed += step;
    }
    this.#scratch.copyWithin(0, consumed, this.#scratchFilled);
    this.#scratchFilled -= consumed;
    if (this.#scratchFilled === SCRATCH_BYTES) throw this.#garbage(`a header of more than ${SCRATCH_BYTES} bytes`);
  }

  abandon(): void {
    this.#frame?.release();
    this.#frame = undefined;
  }

  /** Handles one element at the start of `bytes`. Returns how many bytes it took, 0 when more are needed. */
  #parseElement(bytes: Uint8Array): number {
    const reader = new NutReader(bytes, this.#garbage);
    try {
      if (!this.#idSeen) this.#readFileId(reader);
      else if (reader.peek() === BYTE_N) this.#readPacket(reader);
      else this.#readFrame(reader);
    } catch (error) {
      if (error === NEED_MORE_BYTES) return 0;
      throw error;
    }
    if (this.#frame === undefined) return reader.position;
    const copied = this.#frame.take(bytes.subarray(reader.position));
    this.#finishFrame();
    return reader.position + copied;
  }

  #readFileId(reader: NutReader): void {
    for (const expected of FILE_ID) {
      if (reader.u8() !== expected) throw this.#garbage('no NUT stream');
    }
    this.#idSeen = true;
  }

  #readPacket(reader: NutReader): void {
    let startcode = 0n;
    for (const byte of reader.take(8)) startcode = startcode * 256n + BigInt(byte);
    if (!START_CODES.has(startcode)) throw this.#garbage('an unknown start code');
    const size = reader.v(); // up to and with the checksum at the packet's end
    if (size < 4) throw this.#garbage(`a packet of ${size} bytes`);
    if (size > 4096) reader.skip(4); // the header's own checksum
    const body = reader.take(size);
    const inner = new NutReader(body, this.#garbage);
    try {
      this.#readPacketBody(startcode, inner, size - 4);
    } catch (error) {
      // The packet is whole, so what it lacks never comes.
      throw error === NEED_MORE_BYTES ? this.#garbage('a packet that is shorter than its contents') : error;
    }
  }

  #readPacketBody(startcode: bigint, reader: NutReader, end: number): void {
    if (startcode === MAIN) this.#main = readMainHeader(reader, end, this.#garbage);
    else if (startcode === STREAM) this.#video = readVideoHeader(reader, this.#garbage);
    else if (startcode === SYNCPOINT) this.#lastPts = reader.v(); // with one time base the value is the time itself
    // What the others say (titles, an index) is of no use to us.
  }

  #readFrame(reader: NutReader): void {
    const main = this.#main;
    const video = this.#video;
    if (main === undefined || video === undefined) throw this.#garbage('a frame before the headers');
    const code = main.frameCodes[reader.u8()];
    if (code === undefined) throw this.#garbage('an unknown frame code');
    let flags = code.flags;
    if ((flags & FrameFlag.invalid) !== 0) throw this.#garbage('an invalid frame code');
    if ((flags & FrameFlag.coded) !== 0) flags ^= reader.v();
    if ((flags & FrameFlag.streamId) !== 0 && reader.v() !== 0) throw this.#garbage('a frame of another stream');
    const pts =
      (flags & FrameFlag.codedPts) !== 0
        ? fullPts(reader.v(), this.#lastPts, video.msbPtsShift)
        : this.#lastPts + code.ptsDelta;
    const size = code.sizeLsb + ((flags & FrameFlag.sizeMsb) !== 0 ? code.sizeMultiplier * reader.v() : 0);
    if ((flags & FrameFlag.matchTime) !== 0) reader.s();
    let elisionIndex = (flags & FrameFlag.elisionIndex) !== 0 ? reader.v() : code.elisionIndex;
    const reservedCount = (flags & FrameFlag.reserved) !== 0 ? reader.v() : code.reservedCount;
    for (let index = 0; index < reservedCount; index += 1) reader.v();
    if ((flags & FrameFlag.checksum) !== 0) reader.skip(4);
    if ((flags & FrameFlag.sideData) !== 0) throw this.#garbage('a frame with side data');
    if ((flags & FrameFlag.endOfRelevance) !== 0 && size === 0) return;
    if (size !== video.width * video.height * 4) {
      throw this.#garbage(`a frame of ${size} bytes where ${video.width}x${video.height} pixels were announced`);
    }
    if (size > 4096) elisionIndex = 0; // the format elides nothing from larger frames
    const elided = main.elisions[elisionIndex];
    if (elided === undefined) throw this.#garbage(`elision header ${elisionIndex}`);
    this.#lastPts = pts;
    const timestampMs = (pts * 1000 * main.timeBase.numerator) / main.timeBase.denominator;
    this.#frame = new PendingFrame({ timestampMs, width: video.width, height: video.height }, this.events);
    this.#frame.take(elided);
  }

  #finishFrame(): void {
    if (this.#frame?.isWhole !== true) return;
    const frame = this.#frame.finish();
    this.#frame = undefined;
    this.events.onFrame(frame);
  }

  readonly #garbage = (detail: string): DecoderGarbageError => new DecoderGarbageError({ driver: this.driver, detail });
}

/** Frames mostly carry only the low bits of their time; the rest is that of the last frame, whichever is nearer. */
function fullPts(coded: number, lastPts: number, msbPtsShift: number): number {
  const range = 2 ** msbPtsShift;
  if (coded >= range) return coded - range;
  const base = lastPts - Math.floor((range - 1) / 2);
  const offset = (coded - base) % range;
  return base + (offset < 0 ? offset + range : offset);
}
