import { PROVIDERS } from '@kinegraph/onnx';
import { z } from 'zod';

/** The key of a configuration that names an ONNX model. */
export function modelKey(...examples: string[]) {
  return z.string().min(1).max(4096).meta({
    title: 'Model',
    description:
      'The path of an .onnx file, the id of a model that a plugin lists, or an https URL (add #sha256=<hex> to pin it).',
    examples,
  });
}

/** The keys of a configuration that say how an ONNX model is run. */
export const sessionKeys = {
  providers: z.array(z.enum(PROVIDERS)).min(1).max(PROVIDERS.length).optional().meta({
    title: 'Providers',
    description:
      'What to run on, in order of preference; what is not there falls back to the CPU with one warning. Left out: cpu; in a browser webgpu where there is an adapter.',
  }),
  threads: z.int().min(1).max(64).default(1).meta({
    title: 'Threads',
    description: 'Of one inference on the CPU. Several nodes in several workers beat one node with several threads.',
  }),
  spinning: z.boolean().default(false).meta({
    title: 'Spinning',
    description: 'Whether threads that wait keep their core busy. Of no effect with one thread.',
  }),
};
