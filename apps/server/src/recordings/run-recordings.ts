import { basename, join } from 'node:path';
import {
  ImageEncoder,
  KinegraphError,
  Logger,
  SystemClock,
  errorCode,
  errorMessage,
  runOrigin,
  toErrorRecord,
} from '@kinegraph/core';
import { RecordingDiskFullError, RecordingSpanEmptyError, RecordingWriteError } from '@kinegraph/recording';
import { Recorders, trimRecording } from '@kinegraph/recording/node';
import { inject, injectable } from 'inversify';
import { NodeUnknownInRunError } from '../pictures/picture-errors.js';
import type { LiveRun } from '../runs/live-run.js';
import { NodeHost } from '../runs/node-host.js';
import { RunService } from '../runs/run-service.js';
import {
  RecordingInUseError,
  RecordingNodeError,
  RecordingNotStartedError,
  RecordingRunEndedError,
  RecordingStartError,
  RecordingUnreadableError,
  TooManyRecordingsError,
} from './recording-errors.js';
import { RecordingsFolder, type Recording, type RecordingDetails } from './recordings-folder.js';
import { RunRecorder } from './run-recorder.js';

/** What a client asks for. */
export interface RecordingWish {
  readonly run: string;
  readonly id?: string | undefined;
  readonly nodes?: readonly string[] | undefined;
  readonly frames: boolean;
}

/** What is to be kept of a recording: milliseconds from its first message. */
export interface TrimWish {
  readonly from: number;
  readonly to: number;
  readonly id?: string | undefined;
}

/** More would only wait for the disk. */
const MOST_TRIMS = 2;
/** Each has a queue of 32 MiB. */
const MOST = 16;
/** What is recorded is not recorded once more. */
const RECORDING_SINK = 'media.sink.recording';

/** The recordings that clients have started. */
@injectable()
export class RunRecordings {
  /** Those that go on, by id. */
  readonly #recorders = new Map<string, Started>();
  readonly #opening = new Set<Promise<unknown>>();
  readonly #trims = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();

  constructor(
    @inject(RecordingsFolder) private readonly folder: RecordingsFolder,
    @inject(NodeHost) private readonly platform: NodeHost,
    @inject(RunService) private readonly runs: RunService,
    @inject(ImageEncoder) private readonly encoder: ImageEncoder,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** All recordings, by id. */
  async list(): Promise<readonly Recording[]> {
    const listed = await this.folder.list();
    const ids = new Set(listed.map(({ id }) => id));
    const begun = [...this.#recorders.keys()].filter((id) => !ids.has(id)).map(empty); // nothing has come to the disk yet
    return [...listed, ...begun]
      .map((recording) => this.#withStarted(recording))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** @throws RecordingUnknownError */
  async get(id: string): Promise<RecordingDetails> {
    if (!this.#recorders.has(id)) return await this.folder.get(id);
    const found = await this.folder.find(id);
    return this.#withStarted(found ?? { ...empty(id), metadata: {} });
  }

  /** @throws RecordingUnknownError, RecordingInUseError */
  async delete(id: string): Promise<void> {
    if (this.#recorders.has(id)) throw new RecordingInUseError({ recording: id, use: 'written' });
    await this.folder.delete(id);
  }

  /** What is known of a recording besides what is on the disk. */
  #withStarted<Of extends Recording>(recording: Of): Of {
    const started = this.#recorders.get(recording.id);
    if (started === undefined) return recording;
    const { request, dropped, error } = started.recorder;
    const fault = error === undefined ? {} : { error: { code: errorCode(error), message: this.#said(error) } };
    const told = { run: request.runId, nodes: [...request.nodes], dropped: { ...dropped }, ...fault };
    return { ...recording, state: 'writing', run: request.runId, started: told };
  }

  /**
   * @throws RunUnknownError, RecordingRunEndedError, NodeUnknownInRunError, RecordingNodeError, TooManyRecordingsError,
   *   RecordingStartError
   */
  async start(wish: RecordingWish): Promise<Recording> {
    const live = this.runs.get(wish.run);
    if (live.outcome !== undefined) throw new RecordingRunEndedError({ run: live.id });
    const nodes = wish.nodes === undefined ? defaultNodes(live, wish.frames) : namedNodes(live, wish.nodes);
    if (nodes.length === 0) throw new RecordingNodeError({ run: live.id });
    if (this.#recorders.size + this.#opening.size >= MOST) throw new TooManyRecordingsError({ most: MOST });
    const path = join(this.folder.folder, wish.id ?? live.id);
    const origin = () => runOrigin(live.run.graph, this.platform.host);
    const recorder = new RunRecorder({ path, runId: live.id, nodes, origin }, this.encoder);
    // Recorders of its own: two recordings of a run do not share their files. Disks are as fast as they are.
    const opening = recorder.open(live.run, new Recorders(new SystemClock()));
    this.#opening.add(opening);
    try {
      await opening;
    } catch (cause) {
      throw new RecordingStartError({ reason: reasonOf(cause) }, { cause });
    } finally {
      this.#opening.delete(opening);
    }
    const id = basename(recorder.recording);
    const started: Started = { recorder, atEnd: undefined, closed: undefined };
    this.#recorders.set(id, started);
    this.logger.info(`The recording "${id}" of run "${live.id}" has begun.`, { recording: id, run: live.id });
    started.atEnd = live.onEnd(() => void this.#close(id, started));
    return this.#withStarted(empty(id));
  }

  /** Completes one. @throws RecordingNotStartedError, RecordingUnknownError */
  async stop(id: string): Promise<Recording> {
    const started = this.#recorders.get(id);
    if (started === undefined) {
      const { state } = await this.folder.get(id);
      throw new RecordingNotStartedError({ recording: id, isWritten: state === 'writing' });
    }
    await this.#close(id, started);
    const found = await this.folder.find(id);
    if (found === undefined) return empty(id); // nothing came, so nothing is left
    const { metadata: _, ...recording } = found;
    return recording;
  }

  /**
   * Makes a recording of a span of another.
   * @throws RecordingUnknownError, RecordingInUseError, TooManyRecordingsError, and what `trimRecording` throws
   */
  async trim(id: string, { from, to, id: wanted }: TrimWish): Promise<Recording> {
    const { state, durationMs = 0 } = await this.get(id);
    if (state === 'writing') throw new RecordingInUseError({ recording: id, use: 'written' });
    if (this.#trims.size >= MOST_TRIMS) throw new TooManyRecordingsError({ most: MOST_TRIMS });
    const { folder } = this.folder;
    const given = { from: join(folder, id), to: join(folder, wanted ?? shortened(id)) };
    const span = { fromMs: from, toMs: to >= durationMs ? Number.MAX_SAFE_INTEGER : to };
    const trimming = trimRecording({ ...given, ...span, signal: this.#ended.signal }, new SystemClock());
    this.#trims.add(trimming);
    try {
      const { path, messages } = await trimming;
      this.logger.info(`The recording "${basename(path)}" was made of "${id}".`, {
        recording: basename(path),
        messages,
      });
      const { metadata: _, ...made } = await this.folder.get(basename(path));
      return made;
    } catch (cause) {
      throw this.#trimFault(id, cause);
    } finally {
      this.#trims.delete(trimming);
    }
  }

  /** Why it could not be made, without where files are on this machine. */
  #trimFault(id: string, cause: unknown): unknown {
    if (cause instanceof RecordingSpanEmptyError) return cause;
    if (cause instanceof RecordingDiskFullError)
      return new RecordingStartError({ reason: 'the disk has too little room' }, { cause });
    if (cause instanceof KinegraphError)
      return new RecordingUnreadableError({ recording: id, reason: this.#said(cause).replace(/\.$/, '') }, { cause });
    return new RecordingStartError({ reason: reasonOf(cause) }, { cause });
  }

  /** Completes all. */
  async close(): Promise<void> {
    this.#ended.abort(new Error('The server ends.'));
    await Promise.allSettled(this.#trims);
    await Promise.allSettled(this.#opening);
    await Promise.all([...this.#recorders].map(async ([id, started]) => await this.#close(id, started)));
  }

  async #close(id: string, started: Started): Promise<void> {
    started.closed ??= this.#complete(id, started);
    await started.closed;
  }

  async #complete(id: string, { recorder, atEnd }: Started): Promise<void> {
    atEnd?.[Symbol.dispose]();
    try {
      await recorder.close();
      this.logger.info(`The recording "${id}" has ended.`, { recording: id, dropped: recorder.dropped });
    } catch (error) {
      this.logger.error(`The recording "${id}" was not completed: ${errorMessage(error)}`, {
        recording: id,
        error: toErrorRecord(error),
      });
    } finally {
      this.#recorders.delete(id);
    }
  }

  #said(error: Error): string {
    return error.message.replaceAll(this.folder.folder, '');
  }
}

interface Started {
  readonly recorder: RunRecorder;
  atEnd: Disposable | undefined;
  closed: Promise<void> | undefined;
}

/** The name of a span where nobody gives one; as long as ids may be. */
function shortened(id: string): string {
  const end = '-trim';
  return `${id.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64 - end.length)}${end}`;
}

function empty(id: string): Recording {
  return { id, state: 'complete', isPlayed: false, bytes: 0, messages: 0, topics: [], parts: [] };
}

/** All sinks but those that record already, and the sources of frames. */
function defaultNodes(live: LiveRun, frames: boolean): readonly string[] {
  const giving = namesOfFrames(live);
  return live.run.graph.nodes
    .filter(({ name, descriptor: { kind, type } }) =>
      kind === 'sink' ? type !== RECORDING_SINK : frames && kind === 'source' && giving.has(name),
    )
    .map(({ name }) => name);
}

/** @throws NodeUnknownInRunError, RecordingNodeError */
function namedNodes(live: LiveRun, names: readonly string[]): readonly string[] {
  const giving = namesOfFrames(live);
  const { nodes } = live.run.graph;
  for (const name of names) {
    const node = nodes.find((one) => one.name === name);
    if (node === undefined)
      throw new NodeUnknownInRunError({ run: live.id, node: name, nodes: nodes.map((one) => one.name) });
    const { kind } = node.descriptor;
    const isSeen = kind === 'sink' || ((kind === 'source' || kind === 'transform') && giving.has(name));
    if (!isSeen) throw new RecordingNodeError({ run: live.id, node: name });
  }
  return [...new Set(names)];
}

function namesOfFrames({ run }: LiveRun): ReadonlySet<string> {
  return new Set(run.graph.wires.filter(({ type }) => type === 'frame').map(({ from }) => from.node));
}

/** Why it could not be begun, without where files are on this machine. */
function reasonOf(error: unknown): string {
  return error instanceof RecordingWriteError ? error.data.reason : 'the server failed; its log tells more';
}
