import { Registry, collectDefaultMetrics } from 'prom-client';
import type { Metric } from 'prom-client';
import type { MetricDefinition } from './metric.js';
import type { Moment } from './moment.js';
import { NODE_METRICS } from './node-metrics.js';
import { RUN_METRICS } from './run-metrics.js';
import { SERVER_METRICS } from './server-metrics.js';

/** Kinegraph's own metrics. */
export const METRICS: readonly MetricDefinition[] = [...SERVER_METRICS, ...RUN_METRICS, ...NODE_METRICS];

/** What the library asks of a metric: its own classes count by themselves, while here all is counted already. */
interface ReadMetric extends Pick<MetricDefinition, 'name' | 'help' | 'type'> {
  get(): Promise<unknown>;
  reset(): void;
}

/**
 * The metrics of one server, and those of its process. They are read when somebody asks, from what is counted anyway.
 */
export class MetricsRegistry {
  readonly registry = new Registry();
  #moment: Moment;

  /** @param look - takes the server as it is now. */
  constructor(private readonly look: () => Moment) {
    this.#moment = look();
    for (const definition of METRICS) {
      const metric = this.#metricOf(definition);
      this.registry.registerMetric(metric as unknown as Metric); // its types name only its own classes
    }
    collectDefaultMetrics({ register: this.registry });
  }

  /** Of what `text` gives. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All metrics in the text format of Prometheus. */
  async text(): Promise<string> {
    this.#moment = this.look();
    return await this.registry.metrics();
  }

  #metricOf(definition: MetricDefinition): ReadMetric {
    const { name, help, type } = definition;
    return {
      name,
      help,
      type,
      get: () => Promise.resolve({ name, help, type, values: definition.read(this.#moment) }),
      reset: () => {},
    };
  }
}
