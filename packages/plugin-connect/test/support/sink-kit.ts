import { setTimeout as delay } from 'node:timers/promises';
import {
  SystemClock,
  unrestrictedNetwork,
  type ConnectionState,
  type NetworkAccess,
  type NodeIdentity,
  type Sink,
} from '@kinegraph/core/plugin';
import { aProcessInfo, CountingMetrics, RecordingLogger } from '@kinegraph/core/testing';
import { MqttSink } from '../../src/mqtt-sink/mqtt-sink.js';
import { MqttSinkConfig } from '../../src/mqtt-sink/mqtt-sink-config.js';
import { readConnectSettings } from '../../src/settings/connect-settings.js';
import { WebhookSink } from '../../src/webhook-sink/webhook-sink.js';
import { WebhookSinkConfig } from '../../src/webhook-sink/webhook-sink-config.js';

const identity: NodeIdentity = { name: 'out', type: 'connect.sink', runId: 'hall-1' };

/** A sink with everything around it that a run would give it. */
export class SinkKit implements AsyncDisposable {
  readonly metrics = new CountingMetrics();
  readonly logger = new RecordingLogger();
  /** What was reported, oldest first. */
  readonly reports: { readonly state: ConnectionState; readonly error?: unknown }[] = [];
  readonly sink: Sink;
  written = 0;

  constructor(make: (kit: SinkKit) => Sink) {
    this.sink = make(this);
  }

  /** @param settings - of the connection `hall`. */
  static mqtt(settings: object, config: object = {}, network: NetworkAccess = unrestrictedNetwork): SinkKit {
    return new SinkKit(
      ({ metrics, logger, status }) =>
        new MqttSink(
          MqttSinkConfig.parse({ connection: 'hall', ...config }),
          identity,
          readConnectSettings({ connections: { hall: settings } }),
          network,
          metrics,
          status,
          new SystemClock(),
          logger,
        ),
    );
  }

  /** @param settings - of the webhook `crm`. */
  static webhook(settings: object, config: object = {}, network: NetworkAccess = unrestrictedNetwork): SinkKit {
    return new SinkKit(
      ({ metrics, logger, status }) =>
        new WebhookSink(
          WebhookSinkConfig.parse({ webhook: 'crm', ...config }),
          identity,
          readConnectSettings({ webhooks: { crm: settings } }),
          network,
          metrics,
          status,
          new SystemClock(),
          logger,
        ),
    );
  }

  get status(): { report(state: ConnectionState, error?: unknown): void } {
    return { report: (state, error) => void this.reports.push({ state, error }) };
  }

  get state(): ConnectionState | undefined {
    return this.reports.at(-1)?.state;
  }

  /** Codes of what was reported, each once for as long as it lasted. */
  get faults(): string[] {
    const codes = this.reports.flatMap(({ error }) => (error === undefined ? [] : [(error as { code: string }).code]));
    return codes.filter((code, index) => code !== codes[index - 1]);
  }

  /** What the sink says has arrived. */
  get sent(): number {
    return this.metrics.counters['sent'] ?? 0;
  }

  /** What the sink says went out once more. */
  get retried(): number {
    return this.metrics.counters['retried'] ?? 0;
  }

  async open(): Promise<this> {
    await this.sink.open?.(new AbortController().signal);
    return this;
  }

  /** Writes values with the next sequence numbers. */
  write(count = 1, value: unknown = { tracks: [] }): void {
    for (let each = 0; each < count; each += 1) {
      const sequence = this.written;
      this.written += 1;
      void this.sink.write(value, aProcessInfo(sequence));
    }
  }

  /** Resolves when this is so. The test's own time limit is the limit. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await delay(5);
  }

  /** As a run ends a sink. */
  async end(): Promise<void> {
    await this.sink.flush?.();
    await this.sink.close?.();
  }

  /** Everything that was told to somebody, as one text. */
  get everythingSaid(): string {
    return [...this.reports.map(({ error }) => describeError(error)), JSON.stringify(this.logger.lines)].join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sink.close?.();
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const data = 'data' in error ? JSON.stringify(error.data) : '';
  return `${error.stack} ${data} ${error.cause === undefined ? '' : describeError(error.cause)}`;
}
