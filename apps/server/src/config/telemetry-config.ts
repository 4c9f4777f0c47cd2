import { readUrl } from '@kinegraph/core';
import { z } from 'zod';
import { SECRET } from './config-texts.js';

/** Export of traces by OpenTelemetry. */
export const Telemetry = z.strictObject({
  enabled: z.boolean().default(false).meta({
    title: 'Enabled',
    description: 'Tell an OpenTelemetry collector what becomes of some frames, node by node.',
  }),
  endpoint: z
    .string()
    .max(2000)
    .refine(isCollector)
    .optional()
    .meta({
      title: 'Endpoint',
      description: 'Collector, by OTLP over HTTP. Left out: `OTEL_EXPORTER_OTLP_ENDPOINT`, else port 4318 here.',
      format: 'web-address',
      examples: ['http://127.0.0.1:4318'],
    }),
  headers: z
    .record(z.string().regex(/^[\w-]{1,100}$/), z.string().max(4096))
    .default({})
    .meta({ title: 'Headers', description: 'Sent along, such as the key of a collector.', ...SECRET }),
  everyNth: z.int().min(1).max(1_000_000).default(100).meta({
    title: 'Every nth frame',
    description: 'Of each source, one frame in so many is told of; 1: every frame.',
  }),
  serviceName: z.string().min(1).max(200).optional().meta({
    title: 'Service name',
    description: 'The name of this server there. Left out: `OTEL_SERVICE_NAME`, else `kinegraph`.',
  }),
});

/** http or https, and no credentials, which belong into the headers. */
function isCollector(text: string): boolean {
  const url = readUrl(text);
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return url.username === '' && url.password === '' && url.hash === '';
}
