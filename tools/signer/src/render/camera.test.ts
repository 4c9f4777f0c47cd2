import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraOf, project, toImageLandmarks } from './camera.js';

const camera = cameraOf(640, 480);
const coordinate = fc.double({ min: -0.2, max: 0.2, noNaN: true });
const depth = fc.double({ min: -1.2, max: -0.3, noNaN: true });

describe('project', () => {
  it('puts what lies straight ahead in the middle, right to the right and up to the top', () => {
    expect(project(camera, [0, 0, -0.5])).toEqual({ xPx: 320, yPx: 240 });
    const { xPx, yPx } = project(camera, [0.1, 0.1, -0.5]);
    expect(xPx).toBeGreaterThan(320);
    expect(yPx).toBeLessThan(240);
  });

  it('shows the angle of view that was asked for', () => {
    const edge = Math.tan((21 * Math.PI) / 180);
    expect(project(cameraOf(640, 480, 42), [0, edge, -1]).yPx).toBeCloseTo(0, 9);
  });

  it('halves sizes at twice the distance', () => {
    fc.assert(
      fc.property(coordinate, coordinate, depth, (x, y, z) => {
        const [near, far] = [project(camera, [x, y, z]), project(camera, [x, y, 2 * z])];
        expect(far.xPx - 320).toBeCloseTo((near.xPx - 320) / 2, 6);
        expect(far.yPx - 240).toBeCloseTo((near.yPx - 240) / 2, 6);
      }),
    );
  });
});

describe('toImageLandmarks', () => {
  it('gives fractions of the picture, and depths on the scale of x relative to the first point', () => {
    const [wrist, beside, before] = toImageLandmarks(camera, [
      [0, 0, -0.5],
      [0.02, 0, -0.5],
      [0, 0, -0.48],
    ]);
    expect(wrist?.map((value) => value + 0)).toEqual([0.5, 0.5, 0]);
    expect(before?.[2]).toBeCloseTo(-((beside?.[0] ?? 0) - 0.5), 12);
  });
});
