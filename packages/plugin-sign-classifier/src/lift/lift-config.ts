import { z } from 'zod';

/** Configuration of `signs.lift-hand-3d`. */
export const LiftHandConfig = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(4096)
      .default('signs.lift-hand-3d')
      .meta({
        title: 'Model',
        description:
          'The path of an .onnx file that takes [1, T, 21, 2] and gives [1, 21, 3], the id of a model that a plugin lists, or an https URL.',
        examples: ['signs.lift-hand-3d', './my-lift.onnx'],
      }),
    stepMs: z
      .number()
      .min(1)
      .max(1000)
      .default(1000 / 30)
      .meta({ title: 'Step (ms)', description: 'From moment to moment, as the model was trained with.' }),
  })
  .meta({ title: 'Lift hands to 3D (experimental)' });
export type LiftHandConfig = z.infer<typeof LiftHandConfig>;
