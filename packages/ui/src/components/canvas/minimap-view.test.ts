import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimapView, placeIn } from './minimap-view.js';

const ROOM = { width: 180, height: 120 };
const coordinate = fc.integer({ min: -20_000, max: 20_000 });
const box = fc.record({
  ...{ x: coordinate, y: coordinate },
  ...{ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 300 }) },
});
const viewport = fc.record({ x: coordinate, y: coordinate, zoom: fc.double({ min: 0.05, max: 2, noNaN: true }) });

describe('The minimap', () => {
  it('has all nodes and all that is seen within its room, and leads back to the places', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 20 }), viewport, (boxes, at) => {
        const view = minimapView(boxes, at, { width: 800, height: 600 }, ROOM);
        for (const { x, y, width, height } of [...boxes, view.seen]) {
          expect(x * view.scale + view.x).toBeGreaterThan(-1e-6);
          expect(y * view.scale + view.y).toBeGreaterThan(-1e-6);
          expect((x + width) * view.scale + view.x).toBeLessThan(ROOM.width + 1e-6);
          expect((y + height) * view.scale + view.y).toBeLessThan(ROOM.height + 1e-6);
          const back = placeIn(view, { x: x * view.scale + view.x, y: y * view.scale + view.y });
          expect(back.x).toBeCloseTo(x, 3);
          expect(back.y).toBeCloseTo(y, 3);
        }
      }),
    );
  });

  it('shows what is seen where the canvas is', () => {
    const view = minimapView([], { x: -200, y: 100, zoom: 2 }, { width: 800, height: 600 }, ROOM);
    expect(view.seen).toEqual({ x: 100, y: -50, width: 400, height: 300 });
  });
});
