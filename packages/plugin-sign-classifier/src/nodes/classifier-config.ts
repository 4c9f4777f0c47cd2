import { z } from 'zod';

/** Configuration of `signs.classifier`. */
export const SignClassifierConfig = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(4096)
      .default('signs.default')
      .meta({
        title: 'Model',
        description:
          'The path of an .onnx file with its card (NAME.json) beside it, the id of a model that a plugin lists, or an https URL. A file that is replaced is taken over while the run goes on.',
        examples: ['signs.default', './signs/mine.onnx'],
      }),
    alternatives: z.int().min(0).max(100).default(5).meta({
      title: 'Alternatives',
      description: 'How many of the next best labels are told with their scores.',
    }),
    minScore: z.number().min(0).max(1).optional().meta({
      title: 'Least score',
      description:
        "A sign with a lower score is answered as none. Left out: each label's threshold on the model's card.",
    }),
  })
  .meta({ title: 'Classifier of signs' });
export type SignClassifierConfig = z.infer<typeof SignClassifierConfig>;
