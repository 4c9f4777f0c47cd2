import { McapChunkBuilder, McapRecordBuilder } from '@mcap/core';
import type { RecordingSchema } from '../codec/schemas.js';
import { portableChecksum } from './checksum.js';
import { chunkBytes } from './chunk-bytes.js';
import { PartIndex } from './part-index.js';

/** A topic with all messages of one kind; one object stands for the same channel in every part. */
export interface RecordingChannel {
  readonly topic: string;
  readonly schema: RecordingSchema;
  readonly metadata: Readonly<Record<string, string>>;
}

/** One message, ready to be written. */
export interface RecordingMessage {
  readonly channel: RecordingChannel;
  /** Nanoseconds since 1970. */
  readonly logTime: bigint;
  readonly data: Uint8Array;
}

/** Facts that stand at the beginning of a part, by name of the metadata record. */
export type RecordingMetadata = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Bytes of a message in a chunk besides its data, and of its entry in the index. */
const MESSAGE_OVERHEAD = 47;

/** Makes the bytes of one part, chunk by chunk; each call's bytes follow those of the one before. Knows no file. */
export class PartEncoder {
  readonly index: PartIndex;
  readonly #chunk = new McapChunkBuilder({});
  readonly #builder = new McapRecordBuilder();
  readonly #schemaIds = new Map<RecordingSchema, number>();
  readonly #channels = new Map<RecordingChannel, { readonly id: number; count: number }>();

  constructor(private readonly checksum = portableChecksum) {
    this.index = new PartIndex(checksum);
  }

  /** The beginning of the file. */
  begin(library: string, metadata: RecordingMetadata): Uint8Array {
    const builder = new McapRecordBuilder();
    builder.writeMagic();
    builder.writeHeader({ profile: '', library });
    for (const [name, facts] of Object.entries(metadata)) {
      const offset = BigInt(builder.length);
      const length = builder.writeMetadata({ name, metadata: new Map(Object.entries(facts)) });
      this.index.addMetadata({ offset, length, name });
    }
    const bytes = builder.buffer.slice();
    this.index.append(bytes);
    return bytes;
  }

  /** Bytes of the chunk at hand. */
  get pendingBytes(): number {
    return this.#chunk.byteLength;
  }

  /** Messages of the chunk at hand. */
  get pendingCount(): number {
    return this.#chunk.numMessages;
  }

  /** Bytes that the message will take. */
  static bytesOf({ data }: RecordingMessage): number {
    return data.byteLength + MESSAGE_OVERHEAD;
  }

  add({ channel, logTime, data }: RecordingMessage): void {
    const known = this.#channels.get(channel) ?? this.#define(channel);
    this.#chunk.addMessage({ channelId: known.id, sequence: known.count, logTime, publishTime: logTime, data });
    known.count = (known.count + 1) % 2 ** 32; // a u32 in the file
  }

  /** Ends the chunk at hand. Undefined where nothing is in it. */
  takeChunk(): Uint8Array | undefined {
    if (this.#chunk.numMessages === 0) return undefined;
    const { messageStartTime, messageEndTime, indices } = this.#chunk;
    const content = { records: this.#chunk.buffer, messageStartTime, messageEndTime, indexes: indices };
    const { bytes, chunk } = chunkBytes(content, this.index.end, this.#builder, this.checksum);
    this.index.addChunk(chunk, bytes);
    this.#chunk.reset();
    return bytes;
  }

  /** The channel that an id of this part stands for. */
  channelOf(id: number): RecordingChannel | undefined {
    for (const [channel, known] of this.#channels) if (known.id === id) return channel;
    return undefined;
  }

  #define(channel: RecordingChannel): { readonly id: number; count: number } {
    const { schema, topic, metadata } = channel;
    let schemaId = this.#schemaIds.get(schema);
    if (schemaId === undefined) {
      schemaId = this.#schemaIds.size + 1; // 0 means none
      this.#schemaIds.set(schema, schemaId);
      const { name, encoding, data } = schema;
      const record = { id: schemaId, name, encoding, data };
      this.#chunk.addSchema(record);
      this.index.addSchema(record);
    }
    const known = { id: this.#channels.size, count: 0 };
    this.#channels.set(channel, known);
    const { messageEncoding } = schema;
    const record = {
      id: known.id,
      schemaId,
      topic,
      messageEncoding,
      metadata: new Map(Object.entries(metadata)),
    };
    this.#chunk.addChannel(record);
    this.index.addChannel(record);
    return known;
  }
}
