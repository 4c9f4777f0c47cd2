import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { signerJpegs } from './signer-jpegs.js';

/** The number of a frame stands at the top left, one block for each bit, the lowest first. */
export const NUMBER_BITS = 8;
/** Size of a block, as a share of the picture. */
export const NUMBER_BLOCK = { width: 32 / 640, height: 16 / 480 };

const FRAME_MS = 1000 / 30;

/**
 * Writes a part of the signer clip as a film for Chromium's fake camera, each frame marked with its number in the clip. The
 * camera plays it over and over, at 30 frames a second.
 *
 * @param file - Has to end in `.mjpeg`.
 */
export async function writeSignerFilm(file: string, firstFrame: number, endFrame: number): Promise<void> {
  const jpegs = await signerJpegs(firstFrame * FRAME_MS, endFrame * FRAME_MS);
  const marked = await Promise.all(jpegs.map((jpeg, index) => withNumber(jpeg, firstFrame + index)));
  await writeFile(file, Buffer.concat(marked));
}

async function withNumber(jpeg: Uint8Array, number: number): Promise<Buffer> {
  const blocks = await Promise.all(
    Array.from({ length: NUMBER_BITS }, async (_, bit) => {
      const grey = (number >> bit) & 1 ? 255 : 0;
      const background = { r: grey, g: grey, b: grey };
      const input = await sharp({ create: { width: 32, height: 16, channels: 3, background } })
        .png()
        .toBuffer();
      return { input, left: 32 * bit, top: 0 };
    }),
  );
  return await sharp(jpeg).composite(blocks).jpeg({ quality: 85 }).toBuffer();
}
