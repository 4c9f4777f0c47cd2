import fc from 'fast-check';
import { hand21 } from '@kinegraph/core';
import { aHand } from '@kinegraph/core/testing';
import { HAND_STYLE, drawSkeleton } from '@kinegraph/ui';
import { describe, expect, it } from 'vitest';
import { parseColor } from './parse-color.js';
import { PixelCanvas } from './pixel-canvas.js';

function black(width: number, height: number): { pixels: Uint8Array; canvas: PixelCanvas } {
  const pixels = new Uint8Array(width * height * 4);
  return { pixels, canvas: new PixelCanvas(pixels, width, height) };
}

const at = (pixels: Uint8Array, width: number, x: number, y: number): number[] => [
  ...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

describe('PixelCanvas', () => {
  it('strokes lines with round ends in their width', () => {
    const { pixels, canvas } = black(40, 20);
    Object.assign(canvas, { strokeStyle: '#ff8000', lineWidth: 6 });
    canvas.beginPath();
    canvas.moveTo(10, 10);
    canvas.lineTo(30, 10);
    canvas.stroke();
    const shown = [
      [20, 10],
      [20, 7],
      [20, 4],
      [8, 10],
      [6, 10],
    ].map(([x = 0, y = 0]) => at(pixels, 40, x, y));
    expect(shown).toEqual([
      [255, 128, 0],
      [255, 128, 0],
      [0, 0, 0],
      [255, 128, 0],
      [0, 0, 0],
    ]);
  });

  it('covers a pixel once, however often the parts of a path cross there', () => {
    const { pixels, canvas } = black(20, 20);
    Object.assign(canvas, { fillStyle: 'rgb(200 100 50 / 50%)' });
    canvas.beginPath();
    for (let times = 0; times < 5; times += 1) canvas.arc(10, 10, 5);
    canvas.fill();
    expect(at(pixels, 20, 10, 10)).toEqual([100, 50, 25]);
    canvas.fill();
    expect(at(pixels, 20, 10, 10)).toEqual([150, 75, 38]); // another fill is another coat
  });

  it('keeps to the picture, wherever points are', () => {
    const place = fc.double({ noDefaultInfinity: false, noNaN: false });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, place), { maxLength: 6 }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (points, width) => {
          const { pixels, canvas } = black(16, 12);
          Object.assign(canvas, { strokeStyle: '#ffffff', fillStyle: '#ffffff', lineWidth: width });
          canvas.beginPath();
          for (const [x, y] of points) {
            canvas.lineTo(x, y);
            canvas.arc(x, y, width);
          }
          canvas.stroke();
          canvas.fill();
          expect(pixels).toHaveLength(16 * 12 * 4);
        },
      ),
    );
  });

  it('draws skeletons as a page does', () => {
    const { pixels, canvas } = black(200, 150);
    const hand = aHand();
    drawSkeleton(canvas, hand.image, hand21);
    const { red, green, blue } = parseColor(HAND_STYLE.color);
    const [x = 0, y = 0] = hand.image;
    expect(at(pixels, 200, Math.floor(x * 200), Math.floor(y * 150))).toEqual([red, green, blue]);
    expect(canvas.globalAlpha).toBe(1); // as it was
  });
});

describe('parseColor', () => {
  it('reads the forms that styles use, and refuses others', () => {
    expect(parseColor('#2ee6d0')).toEqual({ red: 46, green: 230, blue: 208, alpha: 1 });
    expect(parseColor('rgb(4 20 18 / 55%)')).toEqual({ red: 4, green: 20, blue: 18, alpha: 0.55 });
    expect(parseColor('rgb(1 2 3)')).toEqual({ red: 1, green: 2, blue: 3, alpha: 1 });
    expect(() => parseColor('teal')).toThrow(RangeError);
  });
});
