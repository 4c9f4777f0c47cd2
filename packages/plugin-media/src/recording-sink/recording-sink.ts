import {
  Clock,
  errorMessage,
  Frame,
  ImageEncoder,
  inject,
  injectable,
  isRawFormat,
  Logger,
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  PathResolver,
  RunOriginTeller,
  SinkStatus,
  type ProcessInfo,
  type Sink,
} from '@kinegraph/core/plugin';
import { NotRecordableError, type Place } from '@kinegraph/recording';
import type { FinishedPart, KeepOutcome, RecordableImage, TopicRecorder } from '@kinegraph/recording/node';
import { RecorderService } from '../recorders.js';
import type { RecordingSinkConfig } from './recording-sink-config.js';

/** Cause of drops: the value has no form that would give it back as it was. */
const DROP_NOT_RECORDABLE = 'not-recordable';
/** Cause of drops: a frame could not be made a JPEG. */
const DROP_NOT_ENCODED = 'not-encoded';

/**
 * `media.sink.recording`: writes what comes into an MCAP file. A packet never waits for the disk; pixels are made a JPEG off the
 * main thread first, and for that it waits, so that no more than one picture is held.
 */
@injectable()
export class RecordingSink implements Sink {
  #topic: TopicRecorder | undefined;
  /** Sentences that were logged: each is worth one line, not one for each packet. */
  readonly #told = new Set<string>();
  /** The oldest files could not be deleted when it was last tried. */
  #isStuck = false;

  constructor(
    @inject(NodeConfig) private readonly config: RecordingSinkConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(PathResolver) private readonly paths: PathResolver,
    @inject(RecorderService) private readonly recorders: RecorderService,
    @inject(ImageEncoder) private readonly encoder: ImageEncoder,
    @inject(RunOriginTeller) private readonly origin: RunOriginTeller,
    @inject(Clock) private readonly clock: Clock,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
    @inject(SinkStatus) private readonly status: SinkStatus,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** @throws RecordingLimitsError, RecordingTopicTakenError, RecordingWriteError, FileNotAllowedError */
  async open(): Promise<void> {
    const { path, topic, partBytes, partSeconds, minFreeBytes, keepBytes, keepHours } = this.config;
    const { name, runId } = this.identity;
    this.metrics.count('taken', 0);
    this.metrics.count('taken_bytes', 0);
    this.#topic = await this.recorders.open(
      {
        path: this.paths.resolve(path, 'write'),
        topic: topic ?? `/${name}`,
        runId,
        node: name,
        origin: this.origin,
        limits: {
          partBytes,
          partMs: partSeconds * 1000,
          minFreeBytes,
          keepBytes: keepBytes ?? Number.POSITIVE_INFINITY,
          keepMs: (keepHours ?? Number.POSITIVE_INFINITY) * 3_600_000,
        },
      },
      {
        dropped: (cause, count) => this.metrics.drop(cause, count),
        wrote: (bytes, ms) => {
          this.metrics.count('written_bytes', bytes);
          this.metrics.count('writing_ms', ms);
        },
        waiting: (bytes) => this.metrics.gauge('queue_bytes', bytes),
        finished: (part) => this.#tellFinished(part),
        kept: (outcome) => this.#tellKept(outcome),
        stopped: (error) => {
          this.status.report('refused', error);
          this.logger.warn(error.message);
        },
        resumed: () => {
          this.status.report('live');
          this.logger.info('Recording goes on, in a new part.');
        },
      },
    );
    this.status.report('live');
  }

  async write(value: unknown, info: ProcessInfo): Promise<void> {
    const { timestampMs, trace } = info;
    const place = { ...trace, timestampMs };
    if (value instanceof Frame) await this.#writeFrame(value, place);
    else this.#recordable(() => this.#topic?.writeValue(place, value));
  }

  async flush(): Promise<void> {
    await this.#topic?.flush();
  }

  async close(): Promise<void> {
    await this.#topic?.close();
    this.#topic = undefined;
  }

  async #writeFrame(frame: Frame, place: Place): Promise<void> {
    const image = await this.#imageOf(frame);
    if (image !== undefined) this.#recordable(() => this.#topic?.writeFrame(place, image));
  }

  async #imageOf(frame: Frame): Promise<RecordableImage | undefined> {
    const { format, width, height } = frame;
    if (!isRawFormat(format)) return { format, width, height, data: frame.data };
    const { quality } = this.config;
    try {
      const startMs = this.clock.nowMs();
      const { bytes, ...size } = await this.encoder.encode(frame, { quality });
      this.metrics.count('encoding_ms', this.clock.nowMs() - startMs);
      return { format: 'jpeg', ...size, data: bytes, madeBy: `JPEG of ${format}, quality ${quality}` };
    } catch (error) {
      this.#drop(DROP_NOT_ENCODED, error);
      return undefined;
    }
  }

  #recordable(write: () => number | undefined): void {
    try {
      const bytes = write();
      if (bytes === undefined) return;
      this.metrics.count('taken');
      this.metrics.count('taken_bytes', bytes);
    } catch (error) {
      if (!(error instanceof NotRecordableError)) throw error;
      this.#drop(DROP_NOT_RECORDABLE, error);
    }
  }

  #drop(cause: string, error: unknown): void {
    this.metrics.drop(cause);
    const sentence = errorMessage(error);
    if (this.#told.has(cause)) return;
    this.#told.add(cause);
    this.logger.warn(`${sentence} Further ones are counted as dropped (${cause}) and not logged.`);
  }

  #tellFinished({ path, bytes, messages }: FinishedPart): void {
    this.metrics.count('parts');
    this.logger.info(`Recorded ${messages} messages in ${path}, ${(bytes / 1e6).toFixed(1)} MB.`, { bytes, messages });
  }

  #tellKept({ bytes, deleted, error }: KeepOutcome): void {
    this.metrics.gauge('kept_bytes', bytes);
    this.metrics.count('deleted_parts', deleted);
    if (deleted > 0)
      this.logger.info(`Deleted ${deleted} of the oldest files; ${(bytes / 1e6).toFixed(1)} MB are kept.`);
    if (error !== undefined && !this.#isStuck) this.logger.warn(error.message);
    else if (error === undefined && this.#isStuck) this.logger.info('The oldest files can be deleted again.');
    this.#isStuck = error !== undefined;
  }
}
