import { readFile } from 'node:fs/promises';
import {
  Clock,
  errorMessage,
  ImageCodec,
  inject,
  injectable,
  Logger,
  NodeConfig,
  NodeMetrics,
  PathResolver,
  type Frame,
  type FrameSource,
} from '@kinegraph/core/plugin';
import { MediaImageError } from '../file-errors.js';
import { FramePacer } from '../pace.js';
import type { ImageSourceConfig } from './image-source-config.js';
import { listImages } from './image-list.js';

/** Cause of drops: an image could not be decoded and `onUnreadable` is `skip`. */
const DROP_UNREADABLE = 'unreadable';

/** `media.source.images`: the images of a folder, or one image, as frames. */
@injectable()
export class ImageSource implements FrameSource {
  readonly #pacer: FramePacer;
  #images: readonly string[] = [];
  #index = 0;
  /** Readable images of this round; a round without any would turn for ever. */
  #readable = 0;

  constructor(
    @inject(NodeConfig) private readonly config: ImageSourceConfig,
    @inject(ImageCodec) private readonly codec: ImageCodec,
    @inject(PathResolver) private readonly paths: PathResolver,
    @inject(Clock) private readonly clock: Clock,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#pacer = new FramePacer(clock, config.pace);
  }

  /** @throws MediaFileMissingError, MediaFileKindError, MediaFileDeniedError */
  async open(): Promise<void> {
    this.#images = await listImages(this.paths.resolve(this.config.path));
  }

  /** @throws MediaImageError, AbortedError */
  async read(signal: AbortSignal): Promise<Frame | undefined> {
    while (!signal.aborted) {
      const place = this.#index % this.#images.length;
      const file = this.#images[place];
      const isRoundOver = place === 0 && this.#index > 0;
      if (file === undefined || (isRoundOver && (!this.config.loop || this.#readable === 0))) return undefined;
      if (isRoundOver) this.#readable = 0;
      const sequence = this.#index;
      this.#index += 1;
      const frame = await this.#decode(file, sequence, signal);
      if (frame === undefined) continue;
      this.#readable += 1;
      return frame;
    }
    return undefined;
  }

  async #decode(file: string, sequence: number, signal: AbortSignal): Promise<Frame | undefined> {
    const { fps, shortSide, onUnreadable } = this.config;
    const timestampMs = (sequence * 1000) / fps;
    let bytes: Uint8Array;
    try {
      bytes = await readFile(file, { signal });
      await this.#pacer.untilDue(timestampMs, signal);
      const timing = { sequence, timestampMs, capturedAtMs: this.clock.nowMs() };
      return await this.codec.decodeBytes(bytes, timing, {
        format: 'rgba8',
        signal,
        ...(shortSide === undefined ? {} : { shortSide }),
      });
    } catch (error) {
      if (signal.aborted) return undefined;
      const named = new MediaImageError({ path: file, reason: errorMessage(error) }, { cause: error });
      if (onUnreadable === 'fail') throw named;
      this.metrics.drop(DROP_UNREADABLE);
      this.logger.warn(named.message);
      return undefined;
    }
  }
}
