import {
  Clock,
  inject,
  injectable,
  Logger,
  NodeConfig,
  PathResolver,
  StreamItem,
  type FrameSource,
} from '@kinegraph/core/plugin';
import type { RecordedValue } from '@kinegraph/recording';
import { RecordingPlayer } from './recording-player.js';
import type { RecordedLandmarksConfig } from './recording-source-config.js';

/** `media.source.recorded-landmarks`: the landmarks of a recording, bit for bit, without the frames they were found in. */
@injectable()
export class RecordedLandmarksSource implements FrameSource<StreamItem> {
  #player: RecordingPlayer<RecordedValue> | undefined;

  constructor(
    @inject(NodeConfig) private readonly config: RecordedLandmarksConfig,
    @inject(PathResolver) private readonly paths: PathResolver,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  get clockOffsetMs(): number {
    return this.#player?.clockOffsetMs ?? 0;
  }

  /** @throws RecordingMissingError, NotARecordingError, RecordingDamagedError, RecordingTopicError, FileNotAllowedError */
  async open(): Promise<void> {
    const { path, topic, pace } = this.config;
    const request = { path: this.paths.resolve(path), topic, use: 'landmarks', pace } as const;
    this.#player = new RecordingPlayer(request, (reader, name) => reader.values(name), this.clock, this.logger);
    await this.#player.open();
  }

  /** @throws RecordingDamagedError, AbortedError */
  async read(signal: AbortSignal): Promise<StreamItem | undefined> {
    const recorded = await this.#player?.next(signal);
    return recorded === undefined ? undefined : new StreamItem(recorded, recorded.value);
  }

  async close(): Promise<void> {
    await this.#player?.close();
  }
}
