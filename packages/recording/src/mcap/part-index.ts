import { McapRecordBuilder, type McapTypes } from '@mcap/core';
import { portableChecksum } from './checksum.js';
import { OPCODE } from './opcodes.js';
import type { TopicInfo } from './read-part.js';

/** A chunk that is in the file, with its message indexes. */
export interface WrittenChunk {
  readonly index: McapTypes.ChunkIndex;
  /** Messages by channel. */
  readonly counts: ReadonlyMap<number, number>;
}

/** What is in a part, without its messages. */
export interface PartContents {
  readonly topics: readonly TopicInfo[];
  /** Of the first and the last message, in nanoseconds since 1970. Undefined where there is none. */
  readonly startTime: bigint | undefined;
  readonly endTime: bigint | undefined;
}

/** The data section up to a place in the file. */
interface Mark {
  readonly end: number;
  /** Of all bytes up to `end`. */
  readonly crc: number;
}

/**
 * What a part holds so far, and the bytes that make a complete file of it. Whoever writes and whoever mends a part keep one,
 * so a mended part is what the writer would have made of it.
 */
export class PartIndex {
  readonly #schemas = new Map<number, McapTypes.Schema>();
  readonly #channels = new Map<number, McapTypes.Channel>();
  readonly #metadata: McapTypes.MetadataIndex[] = [];
  readonly #chunks: { readonly chunk: WrittenChunk; readonly before: Mark }[] = [];
  #mark: Mark = { end: 0, crc: 0 };

  constructor(private readonly checksum = portableChecksum) {}

  /** Where the data section ends, in bytes from the start of the file. */
  get end(): number {
    return this.#mark.end;
  }

  get chunkCount(): number {
    return this.#chunks.length;
  }

  get messageCount(): number {
    return this.#chunks.reduce((sum, { chunk }) => sum + sumOf(chunk.counts.values()), 0);
  }

  /** What the part holds so far. */
  contents(): PartContents {
    const { channelMessageCounts, messageCount, messageStartTime, messageEndTime } = this.#statistics();
    const topics = [...this.#channels.values()].map(({ id, topic, schemaId, metadata }) => ({
      topic,
      schema: this.#schemas.get(schemaId)?.name ?? '',
      messages: Number(channelMessageCounts.get(id) ?? 0n),
      isLossy: metadata.get('lossy') === 'true',
    }));
    const [startTime, endTime] = messageCount === 0n ? [undefined, undefined] : [messageStartTime, messageEndTime];
    return { topics, startTime, endTime };
  }

  /** More bytes of the data section have been written. */
  append(bytes: Uint8Array): void {
    this.#mark = { end: this.#mark.end + bytes.byteLength, crc: this.checksum(bytes, this.#mark.crc) };
  }

  addSchema(schema: McapTypes.Schema): void {
    this.#schemas.set(schema.id, schema);
  }

  addChannel(channel: McapTypes.Channel): void {
    this.#channels.set(channel.id, channel);
  }

  addMetadata(index: McapTypes.MetadataIndex): void {
    this.#metadata.push(index);
  }

  /** @param bytes - the chunk's record and those of its message indexes; they begin at `end`. */
  addChunk(chunk: WrittenChunk, bytes: Uint8Array): void {
    this.#chunks.push({ chunk, before: this.#mark });
    this.append(bytes);
  }

  /** Takes the last chunk out again: there is no room for the end of the file behind it. Undefined: there is none. */
  dropLastChunk(): WrittenChunk | undefined {
    const last = this.#chunks.pop();
    if (last !== undefined) this.#mark = last.before;
    return last?.chunk;
  }

  /** What makes a complete file when it is written at `end`: the end of the data, the summary, the footer. */
  tail(): Uint8Array {
    const builder = new McapRecordBuilder();
    builder.writeDataEnd({ dataSectionCrc: this.#mark.crc });
    const summaryAt = builder.length;
    const summaryStart = BigInt(this.end + summaryAt);
    const groups: McapTypes.SummaryOffset[] = [];
    const group = (groupOpcode: number, write: () => void): void => {
      const at = builder.length;
      write();
      if (builder.length > at)
        groups.push({
          groupOpcode,
          groupStart: BigInt(this.end + at),
          groupLength: BigInt(builder.length - at),
        });
    };
    group(OPCODE.SCHEMA, () => this.#schemas.forEach((schema) => builder.writeSchema(schema)));
    group(OPCODE.CHANNEL, () => this.#channels.forEach((channel) => builder.writeChannel(channel)));
    group(OPCODE.STATISTICS, () => builder.writeStatistics(this.#statistics()));
    group(OPCODE.METADATA_INDEX, () => this.#metadata.forEach((index) => builder.writeMetadataIndex(index)));
    group(OPCODE.CHUNK_INDEX, () => this.#chunks.forEach(({ chunk }) => builder.writeChunkIndex(chunk.index)));
    const summaryOffsetStart = BigInt(this.end + builder.length);
    for (const offset of groups) builder.writeSummaryOffset(offset);
    builder.writeFooter({ summaryStart, summaryOffsetStart, summaryCrc: 0 });
    const FOOTER_CRC_BYTES = 4; // the sum covers the footer up to itself
    const summed = builder.buffer.subarray(summaryAt, builder.length - FOOTER_CRC_BYTES);
    const summaryCrc = this.checksum(summed, 0);
    builder.writeMagic();
    const tail = builder.buffer.slice();
    const MAGIC_BYTES = 8;
    new DataView(tail.buffer).setUint32(tail.byteLength - MAGIC_BYTES - FOOTER_CRC_BYTES, summaryCrc, true);
    return tail;
  }

  #statistics(): McapTypes.Statistics {
    const counts = new Map<number, bigint>();
    let [start, end]: [bigint | undefined, bigint] = [undefined, 0n];
    for (const { chunk } of this.#chunks) {
      for (const [channel, count] of chunk.counts) counts.set(channel, (counts.get(channel) ?? 0n) + BigInt(count));
      const { messageStartTime, messageEndTime } = chunk.index;
      if (start === undefined || messageStartTime < start) start = messageStartTime;
      if (messageEndTime > end) end = messageEndTime;
    }
    return {
      messageCount: BigInt(this.messageCount),
      schemaCount: this.#schemas.size,
      channelCount: this.#channels.size,
      attachmentCount: 0,
      metadataCount: this.#metadata.length,
      chunkCount: this.#chunks.length,
      messageStartTime: start ?? 0n,
      messageEndTime: end,
      channelMessageCounts: counts,
    };
  }
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
