import { PendingFrame } from './byte-parser.js';
import type { ByteParser, ParserEvents } from './byte-parser.js';
import { DecoderGarbageError } from './errors.js';
import { isNote, MAX_NOTE_BYTES, RECORD_HEADER_BYTES, RECORD_MAGIC, RecordKind } from './frame-record.js';
import type { DecoderNote } from './frame-record.js';

/** Reads records; every field that can be wrong is checked, because a child that went mad must be noticed. */
export class FrameProtocolParser implements ByteParser {
  readonly #header = new Uint8Array(RECORD_HEADER_BYTES);
  #headerFilled = 0;
  #frame: PendingFrame | undefined;
  #note: { readonly body: Uint8Array; filled: number } | undefined;

  constructor(
    private readonly events: ParserEvents & { onNote(note: DecoderNote): void },
    private readonly driver: string = 'node-av',
  ) {}

  get atBoundary(): boolean {
    return this.#headerFilled === 0 && this.#frame === undefined && this.#note === undefined;
  }

  target(): Uint8Array {
    if (this.#frame !== undefined) return this.#frame.rest;
    if (this.#note !== undefined) return this.#note.body.subarray(this.#note.filled);
    return this.#header.subarray(this.#headerFilled);
  }

  commit(byteCount: number): void {
    if (this.#frame !== undefined) {
      this.#frame.advance(byteCount);
      if (!this.#frame.isWhole) return;
      const frame = this.#frame.finish();
      this.#frame = undefined;
      this.events.onFrame(frame);
    } else if (this.#note !== undefined) {
      this.#note.filled += byteCount;
      if (this.#note.filled < this.#note.body.length) return;
      const { body } = this.#note;
      this.#note = undefined;
      this.events.onNote(this.#parseNote(body));
    } else {
      this.#headerFilled += byteCount;
      if (this.#headerFilled < RECORD_HEADER_BYTES) return;
      this.#headerFilled = 0;
      this.#begin();
    }
  }

  abandon(): void {
    this.#frame?.release();
    this.#frame = undefined;
  }

  #begin(): void {
    const view = new DataView(this.#header.buffer);
    if (view.getUint32(0, true) !== RECORD_MAGIC) throw this.#garbage('a record without its magic number');
    const kind = view.getUint32(4, true);
    const bodyBytes = view.getUint32(24, true);
    if (kind === RecordKind.note) {
      if (bodyBytes === 0 || bodyBytes > MAX_NOTE_BYTES) throw this.#garbage(`a note of ${bodyBytes} bytes`);
      this.#note = { body: new Uint8Array(bodyBytes), filled: 0 };
      return;
    }
    if (kind !== RecordKind.frame) throw this.#garbage(`a record of unknown kind ${kind}`);
    const timestampMs = view.getFloat64(8, true);
    const width = view.getUint32(16, true);
    const height = view.getUint32(20, true);
    if (!Number.isFinite(timestampMs)) throw this.#garbage(`a timestamp of ${timestampMs}`);
    if (width === 0 || height === 0 || bodyBytes !== width * height * 4) {
      throw this.#garbage(`a frame of ${width}x${height} with ${bodyBytes} bytes`);
    }
    this.#frame = new PendingFrame({ timestampMs, width, height }, this.events);
  }

  #parseNote(body: Uint8Array): DecoderNote {
    let note: unknown;
    try {
      note = JSON.parse(new TextDecoder().decode(body));
    } catch {
      throw this.#garbage('a note that is no JSON');
    }
    if (isNote(note)) return note;
    throw this.#garbage('a note of unknown type');
  }

  #garbage(detail: string): DecoderGarbageError {
    return new DecoderGarbageError({ driver: this.driver, detail });
  }
}
