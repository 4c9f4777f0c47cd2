import type { Camera } from './camera.js';
import { toByte, type Look } from './look.js';

/**
 * The plain wall behind the hand: one colour running into another from top to bottom, a little lighter in the middle.
 * @returns Shape [height, width, 3], row-major: sRGB bytes.
 */
export function paintWall({ widthPx, heightPx }: Camera, look: Look): Uint8Array {
  const picture = new Uint8Array(widthPx * heightPx * 3);
  let offset = 0;
  for (let y = 0; y < heightPx; y += 1) {
    const down = y / heightPx;
    for (let x = 0; x < widthPx; x += 1) {
      const [fromMiddleX, fromMiddleY] = [(x / widthPx - 0.45) * 1.3, down - 0.4];
      const glow = 1.12 - 0.55 * (fromMiddleX ** 2 + fromMiddleY ** 2);
      for (const channel of [0, 1, 2] as const) {
        const top = look.wallTop[channel];
        picture[offset] = toByte((top + (look.wallBottom[channel] - top) * down) * glow);
        offset += 1;
      }
    }
  }
  return picture;
}
