import sharp from 'sharp';
import { clipFrames } from '../clip-frames.js';

/** The signer clip as a camera of a browser sends it: JPEGs of 640x480, quality 70. */
export async function signerJpegs(fromMs: number, toMs: number): Promise<readonly Uint8Array[]> {
  const frames = await clipFrames(fromMs, toMs);
  return await Promise.all(
    frames.map(({ bytes, width, height }) =>
      sharp(Uint8Array.from(bytes), { raw: { width, height, channels: 4 } })
        .resize(640, 480, { fit: 'cover' })
        .jpeg({ quality: 70 })
        .toBuffer(),
    ),
  );
}
