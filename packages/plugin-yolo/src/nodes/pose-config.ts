import { z } from 'zod';
import { modelKey, sessionKeys } from './model-config.js';

/** Configuration of `yolo.pose`. */
export const PoseConfig = z
  .strictObject({
    model: modelKey('./yolo11n-pose.onnx', 'yolo.yolov8n-pose'),
    confidence: z.number().min(0).max(1).default(0.25).meta({
      title: 'Confidence',
      description: 'Least score of a person.',
    }),
    iou: z.number().min(0).max(1).default(0.7).meta({
      title: 'Overlap (IoU)',
      description:
        'Of two boxes that overlap more than this (intersection over union), the better one stays. Of no effect with end-to-end models.',
    }),
    maxPeople: z.int().min(1).max(300).default(20).meta({
      title: 'People at most',
      description: 'The best ones are kept.',
    }),
    skeleton: z
      .string()
      .min(1)
      .max(200)
      .default('coco-17')
      .meta({
        title: 'Skeleton',
        description:
          'The id of the skeleton whose points the model finds, in its order: coco-17, or one that the graph or a plugin brings.',
        examples: ['coco-17'],
      }),
    letterbox: z.enum(['centre', 'top-left']).default('centre').meta({
      title: 'Letterbox',
      description: 'Where the picture stands in the input of the model; as the model was trained with.',
    }),
    size: z.int().min(32).max(4096).optional().meta({
      title: 'Size (px)',
      description:
        'Side of the input for models that leave it open, made a multiple of their stride. Left out: what the model was exported for, else 640.',
    }),
    ...sessionKeys,
  })
  .meta({ title: 'YOLO pose' });
export type PoseConfig = z.infer<typeof PoseConfig>;
