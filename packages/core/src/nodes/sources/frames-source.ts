import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { AbortedError, Clock, deferred } from '../../base/index.js';
import type { Deferred } from '../../base/index.js';
import { FrameInlets, NodeConfig, NodeIdentity, NodeMetrics, SourceStatus } from '../../kinds/index.js';
import type { FrameReceiver, FrameSource } from '../../kinds/index.js';
import type { Frame } from '../../vision/index.js';
import { DROP_REPLACED } from '../buffers/drop-causes.js';

export const FramesSourceConfig = z.strictObject({
  stalledAfterMs: z.int().min(100).max(600_000).default(2000).meta({
    title: 'Stalled after (ms)',
    description: 'A sender that is connected but has sent nothing for this long counts as stalled.',
  }),
});
export type FramesSourceConfig = z.infer<typeof FramesSourceConfig>;

/** A capture time that is further from now cannot be true; the time of arrival is taken instead. */
const LONGEST_JOURNEY_MS = 10_000;

/** A frame that nobody has read yet. */
interface Arrival {
  readonly frame: Frame;
  readonly clockOffsetMs: number;
}

/**
 * The frames that the embedding program brings: on the server, those of a client's socket. Keeps one frame until it is
 * read; the newest wins. Timestamps are capture times on the run's clock, as far as the sender tells and that can be true.
 */
@injectable()
export class FramesSource implements FrameSource, FrameReceiver {
  /** That of the frame read last. */
  clockOffsetMs = 0;
  #newest: Arrival | undefined;
  #reader: Deferred<Arrival> | undefined;
  #signal: AbortSignal | undefined;
  #inlet: Disposable | undefined;
  #isConnected = false;
  #arrivedMs = 0;
  #lastTimestampMs = Number.NEGATIVE_INFINITY;
  #watchdog: Disposable | undefined;

  constructor(
    @inject(NodeConfig) private readonly config: FramesSourceConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(FrameInlets) private readonly inlets: FrameInlets,
    @inject(SourceStatus) private readonly status: SourceStatus,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
    @inject(Clock) private readonly clock: Clock,
  ) {}

  open(): void {
    this.status.report('waiting');
    this.#inlet = this.inlets.open(this.identity.runId, this.identity.name, this);
  }

  push(frame: Frame, clockOffsetMs: number): void {
    if (this.#inlet === undefined) {
      frame.close(); // it came as the source closed
      return;
    }
    this.#arrivedMs = this.clock.nowMs();
    this.#isConnected = true;
    this.status.report('live');
    this.#watchdog ??= this.#watch(this.config.stalledAfterMs);
    const arrival = { frame: this.#stamp(frame, clockOffsetMs), clockOffsetMs };
    const reader = this.#reader;
    if (reader !== undefined) {
      this.#reader = undefined;
      reader.resolve(arrival);
      return;
    }
    if (this.#newest !== undefined) {
      this.#newest.frame.close();
      this.metrics.drop(DROP_REPLACED);
    }
    this.#newest = arrival;
  }

  connected(isConnected: boolean): void {
    if (this.#inlet === undefined || isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#watchdog?.[Symbol.dispose]();
    this.#watchdog = undefined;
    this.status.report('waiting');
  }

  /** @throws AbortedError */
  async read(signal: AbortSignal): Promise<Frame> {
    const { frame, clockOffsetMs } = this.#take() ?? (await this.#next(signal));
    this.clockOffsetMs = clockOffsetMs;
    return frame;
  }

  close(): void {
    this.#inlet?.[Symbol.dispose]();
    this.#inlet = undefined;
    this.#watchdog?.[Symbol.dispose]();
    this.#signal?.removeEventListener('abort', this.#giveUp);
    this.#take()?.frame.close();
  }

  #take(): Arrival | undefined {
    const newest = this.#newest;
    this.#newest = undefined;
    return newest;
  }

  /** @throws AbortedError */
  async #next(signal: AbortSignal): Promise<Arrival> {
    const reader = deferred<Arrival>();
    this.#reader = reader;
    this.#endWith(signal);
    if (signal.aborted) this.#giveUp();
    return await reader.promise;
  }

  /** Listens once to each signal: a run reads with the same one for each of its frames. */
  #endWith(signal: AbortSignal): void {
    if (signal === this.#signal) return;
    this.#signal?.removeEventListener('abort', this.#giveUp);
    this.#signal = signal;
    signal.addEventListener('abort', this.#giveUp, { once: true });
  }

  readonly #giveUp = (): void => {
    this.#reader?.reject(new AbortedError({ what: 'Waiting for a frame' }));
    this.#reader = undefined;
  };

  /** A sender whose clock has jumped back goes on by the time of arrival. */
  #stamp(frame: Frame, clockOffsetMs: number): Frame {
    const nowMs = this.#arrivedMs;
    const capturedMs = frame.capturedAtMs + clockOffsetMs;
    const isTrue = capturedMs <= nowMs && capturedMs > nowMs - LONGEST_JOURNEY_MS && capturedMs > this.#lastTimestampMs;
    const timestampMs = isTrue ? capturedMs : nowMs;
    this.#lastTimestampMs = timestampMs;
    return frame.restamp(timestampMs);
  }

  #watch(delayMs: number): Disposable {
    return this.clock.schedule(delayMs, () => {
      const restMs = this.#arrivedMs + this.config.stalledAfterMs - this.clock.nowMs();
      this.#watchdog = restMs > 0 ? this.#watch(restMs) : undefined;
      if (restMs <= 0) this.status.report('stalled');
    });
  }
}
