import { AbortedError, sleep, type Clock, type Logger } from '@kinegraph/core/plugin';
import type { DeliveryQueue } from './delivery-queue.js';

/** Takes messages out of a queue and to their receiver. */
export interface Carrier {
  /** Goes on until `signal` fires. Rejects only with what is a mistake of ours. */
  run(signal: AbortSignal): Promise<void>;
  /** What waits is to go at once: the end is near. */
  hurry?(): void;
}

/** The life of what a sink sends: it begins, is flushed within a limit, and ends. */
export class Delivery {
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;

  /** Begins at once. */
  constructor(
    private readonly queue: DeliveryQueue<{ readonly byteLength: number }>,
    private readonly carrier: Carrier,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.#running = carrier.run(this.#abort.signal).catch((error: unknown) => {
      if (!(error instanceof AbortedError)) logger.error('Sending has stopped; report this as a fault.', { error });
    });
  }

  /** Settles when everything has arrived, and after `limitMs` at the latest. */
  async flush(limitMs: number): Promise<void> {
    if (this.queue.held === 0) return;
    this.carrier.hurry?.();
    const over = new AbortController();
    const waits = [this.queue.untilEmpty(over.signal), sleep(this.clock, limitMs, over.signal)];
    try {
      await Promise.race(waits);
    } finally {
      over.abort();
      await Promise.allSettled(waits);
    }
  }

  /** What has not arrived is dropped and counted. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#running;
    const left = this.queue.held;
    this.queue.close();
    const sent = `${this.queue.delivered} results were sent`;
    if (left === 0) this.logger.info(`${sent}.`);
    else this.logger.warn(`${sent}; ${left} more could not be, and are lost.`);
  }
}
