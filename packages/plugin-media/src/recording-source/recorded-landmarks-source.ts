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
import { RecordingPlayer, type Played } from './recording-player.js';
import type { RecordedLandmarksConfig } from './recording-source-config.js';

/** `media.source.recorded-landmarks`: the landmarks of a recording, bit for bit, without the frames they were found in. */
@injectable()
export class RecordedLandmarksSource implements FrameSource<StreamItem> {
  readonly #player: RecordingPlayer<RecordedValue>;

  constructor(
    @inject(NodeConfig) config: RecordedLandmarksConfig,
    @inject(PathResolver) paths: PathResolver,
    @inject(Clock) clock: Clock,
    @inject(Logger) logger: Logger,
  ) {
    const played: Played<RecordedValue> = { use: 'landmarks', items: (reader, topic) => reader.values(topic) };
    this.#player = new RecordingPlayer(config, played, paths, clock, logger);
  }

  get clockOffsetMs(): number {
    return this.#player.clockOffsetMs;
  }

  /** @throws RecordingMissingError, NotARecordingError, RecordingDamagedError, RecordingTopicError, FileNotAllowedError */
  async open(): Promise<void> {
    await this.#player.open();
  }

  /** @throws RecordingDamagedError, AbortedError */
  async read(signal: AbortSignal): Promise<StreamItem | undefined> {
    const recorded = await this.#player.next(signal);
    return recorded === undefined ? undefined : new StreamItem(recorded, recorded.value);
  }

  async close(): Promise<void> {
    await this.#player.close();
  }
}
