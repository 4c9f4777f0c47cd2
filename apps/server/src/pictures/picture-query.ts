import { z } from 'zod';

/** What a picture may be asked for with. */
export const PictureQuery = z.strictObject({
  quality: z.coerce.number().int().min(1).max(100).default(75),
  /** The shorter side in pixels; left out: as large as the frame. */
  size: z.coerce.number().int().min(16).max(8192).optional(),
  /** What was found is drawn over the picture: `all`, or sinks by name, with commas between them. */
  overlay: z
    .string()
    .regex(/^[^,]{1,64}(,[^,]{1,64}){0,15}$/)
    .meta({ examples: ['all', 'hands,body'] })
    .optional(),
  token: z.string().optional(), // read where access is checked
});
export type PictureQuery = z.infer<typeof PictureQuery>;

/** What pictures that bear the number of their frame may be asked for with: nothing is drawn over them. */
export const FramePictureQuery = PictureQuery.omit({ overlay: true });
