import { z } from 'zod';
import { Fault } from './problem.js';

export const ModelInfo = z
  .object({
    id: z.string(),
    plugin: z.string().meta({ description: 'The package that lists it.' }),
    title: z.string().optional(),
    license: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    from: z.string().meta({ description: 'Where it comes from.' }),
    isPart: z.boolean().meta({ description: 'Other models are built from it.' }),
    state: z.string().meta({ description: '`ready`, or what keeps it from being so.' }),
    reason: z.string().optional().meta({ description: 'Why it is not ready, as a sentence.' }),
    partialBytes: z.int().optional().meta({ description: 'Bytes of a download that was cut, to go on with.' }),
  })
  .meta({ id: 'Model', description: 'A model that a plugin lists.' });

const PulledModel = z.object({
  id: z.string(),
  plugin: z.string().optional(),
  bytes: z.int().optional(),
  outcome: z.enum(['there', 'downloaded', 'built', 'failed']),
  error: Fault.optional(),
});

export const ModelPull = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    startedAt: z.iso.datetime(),
    now: z
      .object({
        model: z.string(),
        bytes: z.number(),
        totalBytes: z.number().optional(),
        bytesPerSecond: z.number().optional(),
        note: z.string().optional().meta({ description: 'What holds it up just now.' }),
      })
      .optional()
      .meta({ description: 'The model that comes just now.' }),
    results: z.array(PulledModel).meta({ description: 'Of the models that were seen to already.' }),
    error: Fault.optional(),
  })
  .meta({ id: 'ModelPull', description: 'Models on their way, and how far they are.' });
