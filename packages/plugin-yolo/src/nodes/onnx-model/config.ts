import { z } from 'zod';
import { modelKey, sessionKeys } from '../model-config.js';

/** One number for all channels, or one each for red, green and blue. */
const channelNumbers = (schema: z.ZodNumber) => z.union([z.tuple([schema]), z.tuple([schema, schema, schema])]);

const side = z.int().min(1).max(16_384).optional();

/** Configuration of `onnx.model`. */
export const OnnxModelConfig = z
  .strictObject({
    model: modelKey('./classifier.onnx'),
    input: z.string().min(1).max(1000).optional().meta({
      title: 'Input',
      description: 'The input that takes the picture. Left out: the only one that has no value in "constants".',
    }),
    constants: z
      .record(z.string().min(1), z.union([z.number(), z.array(z.number()).max(100_000)]))
      .default({})
      .meta({
        title: 'Constants',
        description: 'What all other inputs are fed with, by name: a number, or the elements row by row.',
        examples: [{ threshold: 0.5 }],
      }),
    outputs: z
      .array(z.string().min(1).max(1000))
      .min(1)
      .max(256)
      .optional()
      .meta({ title: 'Outputs', description: 'Names of the outputs to give on. Left out: all.' }),
    width: side.meta({
      title: 'Width (px)',
      description: 'Of the picture that the model gets. Needed where the model leaves it open.',
    }),
    height: side.meta({
      title: 'Height (px)',
      description: 'Of the picture that the model gets. Needed where the model leaves it open.',
    }),
    resize: z.enum(['letterbox', 'stretch', 'crop']).default('letterbox').meta({
      title: 'Resize',
      description:
        'letterbox: the whole picture in its shape, grey around it. stretch: the whole picture, out of shape. crop: its middle in the shape of the input.',
    }),
    anchor: z.enum(['centre', 'top-left']).default('centre').meta({
      title: 'Letterbox: place',
      description: 'Where a letterboxed picture stands.',
    }),
    fill: z.int().min(0).max(255).default(114).meta({
      title: 'Letterbox: grey',
      description: 'The grey around a letterboxed picture, before scale, mean and std.',
    }),
    layout: z.enum(['nchw', 'nhwc']).default('nchw').meta({
      title: 'Layout',
      description: 'Planes of one colour each (nchw, as PyTorch has them) or pixel by pixel (nhwc, as TensorFlow).',
    }),
    colour: z.enum(['rgb', 'bgr', 'gray']).default('rgb').meta({
      title: 'Colour',
      description: 'Order of the channels; gray has one, the luma of ITU-R BT.601.',
    }),
    scale: z.number().positive().max(65_536).optional().meta({
      title: 'Scale',
      description:
        'Samples of 0-255 are multiplied with it first. Left out: 1/255 for inputs of floats, 1 for those of whole numbers.',
    }),
    mean: channelNumbers(z.number())
      .default([0])
      .meta({
        title: 'Mean',
        description: 'Taken off the scaled samples: one number, or one each for red, green and blue.',
        examples: [[0.485, 0.456, 0.406]],
      }),
    std: channelNumbers(z.number().positive())
      .default([1])
      .meta({
        title: 'Standard deviation',
        description: 'The rest is divided by it: one number, or one each for red, green and blue.',
        examples: [[0.229, 0.224, 0.225]],
      }),
    notFinite: z.enum(['refuse', 'keep']).default('refuse').meta({
      title: 'NaN and infinity',
      description: 'refuse: an answer with NaN or infinity in it fails its packet. keep: it goes on as it is.',
    }),
    ...sessionKeys,
  })
  .meta({ title: 'ONNX model' });
export type OnnxModelConfig = z.infer<typeof OnnxModelConfig>;
