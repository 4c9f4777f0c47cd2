import { describe, expect, it } from 'vitest';
import { toI420 } from './yuv.js';

const filled = (red: number, green: number, blue: number): Uint8Array =>
  Uint8Array.from({ length: 4 * 2 * 3 }, (_, index) => [red, green, blue][index % 3] ?? 0);

describe('toI420', () => {
  it.each([
    ['black', [0, 0, 0], [16, 128, 128]],
    ['white', [255, 255, 255], [235, 128, 128]],
    ['red', [255, 0, 0], [81, 90, 240]],
    ['green', [0, 255, 0], [145, 54, 34]],
    ['blue', [0, 0, 255], [41, 240, 110]],
  ] as const)('codes %s as BT.601 says', (_name, [red, green, blue], [y, u, v]) => {
    const planes = toI420(filled(red, green, blue), 4, 2);
    expect([...planes]).toEqual([...Array<number>(8).fill(y), u, u, v, v]);
  });
});
