import { randomBytes } from 'node:crypto';
import { AbortedError, sleep } from '@kinegraph/core/plugin';
import { ConnectCertificateError, ConnectNotAllowedError, ConnectRefusedError } from '../connect-errors.js';
import { BackOff } from '../delivery/back-off.js';
import type { Carrier } from '../delivery/delivery.js';
import type { DeliveryQueue } from '../delivery/delivery-queue.js';
import type { DeliveryReport } from '../delivery/delivery-report.js';
import { openConnection, type Destination } from '../network/connect.js';
import { MqttLink, type MqttLinkOptions } from './mqtt-link.js';
import type { MqttMessage } from './mqtt-message.js';

/** Waits between attempts. */
const BACK_OFF = { firstMs: 1000, longestMs: 30_000 };
/** A connection that lasted this long counts as a good one: the next loss is tried again soon. */
const GOOD_AFTER_MS = 10_000;

/** What a carrier needs and whom it tells. */
export interface MqttCarrierOptions {
  readonly queue: DeliveryQueue<MqttMessage>;
  readonly destination: Destination;
  readonly link: Omit<MqttLinkOptions, 'clientId' | 'clock' | 'receiver'>;
  /** How client ids begin. */
  readonly clientId: string;
  readonly report: DeliveryReport;
  readonly backOff?: BackOff;
}

/** Keeps connecting to a broker, and sends what is in the queue while it is connected. */
export class MqttCarrier implements Carrier {
  readonly #backOff: BackOff;

  constructor(private readonly options: MqttCarrierOptions) {
    this.#backOff = options.backOff ?? new BackOff(BACK_OFF);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { queue, report } = this.options;
    const { clock } = this.options.destination;
    while (!signal.aborted) {
      const fault = await this.#oneConnection(signal);
      if (signal.aborted) return;
      queue.giveBack();
      const isRefusal = isNo(fault);
      const waitMs = isRefusal ? this.#backOff.longest() : this.#backOff.next();
      report.failed(fault, isRefusal, waitMs);
      await sleep(clock, waitMs, signal).catch(ignoreAbort);
    }
  }

  /** @returns what ended it */
  async #oneConnection(signal: AbortSignal): Promise<unknown> {
    const { destination, link: settings, queue, report, clientId } = this.options;
    const { clock, receiver } = destination;
    let link: MqttLink | undefined;
    let sinceMs: number | undefined;
    try {
      const stream = await openConnection(destination, signal);
      // A new name each time: a broker that has not noticed the old connection's end would cut one of the two.
      const name = `${clientId}-${randomBytes(4).toString('hex')}`;
      link = new MqttLink(stream, { ...settings, clientId: name, clock, receiver });
      await link.greeted(signal);
      sinceMs = clock.nowMs();
      report.live();
      return await link.carry(queue, signal);
    } catch (error) {
      return error;
    } finally {
      if (sinceMs !== undefined && clock.nowMs() - sinceMs >= GOOD_AFTER_MS) this.#backOff.reset();
      await link?.close();
    }
  }
}

function isNo(fault: unknown): boolean {
  return (
    fault instanceof ConnectRefusedError ||
    fault instanceof ConnectNotAllowedError ||
    fault instanceof ConnectCertificateError
  );
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof AbortedError)) throw error;
}
