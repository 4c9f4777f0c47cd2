import { z } from 'zod';
import type { Clock } from '../../base/index.js';
import type { InletItems, InletKind, InletReceiver, NodeMetrics, SourceStatus } from '../../kinds/index.js';
import type { Timed } from '../../vision/index.js';
import { DROP_REPLACED } from '../buffers/drop-causes.js';

/** The key `stalledAfterMs` of every source that clients send to. */
export const stalledAfterMs = z.int().min(100).max(600_000).default(2000).meta({
  title: 'Stalled after (ms)',
  description: 'A sender that is connected but has sent nothing for this long counts as stalled.',
});

/** A capture time that is further from now cannot be true; the time of arrival is taken instead. */
const LONGEST_JOURNEY_MS = 10_000;
/** An item that is said to be older is taken for new: its sender's clock means nothing, and figures would be spoilt for good. */
const OLDEST_MS = 3_600_000;

/** What a LiveInlet needs to know of its source. */
export interface LiveInletOptions<Kind extends InletKind> {
  readonly takes: Kind;
  readonly stalledAfterMs: number;
  readonly status: SourceStatus;
  readonly metrics: NodeMetrics;
  readonly clock: Clock;
  /** Takes over the item and answers it with its place in the stream. */
  place(item: InletItems[Kind], timestampMs: number): InletItems[Kind];
  /** The item is not wanted. */
  discard(item: InletItems[Kind]): void;
}

/**
 * What a source does with what clients send to it: gives each as it comes; of those that come before the run begins, the
 * newest. Timestamps are capture times on the run's clock, as far as the sender tells and that can be true.
 */
export class LiveInlet<Kind extends InletKind> implements InletReceiver<Kind> {
  readonly takes: Kind;
  /** That of the item given last. */
  clockOffsetMs = 0;
  #give: ((item: InletItems[Kind]) => void) | undefined;
  /** What came before anybody could be given it. */
  #early: InletItems[Kind] | undefined;
  #entry: Disposable | undefined;
  #isConnected = false;
  #arrivedMs = 0;
  #lastTimestampMs = Number.NEGATIVE_INFINITY;
  #watchdog: Disposable | undefined;

  constructor(private readonly options: LiveInletOptions<Kind>) {
    this.takes = options.takes;
  }

  /** @param entry - taken over: disposed of as the source closes */
  open(entry: Disposable): void {
    this.options.status.report('waiting');
    this.#entry = entry;
  }

  get isOpen(): boolean {
    return this.#entry !== undefined;
  }

  push(item: InletItems[Kind], saidOffsetMs: number): void {
    if (this.#entry === undefined) {
      this.options.discard(item); // it came as the source closed
      return;
    }
    this.#arrivedMs = this.options.clock.nowMs();
    this.#isConnected = true;
    this.options.status.report('live');
    this.#watchdog ??= this.#watch(this.options.stalledAfterMs);
    this.clockOffsetMs = this.#offsetOf(item, saidOffsetMs);
    const placed = this.options.place(item, this.#timestampOf(item, saidOffsetMs));
    if (this.#give !== undefined) {
      this.#give(placed);
      return;
    }
    if (this.#early !== undefined) {
      this.options.discard(this.#early);
      this.options.metrics.drop(DROP_REPLACED);
    }
    this.#early = placed;
  }

  /** Everything goes there from now on. */
  feed(give: (item: InletItems[Kind]) => void): void {
    this.#give = give;
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) give(early);
  }

  connected(isConnected: boolean): void {
    if (this.#entry === undefined || isConnected === this.#isConnected) return;
    this.#isConnected = isConnected;
    this.#watchdog?.[Symbol.dispose]();
    this.#watchdog = undefined;
    this.options.status.report('waiting');
  }

  /** Settles when the run ends: the stream has no end of its own. */
  async ended(signal: AbortSignal): Promise<undefined> {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  close(): void {
    this.#entry?.[Symbol.dispose]();
    this.#entry = undefined;
    this.#watchdog?.[Symbol.dispose]();
    if (this.#early !== undefined) this.options.discard(this.#early);
    this.#early = undefined;
  }

  /** A sender whose clock has jumped back goes on by the time of arrival. */
  #timestampOf({ capturedAtMs }: Timed, clockOffsetMs: number): number {
    const nowMs = this.#arrivedMs;
    const capturedMs = capturedAtMs + clockOffsetMs;
    const isTrue = capturedMs <= nowMs && capturedMs > nowMs - LONGEST_JOURNEY_MS && capturedMs > this.#lastTimestampMs;
    const timestampMs = isTrue ? capturedMs : nowMs;
    this.#lastTimestampMs = timestampMs;
    return timestampMs;
  }

  /** The offset by which the item has an age that can be: from nothing up to an hour. */
  #offsetOf({ capturedAtMs }: Timed, clockOffsetMs: number): number {
    const ageMs = this.#arrivedMs - (capturedAtMs + clockOffsetMs);
    return ageMs >= 0 && ageMs <= OLDEST_MS ? clockOffsetMs : this.#arrivedMs - capturedAtMs;
  }

  #watch(delayMs: number): Disposable {
    return this.options.clock.schedule(delayMs, () => {
      const restMs = this.#arrivedMs + this.options.stalledAfterMs - this.options.clock.nowMs();
      this.#watchdog = restMs > 0 ? this.#watch(restMs) : undefined;
      if (restMs <= 0) this.options.status.report('stalled');
    });
  }
}
