import { toErrorRecord, type Logger, type SinkStatus } from '@kinegraph/core/plugin';

/**
 * Tells how a receiver takes what is sent to it: at each change in the figures of the node, and in the log where that is
 * news. A fault that comes again and again is told once.
 */
export class DeliveryReport {
  #isLive = false;
  #hasBeenLive = false;
  #loggedFault: string | undefined;

  /** @param receiver - how it may be called in a log. */
  constructor(
    private readonly receiver: string,
    private readonly status: SinkStatus,
    private readonly logger: Logger,
  ) {
    status.report('waiting');
  }

  /** The receiver takes what comes. */
  live(): void {
    if (this.#isLive) return;
    if (this.#loggedFault !== undefined) this.logger.info(`"${this.receiver}" takes results again.`);
    this.#isLive = true;
    this.#hasBeenLive = true;
    this.#loggedFault = undefined;
    this.status.report('live');
  }

  /**
   * An attempt has failed; there will be another.
   * @param isRefusal - the receiver says no, so that trying soon again is of no use.
   */
  failed(fault: unknown, isRefusal: boolean, waitMs: number): void {
    this.#isLive = false;
    this.status.report(isRefusal ? 'refused' : this.#hasBeenLive ? 'reconnecting' : 'waiting', fault);
    const error = toErrorRecord(fault);
    if (error.message === this.#loggedFault) return;
    this.#loggedFault = error.message;
    this.logger.warn(`${error.message} Next attempt in ${(waitMs / 1000).toFixed(1)} s.`, { error });
  }
}
