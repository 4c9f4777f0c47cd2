import { Buffer } from 'node:buffer';
import {
  Clock,
  inject,
  injectable,
  Logger,
  NetworkAccess,
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  SinkStatus,
  type ProcessInfo,
  type Sink,
} from '@kinegraph/core/plugin';
import { ConnectSecretError } from '../connect-errors.js';
import { Delivery } from '../delivery/delivery.js';
import { countsOf, DeliveryQueue } from '../delivery/delivery-queue.js';
import { DeliveryReport } from '../delivery/delivery-report.js';
import { resultMessage } from '../message/result-message.js';
import { accessUrlOf } from '../network/connect.js';
import {
  ConnectSettingsService,
  receiverOf,
  SIGNING_SECRET,
  type ConnectSettings,
} from '../settings/connect-settings.js';
import { readSecret, readTlsTrust } from '../settings/read-secrets.js';
import { warnOfWeakness } from '../settings/weakness.js';
import { Poster } from './poster.js';
import { WebhookCarrier } from './webhook-carrier.js';
import type { WebhookSinkConfig } from './webhook-sink-config.js';

/**
 * `connect.sink.webhook`: posts values in batches. A write only puts the value in line; whatever the receiver does costs
 * the line and never the run.
 */
@injectable()
export class WebhookSink implements Sink {
  readonly #queue: DeliveryQueue<Buffer>;
  #delivery: Delivery | undefined;

  constructor(
    @inject(NodeConfig) private readonly config: WebhookSinkConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(ConnectSettingsService) private readonly settings: ConnectSettings,
    @inject(NetworkAccess) private readonly network: NetworkAccess,
    @inject(NodeMetrics) metrics: NodeMetrics,
    @inject(SinkStatus) private readonly status: SinkStatus,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly logger: Logger,
  ) {
    const { queueMessages, queueKib, whenFull } = config;
    const limits = { messages: queueMessages, bytes: queueKib * 1024, whenFull };
    this.#queue = new DeliveryQueue(limits, countsOf(metrics));
  }

  /**
   * Connects to nobody yet.
   * @throws ConnectUnknownError, ConnectSecretError, what `NetworkAccess.check` throws: what can never work
   */
  async open(): Promise<void> {
    const { clock, config, logger, network } = this;
    const receiver = config.webhook;
    const webhook = receiverOf('webhooks', this.settings.webhooks, receiver);
    const { headers, insecure, secretFile } = webhook;
    const url = new URL(webhook.url);
    network.check(accessUrlOf(url));
    const secret = await readSecret(receiver, 'secretFile', { value: webhook.secret, file: secretFile });
    if (secret !== undefined && !SIGNING_SECRET.test(secret)) {
      const reason = 'it is not whsec_ and 24 to 64 bytes in base64';
      throw new ConnectSecretError({ receiver, setting: 'secretFile', reason });
    }
    const trust = await readTlsTrust(receiver, webhook);
    warnOfWeakness({ receiver, url, insecure, hasSecret: Object.keys(headers).length > 0, logger });
    const { batchResults, batchMs, retryForMs, timeoutMs } = config;
    const carrier = new WebhookCarrier({
      queue: this.#queue,
      receiver,
      poster: new Poster({ receiver, url, trust, network, clock }, headers, timeoutMs),
      ...(secret === undefined ? {} : { secret }),
      batchResults,
      batchMs,
      retryForMs,
      report: new DeliveryReport(receiver, this.status, logger),
      clock,
    });
    this.#delivery = new Delivery(this.#queue, carrier, clock, logger);
  }

  write(value: unknown, info: ProcessInfo): void {
    const { clock, config, identity } = this;
    this.#queue.push(Buffer.from(JSON.stringify(resultMessage(value, info, identity, clock.nowMs(), config.digits))));
  }

  /** Waits until everything was taken or refused, `flushMs` at most. */
  async flush(): Promise<void> {
    await this.#delivery?.flush(this.config.flushMs);
  }

  /** Drops and counts what was not taken. */
  async close(): Promise<void> {
    await this.#delivery?.close();
    this.#delivery = undefined;
  }
}
