import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { ImageCodec, NodeConfig } from '../../kinds/index.js';
import type { ProcessInfo, Transform } from '../../kinds/index.js';
import { isRawFormat } from '../../vision/index.js';
import type { Frame } from '../../vision/index.js';

export const DecodeConfig = z.strictObject({
  shortSide: z.int().min(16).max(8192).optional().default(384).meta({
    title: 'Short side (px)',
    description:
      'Encoded frames are reduced so that their shorter side has this many pixels; smaller ones stay as they are.',
  }),
});
export type DecodeConfig = z.infer<typeof DecodeConfig>;

/**
 * Decodes the frames that a buffer has admitted to the size that is needed, off the main thread. Frames that
 * are raw already pass through untouched. A broken image costs its own packet only.
 */
@injectable()
export class Decode implements Transform<Frame, Frame> {
  #shortSide: number;

  constructor(
    @inject(NodeConfig) config: DecodeConfig,
    @inject(ImageCodec) private readonly codec: ImageCodec,
  ) {
    this.#shortSide = config.shortSide;
  }

  /** @throws ImageError - code `IMAGE_*` */
  transform(frame: Frame, info: ProcessInfo): Frame | Promise<Frame> {
    if (isRawFormat(frame.format)) return frame;
    return this.codec.decode(frame, { format: 'rgba8', shortSide: this.#shortSide, signal: info.signal });
  }

  reconfigure(config: unknown): boolean {
    this.#shortSide = (config as DecodeConfig).shortSide; // validated before it comes here
    return true;
  }
}
