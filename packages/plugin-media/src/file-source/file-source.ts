import {
  Clock,
  Frame,
  FramePool,
  inject,
  injectable,
  Logger,
  NodeConfig,
  PathResolver,
  type FrameSource,
} from '@kinegraph/core/plugin';
import { DecoderDrivers } from '../drivers.js';
import type { DecodedFrame } from '../decoder/frame-stream.js';
import { MediaRangeError } from '../file-errors.js';
import { FramePacer } from '../pace.js';
import type { FileSourceConfig } from './file-source-config.js';
import { LoopingStream } from './looping-stream.js';

/** `media.source.file`: the frames of a video file, decoded in a process of their own. */
@injectable()
export class FileSource implements FrameSource {
  readonly #pacer: FramePacer;
  #stream: LoopingStream | undefined;
  /** Decoded by `open`, so that a file that cannot be read fails the start and not the run. */
  #first: DecodedFrame | undefined;
  #sequence = 0;
  #hasReported = false;

  constructor(
    @inject(NodeConfig) private readonly config: FileSourceConfig,
    @inject(DecoderDrivers) private readonly drivers: DecoderDrivers,
    @inject(FramePool) private readonly pool: FramePool,
    @inject(PathResolver) private readonly paths: PathResolver,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#pacer = new FramePacer(clock, config.pace);
  }

  /** @throws the `MEDIA_*` errors of the file and of the decoder */
  async open(signal: AbortSignal): Promise<void> {
    const { startMs, endMs, shortSide, frameTimeoutMs, loop } = this.config;
    if (endMs !== undefined && endMs <= startMs) throw new MediaRangeError({ startMs, endMs });
    const driver = await this.drivers.choose(this.config, this.paths);
    const request = {
      input: { kind: 'file', path: this.paths.resolve(this.config.path) },
      startMs,
      frameTimeoutMs,
      allocate: (byteLength: number) => this.pool.acquire(byteLength),
      ...(endMs === undefined ? {} : { endMs }),
      ...(shortSide === undefined ? {} : { shortSide }),
    } as const;
    this.#stream = new LoopingStream(
      () => driver.open(request),
      loop,
      (complaints) => this.#report(complaints),
    );
    this.#first = await this.#stream.next(signal);
    this.logger.debug(`Decoding "${this.config.path}" with ${driver.name}.`);
  }

  /** @throws the `MEDIA_*` errors of the file and of the decoder, AbortedError */
  async read(signal: AbortSignal): Promise<Frame | undefined> {
    const decoded = this.#first ?? (await this.#stream?.next(signal));
    this.#first = undefined;
    if (decoded === undefined) return undefined;
    const { timestampMs, width, height, memory } = decoded;
    try {
      await this.#pacer.untilDue(timestampMs, signal);
    } catch (error) {
      memory.release();
      throw error;
    }
    const sequence = this.#sequence;
    this.#sequence += 1;
    return new Frame(
      { sequence, timestampMs, capturedAtMs: this.clock.nowMs(), width, height, format: 'rgba8' },
      memory,
    );
  }

  async close(): Promise<void> {
    this.#first?.memory.release();
    this.#first = undefined;
    await this.#stream?.close();
  }

  /** Damage that the decoder worked around fails nothing, but must not go unnoticed. Said once, not with every round. */
  #report(complaints: readonly string[]): void {
    if (complaints.length === 0 || this.#hasReported) return;
    this.#hasReported = true;
    this.logger.warn(`The decoder found damage in "${this.config.path}" and worked around it.`, { complaints });
  }
}
