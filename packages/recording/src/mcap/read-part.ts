import { McapIndexedReader, type McapTypes } from '@mcap/core';
import { OPCODE } from './opcodes.js';
import { errorMessage } from '@kinegraph/core/plugin';
import { RecordingCompressedError, RecordingDamagedError } from '../errors.js';
import { innerRecords, readChunk, readInner, readMetadata, readRecords, type RandomAccess } from './records.js';

/** A message as it lies in a file. */
export interface StoredMessage {
  readonly topic: string;
  /** The name of its schema; empty where it has none. */
  readonly schema: string;
  readonly encoding: string;
  readonly logTime: bigint;
  readonly data: Uint8Array;
}

/** A topic of a part. */
export interface TopicInfo {
  readonly topic: string;
  readonly schema: string;
  readonly messages: number;
}

/** One file of a recording. */
export interface PartReader {
  readonly path: string;
  /** False for a part that was never completed: read up to where it breaks off. */
  readonly isComplete: boolean;
  /** Facts from its beginning, by name. */
  readonly metadata: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly topics: readonly TopicInfo[];
  /** Of the first message, in nanoseconds since 1970. Undefined where there is none. */
  readonly startTime: bigint | undefined;
  /**
   * The messages of a topic in their order. Data stay valid.
   * @throws RecordingDamagedError after all that could be read
   */
  messages(topic: string): AsyncGenerator<StoredMessage>;
}

/**
 * Opens a part by its index, or where it has none by looking through it.
 * @throws NotARecordingError, RecordingDamagedError, RecordingCompressedError
 */
export async function openPart(file: RandomAccess): Promise<PartReader> {
  try {
    const reader = await indexedReader(file);
    if (reader !== undefined) return await openByIndex(file, reader);
  } catch (error) {
    if (error instanceof RecordingCompressedError) throw error;
  }
  return await openByScan(file); // says what is wrong, if anything is
}

/** Undefined for a file with messages outside of chunks, which an index does not tell of. @throws Error where there is no index */
async function indexedReader(file: RandomAccess): Promise<McapIndexedReader | undefined> {
  const readable = {
    size: async () => BigInt(await file.size()),
    read: async (offset: bigint, length: bigint) => await file.read(Number(offset), Number(length)),
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const counted = reader.statistics?.messageCount;
  return reader.chunkIndexes.length === 0 && counted !== 0n ? undefined : reader;
}

async function openByIndex(file: RandomAccess, reader: McapIndexedReader): Promise<PartReader> {
  const { path } = file;
  for (const { compression } of reader.chunkIndexes)
    if (compression !== '') throw new RecordingCompressedError({ path, compression });
  const metadata = new Map<string, ReadonlyMap<string, string>>();
  for await (const record of reader.readMetadata()) metadata.set(record.name, record.metadata);
  const schemaOf = (channel: McapTypes.Channel): string => reader.schemasById.get(channel.schemaId)?.name ?? '';
  const counts = reader.statistics?.channelMessageCounts;
  return {
    path,
    isComplete: true,
    metadata,
    topics: [...reader.channelsById.values()].map((channel) => ({
      topic: channel.topic,
      schema: schemaOf(channel),
      messages: Number(counts?.get(channel.id) ?? 0n),
    })),
    startTime: earliest(reader.chunkIndexes.map(({ messageStartTime }) => messageStartTime)),
    async *messages(topic) {
      try {
        for await (const { channelId, logTime, data } of reader.readMessages({ topics: [topic], validateCrcs: true })) {
          const channel = reader.channelsById.get(channelId);
          if (channel === undefined) continue;
          yield { topic, schema: schemaOf(channel), encoding: channel.messageEncoding, logTime, data };
        }
      } catch (cause) {
        throw new RecordingDamagedError({ path, reason: errorMessage(cause) }, { cause });
      }
    },
  };
}

async function openByScan(file: RandomAccess): Promise<PartReader> {
  const metadata = new Map<string, ReadonlyMap<string, string>>();
  const topics = new Map<string, TopicInfo>();
  let startTime: bigint | undefined;
  let isComplete = false;
  try {
    for await (const record of readRecords(file)) {
      if (record.opcode === OPCODE.FOOTER) isComplete = true;
      if (record.opcode !== OPCODE.METADATA) continue;
      const { name, metadata: facts } = readMetadata(record.content, file.path);
      metadata.set(name, facts);
    }
    for await (const { topic, schema, logTime } of scanMessages(file)) {
      const key = JSON.stringify([topic, schema]);
      topics.set(key, { topic, schema, messages: (topics.get(key)?.messages ?? 0) + 1 });
      startTime = startTime === undefined || logTime < startTime ? logTime : startTime;
    }
  } catch (error) {
    if (!(error instanceof RecordingDamagedError)) throw error; // told when its messages are read, after those before it
  }
  return {
    path: file.path,
    isComplete,
    metadata,
    topics: [...topics.values()],
    startTime,
    async *messages(topic) {
      for await (const message of scanMessages(file)) if (message.topic === topic) yield message;
    },
  };
}

/** All messages in the order of the file, up to where it breaks off. @throws RecordingDamagedError */
async function* scanMessages(file: RandomAccess): AsyncGenerator<StoredMessage> {
  const schemas = new Map<number, string>();
  const channels = new Map<number, McapTypes.Channel>();
  const { path } = file;
  for await (const record of readRecords(file)) {
    if (record.opcode === OPCODE.DATA_END) return; // what follows repeats
    const one = readInner(record.opcode, record.content, path);
    const inner =
      record.opcode === OPCODE.CHUNK
        ? innerRecords(readChunk(record, path).records, path)
        : one === undefined
          ? []
          : [one];
    for (const item of inner) {
      if (item.kind === 'schema') schemas.set(item.schema.id, item.schema.name);
      else if (item.kind === 'channel') channels.set(item.channel.id, item.channel);
      else {
        const { channelId, logTime, data } = item.message;
        const channel = channels.get(channelId);
        if (channel === undefined) throw new RecordingDamagedError({ path, reason: `no channel ${channelId}` });
        const schema = schemas.get(channel.schemaId) ?? '';
        yield { topic: channel.topic, schema, encoding: channel.messageEncoding, logTime, data };
      }
    }
  }
}

function earliest(times: readonly bigint[]): bigint | undefined {
  let first: bigint | undefined;
  for (const time of times) if (first === undefined || time < first) first = time;
  return first;
}
