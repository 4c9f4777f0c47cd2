import { z } from 'zod';

/** What every source that decodes takes, in this order. */
export const decoderSettings = {
  shortSide: z.int().min(16).max(8192).optional().meta({
    title: 'Short side (px)',
    description:
      'Reduce the picture while it is decoded, so that its shorter side has this many pixels. Never enlarges. Left empty: full size.',
  }),
  driver: z.enum(['auto', 'ffmpeg', 'node-av']).default('auto').meta({
    title: 'Decoder',
    description: 'auto takes the ffmpeg program (5.1 or later) where there is one, else the package node-av.',
  }),
  ffmpegPath: z.string().default('').meta({
    title: 'Path of ffmpeg',
    description: 'The ffmpeg program to use. Left empty: the one on the PATH.',
  }),
};
