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
import { RecordingPlayer } from './recording-player.js';
import type { RecordingSourceConfig } from './recording-source-config.js';

/** `media.source.recording`: the frames of a recording, with the times, numbers and bytes that they had. */
@injectable()
export class RecordingSource implements FrameSource {
  #player: RecordingPlayer<RecordedFrame> | undefined;

  constructor(
    @inject(NodeConfig) private readonly config: RecordingSourceConfig,
    @inject(PathResolver) private readonly paths: PathResolver,
    @inject(ImageCodec) private readonly codec: ImageCodec,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  get clockOffsetMs(): number {
    return this.#player?.clockOffsetMs ?? 0;
  }

  /** @throws RecordingMissingError, NotARecordingError, RecordingDamagedError, RecordingTopicError, FileNotAllowedError */
  async open(): Promise<void> {
    const { path, topic, pace } = this.config;
    const request = { path: this.paths.resolve(path), topic, use: 'frames', pace } as const;
    this.#player = new RecordingPlayer(request, (reader, name) => reader.frames(name), this.clock, this.logger);
    await this.#player.open();
  }

  /** @throws RecordingDamagedError, ImageError, AbortedError */
  async read(signal: AbortSignal): Promise<Frame | undefined> {
    const recorded = await this.#player?.next(signal);
    if (recorded === undefined) return undefined;
    const { data, format, width, height, sequence, timestampMs, capturedAtMs } = recorded;
    const place = { sequence, timestampMs, capturedAtMs };
    if (this.config.decode) return await this.codec.decodeBytes(data, place, { format: 'rgba8', signal });
    return Frame.fromEncoded({ ...place, format, width, height }, data);
  }

  async close(): Promise<void> {
    await this.#player?.close();
  }
}
