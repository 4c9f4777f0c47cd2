import { SignerError } from '../errors.js';
import { FfmpegEncoder, hasFfmpeg } from './ffmpeg-encoder.js';
import type { ClipFormat, VideoEncoder } from './video-encoder.js';

/** Who may encode: "auto" takes the ffmpeg executable where there is one, else node-av. */
export const ENCODER_NAMES = ['auto', 'ffmpeg', 'node-av'] as const;
export type EncoderName = (typeof ENCODER_NAMES)[number];

/** Opens the encoder asked for. */
export async function openEncoder(name: EncoderName, format: ClipFormat): Promise<VideoEncoder> {
  const isFfmpegThere = name !== 'node-av' && (await hasFfmpeg());
  if (isFfmpegThere) return new FfmpegEncoder(format);
  if (name === 'ffmpeg') {
    throw new SignerError(
      'SIGNER_ENCODER_FAILED',
      'There is no ffmpeg with libx264 on the search path; install it, or use --encoder node-av.',
    );
  }
  // Loaded on need: the tool also works where the platform has no prebuilt node-av.
  const { NodeAvEncoder } = await import('./node-av-encoder.js');
  return NodeAvEncoder.open(format);
}
