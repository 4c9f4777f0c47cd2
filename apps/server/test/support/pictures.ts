import sharp from 'sharp';

/** A JPEG of one colour, as a camera would send it. */
export async function aJpeg(width = 64, height = 48, grey = 128): Promise<Uint8Array> {
  const background = { r: grey, g: grey, b: grey };
  return await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
