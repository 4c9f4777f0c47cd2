/** Export of traces by OpenTelemetry. */
export { NO_TELEMETRY, Telemetry, collectorUrl, openTelemetry } from './telemetry.js';
