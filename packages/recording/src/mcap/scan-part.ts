import { McapChunkBuilder, McapRecordBuilder } from '@mcap/core';
import { OPCODE } from './opcodes.js';
import { ForeignRecordingError, RecordingDamagedError } from '../errors.js';
import { chunkBytes } from './chunk-bytes.js';
import { PartIndex } from './part-index.js';
import { requireKnownFormat } from './recording-format.js';
import { innerRecords, readChunk, readMetadata, readRecords, type RandomAccess, type RawRecord } from './records.js';

/** What a part holds, and what makes a complete file of it: `keepBytes` of the file, then `bytes`, then the index's tail. */
export interface ScannedPart {
  readonly index: PartIndex;
  readonly keepBytes: number;
  readonly bytes: Uint8Array;
  /** The file has its end already: nothing is to be done. */
  readonly isComplete: boolean;
}

/**
 * Reads a part of ours up to its last whole, sound chunk.
 * @param library - what a file that has lost even its beginning says of its writer.
 * @throws NotARecordingError, RecordingVersionError, ForeignRecordingError, RecordingCompressedError
 */
export async function scanPart(file: RandomAccess, library: string): Promise<ScannedPart> {
  const scan = new PartScan(file.path);
  for await (const record of readRecords(file)) if (!scan.take(record)) break;
  return scan.finish(library);
}

class PartScan {
  readonly #index = new PartIndex();
  #keepBytes = 0;
  /** The message indexes of the last chunk: they are written again, since they may be cut. */
  #bytes = new Uint8Array();
  #isComplete = false;

  constructor(private readonly path: string) {}

  /** False: it is damaged, or the beginning of what is; nothing behind it can be trusted. */
  take(record: RawRecord): boolean {
    try {
      return this.#take(record);
    } catch (error) {
      if (error instanceof RecordingDamagedError) return false;
      throw error;
    }
  }

  #take(record: RawRecord): boolean {
    switch (record.opcode) {
      case OPCODE.HEADER:
        this.#index.append(magicBytes());
        this.#keep(record);
        return true;
      case OPCODE.METADATA:
        this.#takeMetadata(record);
        return true;
      case OPCODE.CHUNK:
        this.#takeChunk(record);
        return true;
      case OPCODE.FOOTER:
        this.#isComplete = true;
        return true;
      case OPCODE.SCHEMA:
      case OPCODE.CHANNEL:
      case OPCODE.MESSAGE_INDEX:
      case OPCODE.CHUNK_INDEX:
      case OPCODE.STATISTICS:
      case OPCODE.METADATA_INDEX:
      case OPCODE.SUMMARY_OFFSET:
      case OPCODE.DATA_END:
        return true; // made anew of the chunks
      default:
        return false;
    }
  }

  finish(library: string): ScannedPart {
    if (this.#index.end > 0)
      return {
        index: this.#index,
        keepBytes: this.#keepBytes,
        bytes: this.#bytes,
        isComplete: this.#isComplete,
      };
    const builder = new McapRecordBuilder(); // cut in its very beginning
    builder.writeMagic();
    builder.writeHeader({ profile: '', library });
    const bytes = builder.buffer.slice();
    this.#index.append(bytes);
    return { index: this.#index, keepBytes: 0, bytes, isComplete: false };
  }

  #takeMetadata(record: RawRecord): void {
    const { name, metadata } = readMetadata(record.content, this.path);
    requireKnownFormat(this.path, name, metadata);
    this.#index.addMetadata({ offset: BigInt(record.offset), length: BigInt(record.bytes.byteLength), name });
    this.#keep(record);
  }

  #keep(record: RawRecord): void {
    this.#expectAt(record);
    this.#index.append(record.bytes);
    this.#keepBytes = this.#index.end;
  }

  #takeChunk(record: RawRecord): void {
    this.#expectAt(record);
    const { records } = readChunk(record, this.path);
    const builder = new McapChunkBuilder({});
    const inners = [...innerRecords(records, this.path)]; // all are sound before any is taken
    for (const inner of inners) {
      if (inner.kind === 'message') builder.addMessage(inner.message);
      else if (inner.kind === 'channel') builder.addChannel(inner.channel);
      else builder.addSchema(inner.schema);
    }
    for (const inner of inners) {
      if (inner.kind === 'channel') this.#index.addChannel(inner.channel);
      else if (inner.kind === 'schema') this.#index.addSchema(inner.schema);
    }
    const { messageStartTime, messageEndTime, indices } = builder;
    const content = { records, messageStartTime, messageEndTime, indexes: indices };
    const { bytes, chunk } = chunkBytes(content, record.offset);
    this.#index.addChunk(chunk, bytes);
    this.#keepBytes = record.offset + record.bytes.byteLength;
    this.#bytes = bytes.slice(record.bytes.byteLength);
  }

  /** Between the records of ours lies nothing else. */
  #expectAt({ offset }: RawRecord): void {
    if (offset !== this.#index.end) throw new ForeignRecordingError({ path: this.path, at: this.#index.end });
  }
}

function magicBytes(): Uint8Array {
  const builder = new McapRecordBuilder();
  builder.writeMagic();
  return builder.buffer.slice();
}
