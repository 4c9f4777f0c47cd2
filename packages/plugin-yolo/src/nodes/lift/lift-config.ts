import { z } from 'zod';
import { modelKey, sessionKeys } from '../model-config.js';

/** Configuration of `yolo.lift-3d`. */
export const LiftConfig = z
  .strictObject({
    model: modelKey('yolo.lift-3d', './videopose3d.onnx').default('yolo.lift-3d'),
    keypoints: z.enum(['coco', 'h36m']).optional().meta({
      title: 'Order of keypoints',
      description: 'In which order the model takes them. Left out: what the model says, else coco.',
    }),
    joints: z.enum(['coco', 'h36m']).optional().meta({
      title: 'Order of joints',
      description: 'In which order the model gives them. Left out: what the model says, else coco.',
    }),
    coordinates: z.enum(['person', 'frame']).optional().meta({
      title: 'Coordinates',
      description:
        'frame: x / width * 2 - 1, y / width * 2 - height / width, as VideoPose3D takes them; person: around the person, in units of its size. Left out: what the model says, else frame.',
    }),
    moments: z.int().min(1).max(1000).optional().meta({
      title: 'Moments',
      description: 'Of a window, for models that leave it open.',
    }),
    stepMs: z
      .number()
      .min(1)
      .max(1000)
      .default(1000 / 30)
      .meta({ title: 'Step (ms)', description: 'From moment to moment, as the model was trained with.' }),
    minVisibility: z.number().min(0).max(1).default(0.3).meta({
      title: 'Least visibility',
      description: 'Keypoints below it count as not seen.',
    }),
    ...sessionKeys,
  })
  .meta({ title: 'Lift to 3D (experimental)' });
export type LiftConfig = z.infer<typeof LiftConfig>;
