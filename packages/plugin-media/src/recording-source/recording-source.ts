import {
  Clock,
  Frame,
  ImageCodec,
  inject,
  injectable,
  Logger,
  NodeConfig,
  PathResolver,
  type FrameSource,
} from '@kinegraph/core/plugin';
import type { RecordedFrame } from '@kinegraph/recording';
import { RecordingPlayer, type Played } from './recording-player.js';
import type { RecordingSourceConfig } from './recording-source-config.js';

/** `media.source.recording`: the frames of a recording, with the times, numbers and bytes that they had. */
@injectable()
export class RecordingSource implements FrameSource {
  readonly #player: RecordingPlayer<RecordedFrame>;

  constructor(
    @inject(NodeConfig) private readonly config: RecordingSourceConfig,
    @inject(PathResolver) paths: PathResolver,
    @inject(ImageCodec) private readonly codec: ImageCodec,
    @inject(Clock) clock: Clock,
    @inject(Logger) logger: Logger,
  ) {
    const played: Played<RecordedFrame> = { use: 'frames', items: (reader, topic) => reader.frames(topic) };
    this.#player = new RecordingPlayer(config, played, paths, clock, logger);
  }

  get clockOffsetMs(): number {
    return this.#player.clockOffsetMs;
  }

  /** @throws RecordingMissingError, NotARecordingError, RecordingDamagedError, RecordingTopicError, FileNotAllowedError */
  async open(): Promise<void> {
    await this.#player.open();
  }

  /** @throws RecordingDamagedError, ImageError, AbortedError */
  async read(signal: AbortSignal): Promise<Frame | undefined> {
    const recorded = await this.#player.next(signal);
    if (recorded === undefined) return undefined;
    const { data, format, width, height, sequence, timestampMs, capturedAtMs } = recorded;
    const place = { sequence, timestampMs, capturedAtMs };
    if (this.config.decode) return await this.codec.decodeBytes(data, place, { format: 'rgba8', signal });
    return Frame.fromEncoded({ ...place, format, width, height }, data);
  }

  async close(): Promise<void> {
    await this.#player.close();
  }
}
