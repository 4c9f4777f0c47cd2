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
import { Delivery } from '../delivery/delivery.js';
import { countsOf, DeliveryQueue } from '../delivery/delivery-queue.js';
import { DeliveryReport } from '../delivery/delivery-report.js';
import { resultMessage } from '../message/result-message.js';
import { accessUrlOf } from '../network/connect.js';
import { ConnectSettingsService, receiverOf, type ConnectSettings } from '../settings/connect-settings.js';
import { readSecret, readTlsTrust } from '../settings/read-secrets.js';
import { warnOfWeakness } from '../settings/weakness.js';
import { MqttCarrier } from './mqtt-carrier.js';
import { MqttMessage } from './mqtt-message.js';
import type { MqttSinkConfig } from './mqtt-sink-config.js';
import { topicOf } from './topic.js';

/**
 * `connect.sink.mqtt`: publishes each value to a broker. A write only puts it in line; whatever the broker does costs the
 * line and never the run.
 */
@injectable()
export class MqttSink implements Sink {
  readonly #queue: DeliveryQueue<MqttMessage>;
  #delivery: Delivery | undefined;
  #topic = '';

  constructor(
    @inject(NodeConfig) private readonly config: MqttSinkConfig,
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
   * Begins to connect, and does not wait for it: a broker that is off comes later.
   * @throws ConnectUnknownError, ConnectSecretError, what `NetworkAccess.check` throws: what can never work
   */
  async open(): Promise<void> {
    const { clock, config, logger, network } = this;
    const receiver = config.connection;
    const connection = receiverOf('connections', this.settings.connections, receiver);
    const { username, clientId, topicPrefix, passwordFile } = connection;
    const url = new URL(connection.url);
    network.check(accessUrlOf(url));
    const password = await readSecret(receiver, 'passwordFile', { value: connection.password, file: passwordFile });
    const trust = await readTlsTrust(receiver, connection);
    warnOfWeakness({ receiver, url, insecure: connection.insecure, hasSecret: password !== undefined, logger });
    this.#topic = topicPrefix + config.topic;
    const { qos, retain, unconfirmed } = config;
    const carrier = new MqttCarrier({
      queue: this.#queue,
      destination: { receiver, url, trust, network, clock },
      link: {
        qos,
        retain,
        unconfirmed,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      },
      clientId,
      report: new DeliveryReport(receiver, this.status, logger),
    });
    this.#delivery = new Delivery(this.#queue, carrier, clock, logger);
  }

  write(value: unknown, info: ProcessInfo): void {
    const { clock, config, identity } = this;
    const message = resultMessage(value, info, identity, clock.nowMs(), config.digits);
    const { run, sink, source } = message;
    const payload = Buffer.from(JSON.stringify(message));
    this.#queue.push(new MqttMessage(topicOf(this.#topic, { run, sink, source }), payload));
  }

  /** Waits until the broker has confirmed everything, `flushMs` at most. */
  async flush(): Promise<void> {
    await this.#delivery?.flush(this.config.flushMs);
  }

  /** Drops and counts what has not been confirmed. Takes less than a second. */
  async close(): Promise<void> {
    await this.#delivery?.close();
    this.#delivery = undefined;
  }
}
