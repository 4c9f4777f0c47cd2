import { errorMessage } from '@kinegraph/core/plugin';
import {
  decodeCompressedImage,
  decodeValueMessage,
  FRAME_SCHEMA,
  LANDMARKS_SCHEMA,
  type RecordedFrame,
  type RecordedValue,
} from '../codec/index.js';
import { RecordingDamagedError, RecordingMissingError, RecordingTopicError } from '../errors.js';
import { openPart, type PartContents, type PartReader, type StoredMessage, type TopicInfo } from '../mcap/index.js';
import { DiskFile } from './disk-file.js';
import { filesOf } from './recording-files.js';

/** What a part is, without its messages. */
export interface PartSummary extends PartContents {
  readonly path: string;
  readonly isComplete: boolean;
  readonly metadata: PartReader['metadata'];
  /** What keeps the rest of it from being read. */
  readonly damage?: RecordingDamagedError;
}

/** What a part is. @throws RecordingMissingError, NotARecordingError, RecordingVersionError, RecordingDamagedError, RecordingCompressedError */
export async function summarizePart(file: string): Promise<PartSummary> {
  await using disk = await openFile(file);
  const { path, isComplete, metadata, damage, topics, startTime, endTime } = await openPart(disk);
  return { path, isComplete, metadata, topics, startTime, endTime, ...(damage === undefined ? {} : { damage }) };
}

/** What a topic is wanted for. */
export type TopicUse = 'frames' | 'landmarks';

/** A recording on the disk: one file, or all its parts as if they were one. */
export class RecordingReader {
  private constructor(
    readonly path: string,
    readonly parts: readonly PartSummary[],
  ) {}

  /**
   * @param where - one file, or the path that all parts begin with.
   * @throws RecordingMissingError, NotARecordingError, RecordingVersionError, RecordingDamagedError, RecordingCompressedError
   */
  static async open(where: string): Promise<RecordingReader> {
    const parts: PartSummary[] = [];
    for (const file of await filesOf(where)) parts.push(await summarizePart(file));
    return new RecordingReader(where, parts);
  }

  /** All topics with their messages in all parts. */
  get topics(): readonly TopicInfo[] {
    return topicsOf(this.parts);
  }

  /**
   * The topic asked for, or the only one of its kind.
   * @throws RecordingTopicError
   */
  topicFor(use: TopicUse, topic: string | undefined): string {
    const schema = use === 'frames' ? FRAME_SCHEMA.name : LANDMARKS_SCHEMA.name;
    const fit = new Set(this.topics.filter((info) => info.schema === schema).map((info) => info.topic));
    if (topic !== undefined && fit.has(topic)) return topic;
    const [only, ...more] = fit;
    if (topic === undefined && only !== undefined && more.length === 0) return only;
    const topics = this.topics.map((info) => `${info.topic} (${info.schema}, ${info.messages})`);
    throw new RecordingTopicError({ path: this.path, topic, wanted: use, topics });
  }

  /** @throws RecordingDamagedError after all that could be read */
  async *frames(topic: string): AsyncGenerator<RecordedFrame> {
    for await (const { message, path } of this.#messages(topic))
      if (message.schema === FRAME_SCHEMA.name) yield decoded(path, () => decodeCompressedImage(message.data));
  }

  /** Landmarks and all other values. @throws RecordingDamagedError after all that could be read */
  async *values(topic: string): AsyncGenerator<RecordedValue> {
    for await (const { message, path } of this.#messages(topic)) {
      const landmarks = message.schema === LANDMARKS_SCHEMA.name;
      if (message.encoding === 'json') yield decoded(path, () => decodeValueMessage(message.data, landmarks));
    }
  }

  async *#messages(topic: string): AsyncGenerator<{ readonly message: StoredMessage; readonly path: string }> {
    for (const { path, topics } of this.parts) {
      if (!topics.some((info) => info.topic === topic)) continue;
      await using disk = await openFile(path);
      const part = await openPart(disk);
      for await (const message of part.messages(topic)) yield { message, path };
    }
  }
}

/** All topics of some parts, with their messages in all of them. */
export function topicsOf(parts: readonly Pick<PartContents, 'topics'>[]): readonly TopicInfo[] {
  const all = new Map<string, TopicInfo>();
  for (const { topic, schema, messages, isLossy } of parts.flatMap(({ topics }) => topics)) {
    const key = JSON.stringify([topic, schema]);
    const before = all.get(key);
    all.set(key, {
      topic,
      schema,
      messages: messages + (before?.messages ?? 0),
      isLossy: isLossy || before?.isLossy === true,
    });
  }
  return [...all.values()];
}

async function openFile(path: string): Promise<DiskFile> {
  try {
    return await DiskFile.open(path);
  } catch (cause) {
    throw new RecordingMissingError({ path, reason: errorMessage(cause) }, { cause });
  }
}

function decoded<T>(path: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw new RecordingDamagedError({ path, reason: errorMessage(cause) }, { cause });
  }
}
