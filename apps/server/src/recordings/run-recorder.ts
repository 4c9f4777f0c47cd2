import { Frame, isRawFormat } from '@kinegraph/core';
import type { ImageEncoder, Run, RunOrigin, RunObserver, Trace } from '@kinegraph/core';
import { NotRecordableError } from '@kinegraph/recording';
import type { Recorders, TopicEvents, TopicRecorder } from '@kinegraph/recording/node';

/** Cause of drops: a picture came while the one before of its node was still being made a JPEG. */
const DROP_ENCODER_BUSY = 'encoder-busy';
const DROP_NOT_ENCODED = 'not-encoded';
const DROP_NOT_RECORDABLE = 'not-recordable';
/** Of frames that come as pixels. */
const QUALITY = 90;

/** What to record of a run. */
export interface RunRecording {
  /** The path that all parts begin with; absolute. */
  readonly path: string;
  readonly runId: string;
  /** Nodes whose frames, and sinks whose values. */
  readonly nodes: readonly string[];
  /** What the run is made of. */
  readonly origin: () => RunOrigin;
}

/** Records a run by looking on: its graph stays as it is, and it waits for nothing. */
export class RunRecorder {
  readonly #topics = new Map<string, TopicRecorder>();
  readonly #busy = new Map<string, Promise<void>>();
  readonly #dropped = new Map<string, number>();
  #observing: Disposable | undefined;
  #stopped: Error | undefined;

  constructor(
    readonly request: RunRecording,
    private readonly encoder: ImageEncoder,
  ) {}

  /** The path that all parts begin with; that which was asked for, or one beside it. */
  get recording(): string {
    const [first] = this.#topics.values();
    return first?.recording ?? this.request.path;
  }

  /** Messages that are in no file, by cause. */
  get dropped(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#dropped);
  }

  /** Why nothing is being written just now. */
  get error(): Error | undefined {
    return this.#stopped;
  }

  /** @throws RecordingWriteError; nothing is open then */
  async open(run: Pick<Run, 'observe'>, recorders: Recorders): Promise<void> {
    const { path, runId, nodes, origin } = this.request;
    const events: TopicEvents = {
      dropped: (cause, count) => this.#drop(cause, count),
      wrote: () => {},
      waiting: () => {},
      finished: () => {},
      kept: () => {},
      stopped: (error) => void (this.#stopped = error),
      resumed: () => void (this.#stopped = undefined),
    };
    try {
      for (const node of nodes)
        this.#topics.set(node, await recorders.open({ path, topic: `/${node}`, runId, node, origin }, events));
    } catch (error) {
      await this.close();
      throw error;
    }
    this.#observing = run.observe(this.#observer());
  }

  /** Completes the recording. */
  async close(): Promise<void> {
    this.#observing?.[Symbol.dispose]();
    this.#observing = undefined;
    await Promise.all(this.#busy.values());
    const topics = [...this.#topics.values()];
    this.#topics.clear();
    // One that cannot be closed keeps none of the others open.
    const closed = await Promise.allSettled(topics.map(async (topic) => await topic.close()));
    for (const one of closed) if (one.status === 'rejected') throw one.reason;
  }

  #observer(): RunObserver {
    return {
      frame: (node, frame, trace) => this.#take(node, frame, frame.timestampMs, trace),
      sinkValue: ({ sink, value, timestampMs, trace }) => this.#take(sink, value, timestampMs, trace),
    };
  }

  /** Called in the run's own turn: copies what is to be kept, and leaves the rest for later. */
  #take(node: string, value: unknown, timestampMs: number, trace: Trace): void {
    const topic = this.#topics.get(node);
    if (topic === undefined) return;
    const place = { ...trace, timestampMs };
    try {
      if (!(value instanceof Frame)) topic.writeValue(place, value);
      else if (isRawFormat(value.format)) this.#encode(node, topic, value, place);
      else {
        const { format, width, height, data } = value;
        topic.writeFrame(place, { format, width, height, data });
      }
    } catch (error) {
      if (!(error instanceof NotRecordableError)) throw error;
      this.#drop(DROP_NOT_RECORDABLE);
    }
  }

  /** One picture of a node at a time: pixels that wait would fill the memory. */
  #encode(node: string, topic: TopicRecorder, frame: Frame, place: Trace & { readonly timestampMs: number }): void {
    if (this.#busy.has(node)) {
      this.#drop(DROP_ENCODER_BUSY);
      return;
    }
    const { format } = frame;
    const madeBy = `JPEG of ${format}, quality ${QUALITY}`;
    const recorded = this.encoder
      .encode(frame, { quality: QUALITY })
      .then(({ bytes: data, ...size }) => void topic.writeFrame(place, { format: 'jpeg', ...size, data, madeBy }))
      .catch(() => this.#drop(DROP_NOT_ENCODED))
      .finally(() => this.#busy.delete(node));
    this.#busy.set(node, recorded);
  }

  #drop(cause: string, count = 1): void {
    this.#dropped.set(cause, (this.#dropped.get(cause) ?? 0) + count);
  }
}
