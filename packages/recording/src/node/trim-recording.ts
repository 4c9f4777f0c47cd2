import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { errorMessage, type Clock } from '@kinegraph/core/plugin';
import type { RecordingSchema } from '../codec/index.js';
import { RecordingDiskFullError, RecordingMissingError, RecordingSpanEmptyError } from '../errors.js';
import {
  PartEncoder,
  RECORDING_FACTS,
  scanMessages,
  type RecordingChannel,
  type RecordingMetadata,
  type ScannedMessage,
} from '../mcap/index.js';
import { DiskFile, freeBytes } from './disk-file.js';
import { beginPlaying, beginWriting, endWriting } from './open-recordings.js';
import { PartFile } from './part-file.js';
import { ASKED_FOR } from './part-keeper.js';
import { writerFacts } from './part-writer.js';
import { freeRecording, partPath } from './recording-files.js';
import { RecordingReader } from './recording-reader.js';
import { DEFAULT_LIMITS, type RecordingLimits } from './recording-writer.js';

/** The metadata by which a recording says that it is a span of another. */
const TRIM_FACTS = 'kinegraph.trim';
const NS_PER_MS = 1e6;

/** What is to be kept of which recording. */
export interface TrimWish {
  /** One file, or the path that all parts begin with. */
  readonly from: string;
  /** The path that the new one's parts are to begin with; where there is one, it becomes `hall-2`, and so on. */
  readonly to: string;
  /** Milliseconds from the first message of the recording; messages of that very moment are kept. */
  readonly fromMs: number;
  /** Likewise; messages of that very moment are kept. */
  readonly toMs: number;
  /** Gives it up: nothing is left of the new one. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<Pick<RecordingLimits, 'partBytes' | 'chunkBytes' | 'minFreeBytes'>>;
}

/** The new recording. */
export interface TrimmedRecording {
  /** The path that its parts begin with. */
  readonly path: string;
  readonly messages: number;
}

/**
 * Makes a recording of a span of another, message by message as they lie there: their bytes, times and order stay. The
 * original is not changed.
 *
 * @throws RecordingSpanEmptyError, RecordingDiskFullError, what `RecordingReader.open` throws, RecordingDamagedError where the
 *   span cannot be read whole, the error of the operating system, the reason of `signal`; nothing is left of the new one then
 */
export async function trimRecording(wish: TrimWish, clock: Clock): Promise<TrimmedRecording> {
  using _ = beginPlaying(wish.from); // nobody deletes it meanwhile
  const source = await RecordingReader.open(wish.from);
  const starts = source.parts.flatMap(({ startTime }) => startTime ?? []);
  const ends = source.parts.flatMap(({ endTime }) => endTime ?? []);
  const first = starts.reduce((least, time) => (time < least ? time : least), starts[0] ?? 0n);
  const last = ends.reduce((most, time) => (time > most ? time : most), ends[0] ?? 0n);
  const [begin, end] = [wish.fromMs, wish.toMs].map((ms) => first + nanoseconds(ms)) as [bigint, bigint];
  let isBegun = false;
  const name = await freeRecording(wish.to, (free) => beginWriting(free, { part: () => undefined }));
  const writer = new SpanWriter(name, metadataOf(source, wish, name), { ...DEFAULT_LIMITS, ...wish.limits }, clock);
  try {
    for (const part of source.parts) {
      const isApart = part.startTime === undefined || part.startTime > end || (part.endTime ?? 0n) < begin;
      if (isApart && part.damage === undefined) continue;
      await using disk = await opened(part.path);
      for await (const message of scanMessages(disk)) {
        wish.signal?.throwIfAborted();
        if (message.logTime >= begin && message.logTime <= end) await writer.add(message);
      }
    }
    const messages = await writer.finish();
    isBegun = messages > 0;
    if (isBegun) return { path: name, messages };
    const { fromMs, toMs } = wish;
    const durationMs = Number(last - first) / NS_PER_MS;
    throw new RecordingSpanEmptyError({ recording: path.basename(wish.from), fromMs, toMs, durationMs });
  } finally {
    if (!isBegun) await writer.discard();
    endWriting(name);
  }
}

/** Below a millisecond, too: times of the span may be those of messages. */
function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(Math.min(ms, Number.MAX_SAFE_INTEGER / NS_PER_MS) * NS_PER_MS));
}

async function opened(file: string): Promise<DiskFile> {
  try {
    return await DiskFile.open(file);
  } catch (cause) {
    throw new RecordingMissingError({ path: file, reason: errorMessage(cause) }, { cause });
  }
}

/** What the original says of itself, what of it this is, and who writes it. */
function metadataOf({ parts }: RecordingReader, wish: TrimWish, name: string): RecordingMetadata {
  const [first] = parts;
  const told = Object.fromEntries([...(first?.metadata ?? [])].map(([key, facts]) => [key, Object.fromEntries(facts)]));
  const about = told[RECORDING_FACTS];
  return {
    ...told,
    // Without a version it is of another program, which says by itself what its messages mean.
    ...(about === undefined
      ? {}
      : { [RECORDING_FACTS]: { ...about, id: randomUUID(), [ASKED_FOR]: path.basename(wish.to), ...writerFacts() } }),
    [TRIM_FACTS]: {
      recording: path.basename(wish.from),
      ...(about?.['id'] === undefined ? {} : { id: about['id'] }),
      fromMs: String(wish.fromMs),
      toMs: String(wish.toMs),
      at: new Date().toISOString(),
    },
    'kinegraph.part': { recording: path.basename(name), part: '1' },
  };
}

/** Writes what is kept, part after part. */
class SpanWriter {
  readonly #channels = new Map<string, RecordingChannel>();
  readonly #schemas = new Map<string, RecordingSchema>();
  /** Of parts that are complete. */
  readonly #written: string[] = [];
  #part: PartFile | undefined;
  #messages = 0;

  constructor(
    private readonly recording: string,
    private readonly metadata: RecordingMetadata,
    private readonly limits: RecordingLimits,
    private readonly clock: Clock,
  ) {}

  async add(message: ScannedMessage): Promise<void> {
    const { chunkBytes, partBytes } = this.limits;
    const kept = { channel: this.#channelOf(message), logTime: message.logTime, data: message.data };
    const isFull = (this.#part?.bytes ?? 0) + PartEncoder.bytesOf(kept) > partBytes;
    if (isFull && (this.#part?.messages ?? 0) > 0) await this.#finishPart();
    const part = (this.#part ??= await this.#nextPart());
    part.add(kept);
    this.#messages += 1;
    if (part.pendingBytes >= chunkBytes) await this.#writeChunk(part);
  }

  /** @returns how many messages there are */
  async finish(): Promise<number> {
    await this.#finishPart();
    return this.#messages;
  }

  /** Takes away what was written. */
  async discard(): Promise<void> {
    const part = this.#part;
    this.#part = undefined;
    if (part !== undefined) {
      const { path: complete } = await part.finish().catch(() => ({ path: undefined }));
      await rm(complete ?? part.path, { force: true });
    }
    for (const file of this.#written) await rm(file, { force: true });
  }

  async #nextPart(): Promise<PartFile> {
    const number = this.#written.length + 1;
    const about = { 'kinegraph.part': { ...this.metadata['kinegraph.part'], part: String(number) } };
    return await PartFile.create(partPath(this.recording, number), { ...this.metadata, ...about }, this.clock);
  }

  async #writeChunk(part: PartFile): Promise<void> {
    const { minFreeBytes, chunkBytes } = this.limits;
    const free = await freeBytes(path.dirname(this.recording));
    if (free - chunkBytes < minFreeBytes)
      throw new RecordingDiskFullError({ path: this.recording, freeBytes: free, minFreeBytes });
    await part.writeChunk();
  }

  async #finishPart(): Promise<void> {
    const part = this.#part;
    if (part === undefined) return;
    await this.#writeChunk(part);
    this.#part = undefined;
    const { path: complete, lost } = await part.finish();
    if (complete !== undefined) this.#written.push(complete);
    const missing = [...lost.values()].reduce((total, count) => total + count, 0);
    const { minFreeBytes } = this.limits;
    if (missing > 0) throw new RecordingDiskFullError({ path: this.recording, freeBytes: 0, minFreeBytes });
  }

  /** The same channel in all parts, though each part of the original has records of its own for it. */
  #channelOf({ channel, schemaRecord, encoding }: ScannedMessage): RecordingChannel {
    const { topic, metadata } = channel;
    const key = JSON.stringify([topic, schemaRecord?.name, encoding, [...metadata]]);
    const known = this.#channels.get(key);
    if (known !== undefined) return known;
    const made = { topic, schema: this.#schemaOf(schemaRecord, encoding), metadata: Object.fromEntries(metadata) };
    this.#channels.set(key, made);
    return made;
  }

  #schemaOf(record: ScannedMessage['schemaRecord'], messageEncoding: string): RecordingSchema {
    const key = JSON.stringify([record?.name, record?.encoding, messageEncoding]);
    const known = this.#schemas.get(key);
    if (known !== undefined) return known;
    const made = {
      name: record?.name ?? '',
      encoding: (record?.encoding ?? '') as RecordingSchema['encoding'], // as it stands there, also of other programs
      data: record?.data ?? new Uint8Array(),
      messageEncoding: messageEncoding as RecordingSchema['messageEncoding'],
    };
    this.#schemas.set(key, made);
    return made;
  }
}
