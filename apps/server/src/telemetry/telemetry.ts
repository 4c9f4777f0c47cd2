import { errorMessage, serviceId, toErrorRecord } from '@kinegraph/core';
import type { Clock, Logger, Run } from '@kinegraph/core';
import type { ServerConfig } from '../config/index.js';
import { FrameTraces } from './frame-traces.js';

/** Tells others what becomes of frames. */
export interface Telemetry {
  /** Follows a run to its end. */
  follow(run: Run): void;
  /** Sends what is left, as far as that goes quickly. */
  close(): Promise<void>;
}
export const Telemetry = serviceId<Telemetry>('server.Telemetry');

/** Nobody is told. */
export const NO_TELEMETRY: Telemetry = { follow: () => {}, close: () => Promise.resolve() };

type Env = Readonly<Record<string, string | undefined>>;

/** Prepares the export of traces. The packages of OpenTelemetry are loaded where it is on, and only there. */
export async function openTelemetry(
  config: ServerConfig['telemetry'],
  services: { readonly clock: Clock; readonly logger: Logger; readonly env: Env },
): Promise<Telemetry> {
  if (!config.enabled) return NO_TELEMETRY;
  const { clock, logger, env } = services;
  try {
    const { FrameExporter } = await import('./frame-exporter.js');
    const url = collectorUrl(config, env);
    const exporter = new FrameExporter({
      url,
      headers: config.headers,
      serviceName: config.serviceName ?? (env['OTEL_SERVICE_NAME'] || 'kinegraph'),
      clock,
      logger,
    });
    logger.info(`One frame in ${config.everyNth} of each source is told to ${url}.`);
    return {
      follow: (run) => {
        const onFinished = exporter.add.bind(exporter);
        const traces = new FrameTraces(run, { everyNth: config.everyNth, clock, onFinished });
        void run.finished.then(() => traces[Symbol.dispose]());
      },
      close: async () => await exporter.close(),
    };
  } catch (error) {
    logger.error(`OpenTelemetry cannot be used, so nothing is told to a collector: ${errorMessage(error)}`, {
      error: toErrorRecord(error),
    });
    return NO_TELEMETRY;
  }
}

const TRACES_PATH = '/v1/traces';
const DEFAULT_COLLECTOR = 'http://127.0.0.1:4318';

/** Where traces are sent. */
export function collectorUrl({ endpoint }: ServerConfig['telemetry'], env: Env): string {
  if (endpoint !== undefined) {
    const url = new URL(endpoint);
    if (url.pathname === '/') url.pathname = TRACES_PATH;
    return url.href;
  }
  // As the specification of OTLP has it: one for traces as it stands, one for all with the path of traces behind it.
  const forTraces = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  if (forTraces !== undefined && forTraces !== '') return forTraces;
  const forAll = env['OTEL_EXPORTER_OTLP_ENDPOINT'] || DEFAULT_COLLECTOR;
  return forAll.replace(/\/$/, '') + TRACES_PATH;
}
