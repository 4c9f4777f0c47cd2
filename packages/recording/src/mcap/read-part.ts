import { McapIndexedReader, type McapTypes } from '@mcap/core';
import { OPCODE } from './opcodes.js';
import { errorMessage } from '@kinegraph/core/plugin';
import { RecordingCompressedError, RecordingDamagedError, RecordingVersionError } from '../errors.js';
import type { PartContents } from './part-index.js';
import { requireKnownFormat } from './recording-format.js';
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
  /** Its frames came as pixels, and are not the same to the bit any more. */
  readonly isLossy: boolean;
}

/** One file of a recording. */
export interface PartReader extends PartContents {
  readonly path: string;
  /** False for a part that was never completed: read up to where it breaks off. */
  readonly isComplete: boolean;
  /** Facts from its beginning, by name. */
  readonly metadata: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What keeps the rest of it from being read. */
  readonly damage?: RecordingDamagedError;
  /**
   * The messages of a topic in their order. Data stay valid.
   * @throws RecordingDamagedError after all that could be read
   */
  messages(topic: string): AsyncGenerator<StoredMessage>;
}

/**
 * Facts from the beginning of a part, by the name of their record; undefined where there are none of that name. Reads no
 * messages.
 * @throws NotARecordingError
 */
export async function partFacts(file: RandomAccess, name: string): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    for await (const { opcode, content } of readRecords(file)) {
      if (opcode === OPCODE.CHUNK || opcode === OPCODE.DATA_END) return undefined; // messages begin
      if (opcode !== OPCODE.METADATA) continue;
      const facts = readMetadata(content, file.path);
      if (facts.name === name) return facts.metadata;
    }
  } catch (error) {
    if (!(error instanceof RecordingDamagedError)) throw error;
  }
  return undefined;
}

/**
 * Opens a part by its index, or where it has none by looking through it.
 * @throws NotARecordingError, RecordingVersionError, RecordingDamagedError, RecordingCompressedError
 */
export async function openPart(file: RandomAccess): Promise<PartReader> {
  try {
    const reader = await indexedReader(file);
    if (reader !== undefined) return await openByIndex(file, reader);
  } catch (error) {
    if (error instanceof RecordingCompressedError || error instanceof RecordingVersionError) throw error;
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
  const metadata = new Map<string, ReadonlyMap<string, string>>();
  for await (const record of reader.readMetadata()) {
    requireKnownFormat(path, record.name, record.metadata);
    metadata.set(record.name, record.metadata);
  }
  for (const { compression } of reader.chunkIndexes)
    if (compression !== '') throw new RecordingCompressedError({ path, compression });
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
      isLossy: isLossy(channel),
    })),
    startTime: earliest(reader.chunkIndexes.map(({ messageStartTime }) => messageStartTime)),
    endTime: latest(reader.chunkIndexes.map(({ messageEndTime }) => messageEndTime)),
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
  const times: bigint[] = [];
  let damage: RecordingDamagedError | undefined;
  let isComplete = false;
  try {
    for await (const record of readRecords(file)) {
      if (record.opcode === OPCODE.FOOTER) isComplete = true;
      if (record.opcode !== OPCODE.METADATA) continue;
      const { name, metadata: facts } = readMetadata(record.content, file.path);
      requireKnownFormat(file.path, name, facts);
      metadata.set(name, facts);
    }
    for await (const { topic, schema, logTime, isLossy: lossy } of scanMessages(file)) {
      const key = JSON.stringify([topic, schema]);
      const before = topics.get(key);
      topics.set(key, {
        topic,
        schema,
        messages: (before?.messages ?? 0) + 1,
        isLossy: lossy || before?.isLossy === true,
      });
      widen(times, logTime);
    }
  } catch (error) {
    if (!(error instanceof RecordingDamagedError)) throw error;
    damage = error; // told when its messages are read, after those before it
  }
  return {
    path: file.path,
    isComplete,
    metadata,
    topics: [...topics.values()],
    startTime: times[0],
    endTime: times[1],
    ...(damage === undefined ? {} : { damage }),
    async *messages(topic) {
      for await (const message of scanMessages(file)) if (message.topic === topic) yield message;
    },
  };
}

/** A message with the records that say what it is. */
export interface ScannedMessage extends StoredMessage {
  readonly isLossy: boolean;
  /** One object for all messages of a channel of this file. */
  readonly channel: McapTypes.Channel;
  /** Undefined where its channel has none. */
  readonly schemaRecord: McapTypes.Schema | undefined;
}

/** All messages in the order of the file, up to where it breaks off. @throws RecordingDamagedError */
export async function* scanMessages(file: RandomAccess): AsyncGenerator<ScannedMessage> {
  const schemas = new Map<number, McapTypes.Schema>();
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
      if (item.kind === 'schema') schemas.set(item.schema.id, item.schema);
      else if (item.kind === 'channel') channels.set(item.channel.id, item.channel);
      else {
        const { channelId, logTime, data } = item.message;
        const channel = channels.get(channelId);
        if (channel === undefined) throw new RecordingDamagedError({ path, reason: `no channel ${channelId}` });
        const schemaRecord = schemas.get(channel.schemaId);
        const { topic, messageEncoding: encoding } = channel;
        const about = { channel, schemaRecord, isLossy: isLossy(channel) };
        yield { topic, schema: schemaRecord?.name ?? '', encoding, logTime, data, ...about };
      }
    }
  }
}

function isLossy({ metadata }: McapTypes.Channel): boolean {
  return metadata.get('lossy') === 'true';
}

/** @param times - the first and the last so far. */
function widen(times: bigint[], time: bigint): void {
  const [first = time, last = time] = times;
  times[0] = time < first ? time : first;
  times[1] = time > last ? time : last;
}

function latest(times: readonly bigint[]): bigint | undefined {
  let last: bigint | undefined;
  for (const time of times) if (last === undefined || time > last) last = time;
  return last;
}

function earliest(times: readonly bigint[]): bigint | undefined {
  let first: bigint | undefined;
  for (const time of times) if (first === undefined || time < first) first = time;
  return first;
}
