import { z } from 'zod';
import { decoderSettings } from '../decoder/decoder-settings.js';
import { Pace } from '../pace.js';

/** Configuration of `media.source.file`. */
export const FileSourceConfig = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .meta({
        title: 'File',
        description: 'The video file. A relative path starts at the folder of the graph document.',
        examples: ['../clips/signer.mp4'],
      }),
    pace: Pace,
    loop: z.boolean().default(false).meta({
      title: 'Loop',
      description: 'Begin again at the end, for ever. Timestamps go on counting up.',
    }),
    startMs: z.number().min(0).default(0).meta({
      title: 'Start (ms)',
      description: 'The first frame is the first at or after this time of the file.',
    }),
    endMs: z.number().gt(0).optional().meta({
      title: 'End (ms)',
      description: 'Frames at or after this time of the file are left out. Left empty: the end of the file.',
    }),
    ...decoderSettings,
    frameTimeoutMs: z.int().min(1000).max(600_000).default(20_000).meta({
      title: 'Time limit for a frame (ms)',
      description:
        'A decoder that gives no frame for this long, while one is waited for, is killed and the node fails.',
    }),
  })
  .meta({ title: 'Video file' });
export type FileSourceConfig = z.infer<typeof FileSourceConfig>;
