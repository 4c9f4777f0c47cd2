import { z } from 'zod';

/** Configuration of `hello.brightness`: the one definition of type, defaults, form and JSON Schema. */
export const BrightnessConfig = z
  .strictObject({
    darkBelow: z.number().min(0).max(1).default(0.2).meta({
      title: 'Dark below',
      description: 'A frame whose mean brightness is lower counts as dark.',
    }),
    stepPx: z.int().min(1).max(64).default(4).meta({
      title: 'Step (px)',
      description: 'Every n-th pixel of every n-th row is measured.',
    }),
  })
  .meta({ title: 'Brightness' });
