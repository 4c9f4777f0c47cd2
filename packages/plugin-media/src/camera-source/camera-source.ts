import {
  Clock,
  Frame,
  FramePool,
  inject,
  injectable,
  Logger,
  NetworkAccess,
  NodeConfig,
  NodeMetrics,
  PathResolver,
  SourceStatus,
  type FrameSource,
} from '@kinegraph/core/plugin';
import type { DecodedFrame, DecoderDriver, FrameStream } from '../decoder/frame-stream.js';
import { hasStreamTimes, isPlaylist, subjectOfLive } from '../decoder/live-input.js';
import type { LiveInput } from '../decoder/live-input.js';
import { DecoderDrivers } from '../drivers.js';
import { BackOff } from './back-off.js';
import { CameraConnection } from './camera-connection.js';
import { allowedInput } from './camera-host.js';
import type { CameraSourceConfig } from './camera-source-config.js';
import { accessUrlOf, liveInputOf } from './camera-url.js';
import { CameraMemory } from './frame-memory.js';
import { NewestFrame } from './newest-frame.js';
import { PlaylistPacer } from './playlist-pacer.js';
import { StreamTimeline } from './stream-timeline.js';

/** Cause of drops: a newer frame came before anybody took this one. */
const DROP_REPLACED = 'replaced';
/** Cause of drops: the pool of frames was full. */
const DROP_NO_MEMORY = 'no-memory';

/**
 * `media.source.camera`: the newest frame of a camera. The camera is read all the time, whether or not anybody takes its
 * frames, so that they never age in its buffers; and it is connected again for as long as the run lasts.
 */
@injectable()
export class CameraSource implements FrameSource {
  readonly #newest: NewestFrame;
  readonly #memory: CameraMemory;
  readonly #timeline = new StreamTimeline();
  #connection: CameraConnection | undefined;
  #sequence = 0;
  #attempt = 0;

  constructor(
    @inject(NodeConfig) private readonly config: CameraSourceConfig,
    @inject(DecoderDrivers) private readonly drivers: DecoderDrivers,
    @inject(FramePool) pool: FramePool,
    @inject(NetworkAccess) private readonly network: NetworkAccess,
    @inject(SourceStatus) private readonly status: SourceStatus,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
    @inject(PathResolver) private readonly paths: PathResolver,
  ) {
    this.#memory = new CameraMemory(pool);
    this.#newest = new NewestFrame(() => metrics.drop(DROP_REPLACED));
  }

  /**
   * Begins to connect, and does not wait for it: a camera that is off comes later.
   * @throws CameraUrlError, CameraPasswordError, DecoderMissingError, what `NetworkAccess.check` throws: what can never work
   */
  async open(): Promise<void> {
    const input = liveInputOf(this.config);
    this.network.check(accessUrlOf(input));
    const driver = await this.drivers.choose(this.config, this.paths);
    const pacer = isPlaylist(input) ? new PlaylistPacer(this.clock) : undefined;
    this.#connection = new CameraConnection({
      camera: subjectOfLive(input),
      clock: this.clock,
      logger: this.logger,
      status: this.status,
      backOff: new BackOff(),
      openStream: (signal) => this.#openStream(driver, input, signal),
      onBegin: () => this.#timeline.beginConnection(),
      onFrame: async (frame, signal) => {
        await pacer?.untilDue(frame.timestampMs, signal).catch((error: unknown) => {
          frame.memory.release();
          throw error;
        });
        this.#bring(frame, hasStreamTimes(input) ? frame.timestampMs : undefined);
      },
      onHopeless: (error) => this.#newest.fail(error),
    });
    this.#connection.start();
  }

  /** @throws AbortedError, DecoderMissingError */
  read(signal: AbortSignal): Promise<Frame> {
    return this.#newest.take(signal);
  }

  /** Disconnects, in whatever state the connection is; takes less than two seconds. */
  async close(): Promise<void> {
    this.#newest[Symbol.dispose]();
    await this.#connection?.stop();
  }

  async #openStream(driver: DecoderDriver, input: LiveInput, signal: AbortSignal): Promise<FrameStream> {
    const allowed = await allowedInput(input, this.network, this.#attempt, signal);
    this.#attempt += 1;
    const { frameTimeoutMs, shortSide } = this.config;
    return driver.open({
      input: allowed,
      frameTimeoutMs,
      allocate: this.#memory.allocate,
      ...(shortSide === undefined ? {} : { shortSide }),
    });
  }

  #bring({ width, height, memory }: DecodedFrame, streamMs: number | undefined): void {
    const capturedAtMs = this.clock.nowMs();
    const timestampMs = this.#timeline.place(streamMs, capturedAtMs);
    const sequence = this.#sequence;
    this.#sequence += 1;
    if (this.#memory.isSpare(memory)) this.metrics.drop(DROP_NO_MEMORY);
    else this.#newest.put(new Frame({ sequence, timestampMs, capturedAtMs, width, height, format: 'rgba8' }, memory));
  }
}
