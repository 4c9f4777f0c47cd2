import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { toErrorRecord, withTimeLimit } from '@kinegraph/core';
import type { Clock, Logger } from '@kinegraph/core';
import { packageVersion } from '../package-version.js';
import { WatchedExporter } from './watched-exporter.js';
import type { FinishedFrame } from './finished-frame.js';

/** Where and as whom to tell. */
export interface FrameExporterOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Spans that wait for the collector; those that come beyond it are let go. */
const MOST_WAITING = 2048;
const SEND_EVERY_MS = 2_000;
/** A collector that has not answered by then will not; so long may the process be kept when the server has ended. */
const ANSWER_WITHIN_MS = 2_000;
/** When the server stops. */
const FLUSH_WITHIN_MS = 800;
/** The clock of runs and that of the world drift apart; and that of the world is set at times. */
const OFFSET_HOLDS_MS = 60_000;

/** Tells a collector of frames: a trace each, with a span for the frame and one inside for each node. */
export class FrameExporter {
  readonly #provider: BasicTracerProvider;
  readonly #tracer: Tracer;
  readonly #exporter: WatchedExporter;
  readonly #agent: PlainAgent;
  #offsetMs = 0;
  #offsetAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: FrameExporterOptions) {
    const { url, headers, serviceName, logger } = options;
    const agent = url.startsWith('https:') ? new TlsAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true });
    this.#agent = agent;
    const otlp = new OTLPTraceExporter({
      url,
      headers: { ...headers },
      timeoutMillis: ANSWER_WITHIN_MS,
      httpAgentOptions: () => agent,
    });
    this.#exporter = new WatchedExporter(otlp, url, logger);
    this.#provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': packageVersion() }),
      spanProcessors: [
        new BatchSpanProcessor(this.#exporter, {
          maxQueueSize: MOST_WAITING,
          scheduledDelayMillis: SEND_EVERY_MS,
          exportTimeoutMillis: ANSWER_WITHIN_MS,
        }),
      ],
    });
    this.#tracer = this.#provider.getTracer('kinegraph');
  }

  /** Puts a frame in line for the collector; returns at once. */
  add(frame: FinishedFrame): void {
    const offsetMs = this.#epochOffset();
    const { run, source, sequence, work, drops } = frame;
    const about = { 'kinegraph.run': run, 'kinegraph.source': source, 'kinegraph.sequence': sequence };
    const root = this.#tracer.startSpan('frame', {
      root: true,
      kind: SpanKind.INTERNAL,
      startTime: frame.startMs + offsetMs,
      attributes: about,
    });
    const inside = trace.setSpan(ROOT_CONTEXT, root);
    for (const { node, type, startMs, endMs, error } of work) {
      const attributes = { ...about, 'kinegraph.node': node, 'kinegraph.node.type': type };
      const span = this.#tracer.startSpan(node, { startTime: startMs + offsetMs, attributes }, inside);
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span.end(endMs + offsetMs);
    }
    for (const { node, cause, atMs } of drops)
      root.addEvent('dropped', { 'kinegraph.node': node, 'kinegraph.cause': cause }, atMs + offsetMs);
    const [drop] = drops;
    if (drop !== undefined)
      root.setStatus({ code: SpanStatusCode.ERROR, message: `dropped at "${drop.node}": ${drop.cause}` });
    root.end(frame.endMs + offsetMs);
  }

  /** Sends what waits, as far as the collector takes it at once. */
  async close(): Promise<void> {
    const { clock, logger } = this.options;
    try {
      const sent = this.#exporter.flushing(() => this.#provider.shutdown());
      await withTimeLimit(clock, FLUSH_WITHIN_MS, 'Sending the last spans', sent);
    } catch (error) {
      logger.debug('The last spans were not taken.', { error: toErrorRecord(error) });
    } finally {
      this.#exporter.cut();
      this.#agent.destroy(); // what is under way would keep the process
    }
  }

  /** What to add to a run's time to get the world's. */
  #epochOffset(): number {
    const nowMs = this.options.clock.nowMs();
    if (nowMs - this.#offsetAtMs > OFFSET_HOLDS_MS) {
      this.#offsetMs = Date.now() - nowMs;
      this.#offsetAtMs = nowMs;
    }
    return this.#offsetMs;
  }
}
