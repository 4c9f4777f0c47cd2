import { createHash, randomUUID } from 'node:crypto';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import process from 'node:process';
import type { Clock, RunOrigin } from '@kinegraph/core/plugin';
import { RecordingLimitsError, RecordingTopicTakenError, RecordingWriteError } from '../errors.js';
import { RECORDING_FACTS, RECORDING_FORMAT, type RecordingChannel, type RecordingMetadata } from '../mcap/index.js';
import { writeReason } from './disk-file.js';
import { beginWriting, endWriting, useOf } from './open-recordings.js';
import { ASKED_FOR, PartKeeper, type KeepOutcome } from './part-keeper.js';
import { writerFacts } from './part-writer.js';
import { freeRecording } from './recording-files.js';
import { DEFAULT_LIMITS, RecordingWriter, type RecordingEvents, type RecordingLimits } from './recording-writer.js';
import { TopicRecorder } from './topic-recorder.js';

/** What a topic tells whoever writes it. */
export interface TopicEvents {
  /** Messages that will be in no file. */
  dropped(cause: string, count: number): void;
  /** What is told of the file is told to one of its topics. */
  wrote: RecordingEvents['wrote'];
  waiting: RecordingEvents['waiting'];
  finished: RecordingEvents['finished'];
  /** It was looked which of the oldest parts are to be deleted; nothing is told where all of them are kept. */
  kept(outcome: KeepOutcome): void;
  stopped: RecordingEvents['stopped'];
  resumed: RecordingEvents['resumed'];
}

/** What to record where. */
export interface TopicRequest {
  /** The path that all parts are to begin with; absolute. */
  readonly path: string;
  readonly topic: string;
  /** Topics of one run with one path share the files. */
  readonly runId: string;
  /** Who writes the topic; it alone may open it again before it has closed it, as a node does that is restarted. */
  readonly node: string;
  readonly limits?: Partial<RecordingLimits>;
  /** What the run is made of: it stands in each part. Asked for once, by the topic that begins the recording. */
  readonly origin?: () => RunOrigin;
}

/** The recordings that are being written in this process. */
export class Recorders {
  readonly #recordings = new Set<Recording>();

  constructor(private readonly clock: Clock) {}

  /** Whether a file or recording of this path is being written here, so that nobody mends or deletes it. */
  isWriting(path: string): boolean {
    return useOf(path) === 'written';
  }

  /**
   * Begins a topic. The first of a run and path begins the recording, beside those that are there: nothing is overwritten.
   * @throws RecordingLimitsError, RecordingTopicTakenError, RecordingWriteError
   */
  async open(request: TopicRequest, events: TopicEvents): Promise<TopicRecorder> {
    const { path } = request;
    const limits = { ...DEFAULT_LIMITS, ...request.limits };
    const user = { ...request, events };
    const recording = this.#joined(user, limits) ?? this.#begun(user, limits);
    try {
      const writer = await recording.writer();
      const register = (channel: RecordingChannel): void => void recording.events.set(channel, events);
      const close = async (): Promise<void> => await this.#leave(recording, user);
      return new TopicRecorder(user.topic, user.node, writer, recording.epochMs, { register, close });
    } catch (cause) {
      recording.users.delete(user);
      this.#forget(recording);
      throw new RecordingWriteError({ path, reason: writeReason(cause) }, { cause });
    }
  }

  /** The recording of this run and path that is open, if it fits. */
  #joined(user: User, limits: RecordingLimits): Recording | undefined {
    const { path, runId, topic, node } = user;
    for (const recording of this.#recordings) {
      if (recording.path !== path || recording.runId !== runId || recording.isClosing) continue;
      const others = [...recording.users].filter((other) => other.node !== node);
      const key = (Object.keys(limits) as (keyof RecordingLimits)[]).find(
        (name) => limits[name] !== recording.limits[name],
      );
      if (key !== undefined && others.length === 0) continue; // its only writer begins anew with other limits
      if (key !== undefined) throw new RecordingLimitsError({ path, key });
      if (others.some((other) => other.topic === topic)) throw new RecordingTopicTakenError({ path, topic });
      recording.users.add(user);
      return recording;
    }
    return undefined;
  }

  #begun(user: User, limits: RecordingLimits): Recording {
    const recording = new Recording(user, limits, this.clock);
    recording.users.add(user);
    this.#recordings.add(recording);
    return recording;
  }

  #forget(recording: Recording): void {
    this.#recordings.delete(recording);
    if (recording.name !== undefined) endWriting(recording.name);
  }

  async #leave(recording: Recording, user: User): Promise<void> {
    if (recording.users.size > 1) {
      recording.users.delete(user);
      return;
    }
    recording.isClosing = true;
    try {
      await (await recording.writer()).close();
      await recording.keeper.settled();
    } finally {
      recording.users.delete(user);
      this.#forget(recording);
    }
  }
}

interface User extends TopicRequest {
  readonly events: TopicEvents;
}

/** What a run is made of, as records of metadata. */
function originFacts(origin: RunOrigin | undefined): RecordingMetadata {
  if (origin === undefined) return {};
  const { graph, packages, models } = origin;
  return {
    'kinegraph.graph': { document: graph, sha256: createHash('sha256').update(graph).digest('hex') },
    'kinegraph.packages': packages,
    'kinegraph.models': models,
  };
}

/** One recording with those who write it. */
class Recording {
  readonly users = new Set<User>();
  /** Whom a channel belongs to. */
  readonly events = new Map<RecordingChannel, TopicEvents>();
  isClosing = false;
  /** Its path once that is settled. */
  name: string | undefined;
  /** Milliseconds since 1970 at the zero of the run's clock. */
  readonly epochMs: number;
  /** Deletes the oldest parts. */
  readonly keeper: PartKeeper;
  #writer: Promise<RecordingWriter> | undefined;
  /** The same once it is there. */
  #begun: RecordingWriter | undefined;

  constructor(
    private readonly request: TopicRequest,
    readonly limits: RecordingLimits,
    private readonly clock: Clock,
  ) {
    this.epochMs = Date.now() - clock.nowMs();
    this.keeper = new PartKeeper(this.path, limits, (outcome) => this.#first()?.kept(outcome));
  }

  get path(): string {
    return this.request.path;
  }

  get runId(): string {
    return this.request.runId;
  }

  /** @throws the error of the operating system */
  writer(): Promise<RecordingWriter> {
    this.#writer ??= this.#begin();
    return this.#writer;
  }

  async #begin(): Promise<RecordingWriter> {
    const open = { part: () => this.#begun?.part() };
    const name = await freeRecording(this.path, (free) => beginWriting(free, open));
    this.name = name;
    const about = {
      version: String(RECORDING_FORMAT),
      id: randomUUID(),
      [ASKED_FOR]: basename(this.path),
      run: this.runId,
      startedAt: new Date().toISOString(),
      clockEpochMs: String(this.epochMs),
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      cpu: cpus()[0]?.model ?? 'unknown',
      ...writerFacts(),
    };
    this.#begun = new RecordingWriter(
      name,
      { [RECORDING_FACTS]: about, ...originFacts(this.request.origin?.()) },
      this.limits,
      this.clock,
      {
        dropped: (channel, cause, count) => this.events.get(channel)?.dropped(cause, count),
        wrote: (bytes, ms) => this.#first()?.wrote(bytes, ms),
        waiting: (bytes) => this.#first()?.waiting(bytes),
        finished: (part) => {
          this.#first()?.finished(part);
          this.keeper.look();
        },
        stopped: (error) => this.#first()?.stopped(error),
        resumed: () => this.#first()?.resumed(),
      },
    );
    this.keeper.look(); // what has become too old while nobody recorded
    return this.#begun;
  }

  /** One tells for all: what is told is of the file. */
  #first(): TopicEvents | undefined {
    for (const { events } of this.users) return events;
    return undefined;
  }
}
