import { z } from 'zod';
import { FEATURE_VERSIONS } from '../features/index.js';

/** Configuration of `signs.features`. */
export const SignFeaturesConfig = z
  .strictObject({
    version: z.enum(FEATURE_VERSIONS).default('signfeat/1').meta({
      title: 'Version',
      description:
        'signfeat/1: each hand by itself, 96 values a moment. signfeat/2: both hands of a signer, and where they are at the body where a pose is wired, 201 values.',
    }),
    spanMs: z.number().min(100).max(10_000).default(1000).meta({
      title: 'Span (ms)',
      description: 'The time of a window, up to its newest packet; as the model was trained with.',
    }),
  })
  .meta({ title: 'Features of signs' });
export type SignFeaturesConfig = z.infer<typeof SignFeaturesConfig>;
