import { crc32 } from '@foxglove/crc';
import { MCAP_MAGIC, type McapTypes } from '@mcap/core';
import { OPCODE } from './opcodes.js';
import { NotARecordingError, RecordingCompressedError, RecordingDamagedError } from '../errors.js';

/** Bytes that can be read from anywhere in them: a file. */
export interface RandomAccess {
  /** For sentences. */
  readonly path: string;
  size(): Promise<number>;
  /** @returns fewer bytes than asked for only where the file ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** One whole record of a file. */
export interface RawRecord {
  readonly opcode: number;
  /** Where it begins. */
  readonly offset: number;
  /** All of it, with its opcode and its length. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

/** Opcode and length. */
const HEAD_BYTES = 9;
/** More than any record of a recording has; what says more is no record but noise. */
const MAX_RECORD_BYTES = 2 ** 30;

/**
 * The whole records of a file in their order, up to where it breaks off: the last one may be cut, or the rest may be zeroes.
 * @throws NotARecordingError - RECORDING_NOT_MCAP
 */
export async function* readRecords(file: RandomAccess): AsyncGenerator<RawRecord> {
  const size = await file.size();
  const magic = await file.read(0, MCAP_MAGIC.length);
  if (!magic.every((byte, at) => byte === MCAP_MAGIC[at])) throw new NotARecordingError({ path: file.path });
  let offset = MCAP_MAGIC.length;
  while (offset + HEAD_BYTES <= size) {
    const head = await file.read(offset, HEAD_BYTES);
    if (head.byteLength < HEAD_BYTES) return;
    const opcode = head[0] ?? 0;
    const contentLength = Number(viewOf(head).getBigUint64(1, true));
    if (opcode === 0 || contentLength > MAX_RECORD_BYTES || offset + HEAD_BYTES + contentLength > size) return;
    const bytes = await file.read(offset, HEAD_BYTES + contentLength);
    if (bytes.byteLength < HEAD_BYTES + contentLength) return;
    yield { opcode, offset, bytes, content: bytes.subarray(HEAD_BYTES) };
    if (opcode === OPCODE.FOOTER) return;
    offset += bytes.byteLength;
  }
}

/** A chunk's records, checked. */
export interface ChunkRecords {
  readonly messageStartTime: bigint;
  readonly messageEndTime: bigint;
  readonly records: Uint8Array;
}

/** @throws RecordingDamagedError, RecordingCompressedError */
export function readChunk({ content, offset }: RawRecord, path: string): ChunkRecords {
  const damaged = (what: string): Error =>
    new RecordingDamagedError({ path, reason: `the chunk at byte ${offset} ${what}` });
  const view = viewOf(content);
  const FIXED_BYTES = 32; // times, size, sum, length of the name
  if (content.byteLength < FIXED_BYTES) throw damaged('is too short');
  const sum = view.getUint32(24, true);
  const nameBytes = view.getUint32(28, true);
  const start = FIXED_BYTES + nameBytes + 8;
  if (start > content.byteLength) throw damaged('is too short');
  if (nameBytes > 0) {
    const compression = new TextDecoder().decode(content.subarray(FIXED_BYTES, FIXED_BYTES + nameBytes));
    throw new RecordingCompressedError({ path, compression });
  }
  const records = content.subarray(start);
  if (Number(view.getBigUint64(start - 8, true)) !== records.byteLength) throw damaged('contradicts its length');
  if (sum !== 0 && crc32(records) !== sum) throw damaged('does not match its checksum');
  return { messageStartTime: view.getBigUint64(0, true), messageEndTime: view.getBigUint64(8, true), records };
}

/** A record inside of a chunk, or outside of one in files of other programs. */
export type InnerRecord =
  | { readonly kind: 'schema'; readonly schema: McapTypes.Schema }
  | { readonly kind: 'channel'; readonly channel: McapTypes.Channel }
  | { readonly kind: 'message'; readonly message: McapTypes.Message };

/** The records of a chunk. Data are views of it. @throws RecordingDamagedError */
export function* innerRecords(records: Uint8Array, path: string): Generator<InnerRecord> {
  const view = viewOf(records);
  let offset = 0;
  while (offset < records.byteLength) {
    const length = offset + HEAD_BYTES > records.byteLength ? Infinity : Number(view.getBigUint64(offset + 1, true));
    const end = offset + HEAD_BYTES + length;
    if (end > records.byteLength) throw new RecordingDamagedError({ path, reason: 'a record in a chunk breaks off' });
    const record = readInner(records[offset] ?? 0, records.subarray(offset + HEAD_BYTES, end), path);
    if (record !== undefined) yield record;
    offset = end;
  }
}

/** Undefined for records of other kinds. @throws RecordingDamagedError */
export function readInner(opcode: number, content: Uint8Array, path: string): InnerRecord | undefined {
  try {
    const reader = new ContentReader(content);
    if (opcode === OPCODE.MESSAGE) return { kind: 'message', message: reader.message() };
    if (opcode === OPCODE.SCHEMA) return { kind: 'schema', schema: reader.schema() };
    if (opcode === OPCODE.CHANNEL) return { kind: 'channel', channel: reader.channel() };
    return undefined;
  } catch (cause) {
    throw new RecordingDamagedError({ path, reason: 'a record is too short' }, { cause });
  }
}

/** @throws RecordingDamagedError */
export function readMetadata(content: Uint8Array, path: string): McapTypes.Metadata {
  try {
    const reader = new ContentReader(content);
    return { name: reader.text(), metadata: reader.map() };
  } catch (cause) {
    throw new RecordingDamagedError({ path, reason: 'a metadata record is too short' }, { cause });
  }
}

class ContentReader {
  readonly #view: DataView;
  #offset = 0;

  constructor(private readonly content: Uint8Array) {
    this.#view = viewOf(content);
  }

  message(): McapTypes.Message {
    const [channelId, sequence] = [this.#u16(), this.#u32()];
    const [logTime, publishTime] = [this.#u64(), this.#u64()];
    return { channelId, sequence, logTime, publishTime, data: this.content.subarray(this.#offset) };
  }

  schema(): McapTypes.Schema {
    const [id, name, encoding] = [this.#u16(), this.text(), this.text()];
    return { id, name, encoding, data: this.#bytes(this.#u32()).slice() };
  }

  channel(): McapTypes.Channel {
    const [id, schemaId] = [this.#u16(), this.#u16()];
    const [topic, messageEncoding] = [this.text(), this.text()];
    return { id, schemaId, topic, messageEncoding, metadata: this.map() };
  }

  map(): Map<string, string> {
    const map = new Map<string, string>();
    for (const end = this.#u32() + this.#offset; this.#offset < end;) map.set(this.text(), this.text());
    return map;
  }

  text(): string {
    return new TextDecoder().decode(this.#bytes(this.#u32()));
  }

  #bytes(length: number): Uint8Array {
    if (this.#offset + length > this.content.byteLength) throw new RangeError('a record is too short');
    this.#offset += length;
    return this.content.subarray(this.#offset - length, this.#offset);
  }

  #u16(): number {
    this.#offset += 2;
    return this.#view.getUint16(this.#offset - 2, true);
  }

  #u32(): number {
    this.#offset += 4;
    return this.#view.getUint32(this.#offset - 4, true);
  }

  #u64(): bigint {
    this.#offset += 8;
    return this.#view.getBigUint64(this.#offset - 8, true);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
