import { z } from 'zod';
import { queueSettings, receiverName } from '../settings/queue-settings.js';

/** Configuration of `connect.sink.webhook`. */
export const WebhookSinkConfig = z
  .strictObject({
    webhook: receiverName.meta({
      title: 'Webhook',
      description: "An address of the server's settings, by its name there.",
      examples: ['crm'],
    }),
    batchResults: z.int().min(1).max(1000).default(100).meta({
      title: 'Batch (results)',
      description: 'How many results go in one request at most.',
    }),
    batchMs: z.int().min(0).max(60_000).default(1000).meta({
      title: 'Batch (ms)',
      description: 'How long a result may wait for others to go with it.',
    }),
    timeoutMs: z.int().min(100).max(120_000).default(10_000).meta({
      title: 'Time limit (ms)',
      description: 'For one request and its answer.',
    }),
    retryForMs: z.int().min(0).max(86_400_000).default(600_000).meta({
      title: 'Retry for (ms)',
      description: 'How long a batch is sent again and again before it is given up. 0: it is sent once.',
    }),
    ...queueSettings,
  })
  .meta({ title: 'Webhook' });
export type WebhookSinkConfig = z.infer<typeof WebhookSinkConfig>;
