import { McapRecordBuilder, type McapTypes } from '@mcap/core';
import { portableChecksum } from './checksum.js';
import type { WrittenChunk } from './part-index.js';

/** The records of a chunk, before it has a place in a file. */
export interface ChunkContent {
  readonly records: Uint8Array;
  readonly messageStartTime: bigint;
  readonly messageEndTime: bigint;
  readonly indexes: Iterable<McapTypes.MessageIndex>;
}

/**
 * The bytes of an uncompressed chunk followed by its message indexes, and how the summary tells of them.
 * @param offset - where in the file they will stand.
 * @param builder - to be used again for the next chunk: it has grown to what a chunk takes.
 */
export function chunkBytes(
  content: ChunkContent,
  offset: number,
  builder = new McapRecordBuilder(),
  checksum = portableChecksum,
): { bytes: Uint8Array; chunk: WrittenChunk } {
  const { records, messageStartTime, messageEndTime, indexes } = content;
  builder.reset();
  const size = BigInt(records.byteLength);
  const chunkLength = builder.writeChunk({
    messageStartTime,
    messageEndTime,
    uncompressedSize: size,
    uncompressedCrc: checksum(records, 0),
    compression: '',
    records,
  });
  const { offsets, counts, length } = writeIndexes(builder, indexes, offset + builder.length);
  return {
    bytes: builder.buffer.slice(),
    chunk: {
      counts,
      index: {
        messageStartTime,
        messageEndTime,
        chunkStartOffset: BigInt(offset),
        chunkLength,
        messageIndexOffsets: offsets,
        messageIndexLength: length,
        compression: '',
        compressedSize: size,
        uncompressedSize: size,
      },
    },
  };
}

function writeIndexes(
  builder: McapRecordBuilder,
  indexes: Iterable<McapTypes.MessageIndex>,
  offset: number,
): { offsets: Map<number, bigint>; counts: Map<number, number>; length: bigint } {
  const offsets = new Map<number, bigint>();
  const counts = new Map<number, number>();
  let length = 0n;
  for (const index of indexes) {
    if (index.records.length === 0) continue; // a channel that is defined in the chunk and has no message there
    offsets.set(index.channelId, BigInt(offset) + length);
    counts.set(index.channelId, index.records.length);
    length += builder.writeMessageIndex(index);
  }
  return { offsets, counts, length };
}
