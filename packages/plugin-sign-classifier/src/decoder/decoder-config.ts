import { z } from 'zod';

/** Configuration of `signs.decoder`. All keys are live. */
export const SignDecoderConfig = z
  .strictObject({
    sureScore: z.number().min(0).max(1).default(0.6).meta({
      title: 'Sure from',
      description: 'A classification above this score speaks for its sign.',
    }),
    sureHops: z.int().min(1).max(100).default(3).meta({
      title: 'Hops that must agree',
      description: 'A sign is sure when this many of the last hops speak for it; at most as many as those are.',
    }),
    ofHops: z.int().min(1).max(100).default(4).meta({
      title: 'Of the last hops',
      description: 'How many of the newest classifications count.',
    }),
    heldMs: z.number().min(0).max(10_000).default(300).meta({
      title: 'Held shapes for (ms)',
      description:
        'A sign that is a held shape is sure only after it was held for this long; shapes also come by in passing.',
    }),
    staticLabels: z.array(z.string().min(1).max(200)).max(100_000).optional().meta({
      title: 'Held shapes',
      description: "The labels of signs that are held shapes. Left out: those of which the model's card says so.",
    }),
    releaseScore: z.number().min(0).max(1).default(0.3).meta({
      title: 'Released below',
      description:
        'A sign that was told ends once its score stays below this; at most as high as the score to be sure.',
    }),
    releaseHops: z.int().min(1).max(100).default(2).meta({
      title: 'Hops to release',
      description: 'How many hops in a row must be below that.',
    }),
    refractoryMs: z.number().min(0).max(60_000).default(200).meta({
      title: 'Not again within (ms)',
      description: 'For so long after a sign has ended nothing speaks for the same sign of the same hand.',
    }),
    silenceMs: z.number().min(200).max(60_000).default(1000).meta({
      title: 'Silence (ms)',
      description: 'Without any classification for longer, all hands count as gone; has to be longer than a hop.',
    }),
    tellAt: z.enum(['sure', 'release']).default('sure').meta({
      title: 'Told',
      description: 'sure: as soon as a sign is sure. release: once it has ended, with the time of its end.',
    }),
    noneLabel: z.string().min(1).max(200).default('none').meta({
      title: 'None',
      description: 'The label that is no sign.',
    }),
  })
  .meta({ title: 'Decoder of signs' });
export type SignDecoderConfig = z.infer<typeof SignDecoderConfig>;
