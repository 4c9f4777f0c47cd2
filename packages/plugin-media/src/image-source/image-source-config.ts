import { z } from 'zod';
import { Pace } from '../pace.js';

/** Configuration of `media.source.images`. */
export const ImageSourceConfig = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .meta({
        title: 'Folder or image',
        description:
          'One JPEG, PNG or WebP file, or a folder of them. A relative path starts at the folder of the graph document.',
        examples: ['../pictures'],
      }),
    fps: z.number().min(0.01).max(1000).default(10).meta({
      title: 'Images per second',
      description: 'Sets the timestamps, and with pace realtime the speed.',
    }),
    pace: Pace,
    loop: z.boolean().default(false).meta({
      title: 'Loop',
      description: 'Begin again after the last image, for ever. Timestamps go on counting up.',
    }),
    shortSide: z.int().min(16).max(8192).optional().meta({
      title: 'Short side (px)',
      description:
        'Reduce each image while it is decoded, so that its shorter side has this many pixels. Never enlarges. Left empty: full size.',
    }),
    onUnreadable: z.enum(['fail', 'skip']).default('fail').meta({
      title: 'Unreadable image',
      description:
        'What an image that cannot be decoded does: fail ends the run and names it, skip leaves it out with a warning.',
    }),
  })
  .meta({ title: 'Image folder' });
export type ImageSourceConfig = z.infer<typeof ImageSourceConfig>;
