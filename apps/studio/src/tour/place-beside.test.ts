import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeBeside } from './place-beside.js';

const SCREEN = { width: 1400, height: 900 };
const BUBBLE = { width: 300, height: 150 };
const covers = (
  a: { x: number; y: number; width: number; height: number },
  b: { x: number; y: number; width: number; height: number },
): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('placeBeside', () => {
  it('goes to the side with the most room', () => {
    expect(placeBeside({ x: 0, y: 100, width: 200, height: 50 }, BUBBLE, SCREEN)).toEqual({ x: 212, y: 100 });
    expect(placeBeside({ x: 1200, y: 100, width: 200, height: 50 }, BUBBLE, SCREEN)).toEqual({ x: 888, y: 100 });
  });

  it('is wholly on the screen, and covers what it tells of only where no side has room for it', () => {
    const box = fc.record({
      x: fc.integer({ min: 0, max: 1300 }),
      y: fc.integer({ min: 0, max: 800 }),
      width: fc.integer({ min: 1, max: 1400 }),
      height: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(box, (drawn) => {
        const anchor = {
          ...drawn,
          width: Math.min(drawn.width, SCREEN.width - drawn.x),
          height: Math.min(drawn.height, SCREEN.height - drawn.y),
        };
        const at = placeBeside(anchor, BUBBLE, SCREEN);
        expect(at.x).toBeGreaterThanOrEqual(0);
        expect(at.y).toBeGreaterThanOrEqual(0);
        expect(at.x + BUBBLE.width).toBeLessThanOrEqual(SCREEN.width);
        expect(at.y + BUBBLE.height).toBeLessThanOrEqual(SCREEN.height);
        const mostRoom = Math.max(
          anchor.x - BUBBLE.width,
          SCREEN.width - anchor.x - anchor.width - BUBBLE.width,
          anchor.y - BUBBLE.height,
          SCREEN.height - anchor.y - anchor.height - BUBBLE.height,
        );
        if (mostRoom >= 24) expect(covers({ ...at, ...BUBBLE }, anchor)).toBe(false);
      }),
    );
  });
});
