import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Clock } from '../../base/index.js';
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
/** A frame that is said to be older is taken for new: its sender's clock means nothing, and figures would be spoilt for good. */
const OLDEST_MS = 3_600_000;

/**
 * The frames that the embedding program brings: on the server, those of a client's socket. Gives each as it comes; of those
 * that come before the run begins, the newest. Timestamps are capture times on the run's clock, as far as the sender tells and that can be true.
 */
@injectable()
export class FramesSource implements FrameSource, FrameReceiver {
  /** That of the frame given last. */
  clockOffsetMs = 0;
  #give: ((frame: Frame) => void) | undefined;
  /** What came before anybody could be given it. */
  #early: Frame | undefined;
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

  get isOpen(): boolean {
    return this.#inlet !== undefined;
  }

  push(frame: Frame, saidOffsetMs: number): void {
    if (this.#inlet === undefined) {
      frame.close(); // it came as the source closed
      return;
    }
    this.#arrivedMs = this.clock.nowMs();
    this.#isConnected = true;
    this.status.report('live');
    this.#watchdog ??= this.#watch(this.config.stalledAfterMs);
    this.clockOffsetMs = this.#offsetOf(frame, saidOffsetMs);
    const stamped = this.#stamp(frame, saidOffsetMs);
    if (this.#give !== undefined) {
      this.#give(stamped);
      return;
    }
    if (this.#early !== undefined) {
      this.#early.close();
      this.metrics.drop(DROP_REPLACED);
    }
    this.#early = stamped;
  }

  feed(give: (frame: Frame) => void): void {
    this.#give = give;
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) give(early);
  }

  connected(isConnected: boolean): void {
    if (this.#inlet === undefined || isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#watchdog?.[Symbol.dispose]();
    this.#watchdog = undefined;
    this.status.report('waiting');
  }

  /** It ends with the run alone. */
  async read(signal: AbortSignal): Promise<undefined> {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  close(): void {
    this.#inlet?.[Symbol.dispose]();
    this.#inlet = undefined;
    this.#watchdog?.[Symbol.dispose]();
    this.#early?.close();
    this.#early = undefined;
  }

  /** A sender whose clock has jumped back goes on by the time of arrival. */
  #stamp(frame: Frame, clockOffsetMs: number): Frame {
    const nowMs = this.#arrivedMs;
    const capturedMs = frame.capturedAtMs + clockOffsetMs;
    const isTrue = capturedMs <= nowMs && capturedMs > nowMs - LONGEST_JOURNEY_MS && capturedMs > this.#lastTimestampMs;
    const timestampMs = isTrue ? capturedMs : nowMs;
    this.#lastTimestampMs = timestampMs;
    return timestampMs === frame.timestampMs ? frame : frame.restamp(timestampMs);
  }

  /** The offset by which the frame has an age that can be: from nothing up to an hour. */
  #offsetOf({ capturedAtMs }: Frame, clockOffsetMs: number): number {
    const ageMs = this.#arrivedMs - (capturedAtMs + clockOffsetMs);
    return ageMs >= 0 && ageMs <= OLDEST_MS ? clockOffsetMs : this.#arrivedMs - capturedAtMs;
  }

  #watch(delayMs: number): Disposable {
    return this.clock.schedule(delayMs, () => {
      const restMs = this.#arrivedMs + this.config.stalledAfterMs - this.clock.nowMs();
      this.#watchdog = restMs > 0 ? this.#watch(restMs) : undefined;
      if (restMs <= 0) this.status.report('stalled');
    });
  }
}
