import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Capsule, type CapsuleSpec } from './capsule.js';
import { distanceTo, FAR, inFieldOrder, nearestFlesh, smoothMin } from './field.js';

const capsule = (spec: Partial<CapsuleSpec> = {}): Capsule =>
  new Capsule({
    role: 'body',
    finger: -1,
    from: [0, 0, 0],
    to: [0, 0.1, 0],
    fromRadius: 0.02,
    toRadius: 0.01,
    palmar: [0, 0, 1],
    hasNail: false,
    ...spec,
  });
const metres = fc.double({ min: -0.2, max: 0.2, noNaN: true });

describe('smoothMin', () => {
  const blends = fc.double({ min: 1e-4, max: 0.05, noNaN: true });

  it('is symmetric, never above the minimum and at most a quarter of the blend below it', () => {
    fc.assert(
      fc.property(metres, metres, blends, (a, b, blend) => {
        const value = smoothMin(a, b, blend);
        expect(value).toBe(smoothMin(b, a, blend));
        expect(value).toBeLessThanOrEqual(Math.min(a, b));
        expect(value).toBeGreaterThanOrEqual(Math.min(a, b) - blend / 4 - 1e-12);
      }),
    );
  });

  it('is the plain minimum where the distances differ by the blend or more', () => {
    fc.assert(
      fc.property(metres, blends, (a, blend) => {
        expect(smoothMin(a, a + blend * 1.001, blend)).toBe(a);
      }),
    );
  });
});

describe('Capsule', () => {
  it('is zero on its surface, negative inside and positive outside', () => {
    const tapered = capsule();
    expect(tapered.distance(0, -0.02, 0)).toBeCloseTo(0, 12);
    expect(tapered.distance(0, 0.11, 0)).toBeCloseTo(0, 12);
    expect(tapered.distance(0.015, 0.05, 0)).toBeCloseTo(0, 12);
    expect(tapered.distance(0, 0.05, 0)).toBeCloseTo(-0.015, 12);
    expect(tapered.distance(0, 0.05, 0.1)).toBeCloseTo(0.085, 12);
  });

  it('lies within its ball', () => {
    const tapered = capsule({ to: [0.03, 0.08, -0.02] });
    fc.assert(
      fc.property(metres, metres, metres, (x, y, z) => {
        const [cx, cy, cz] = tapered.center;
        if (tapered.distance(x, y, z) <= 0)
          expect(Math.hypot(x - cx, y - cy, z - cz)).toBeLessThanOrEqual(tapered.reach + 1e-12);
      }),
    );
  });

  it('is open at the near end as a tube', () => {
    const sleeve = capsule({ role: 'sleeve', fromRadius: 0.05, toRadius: 0.05, tubeThickness: 0.004 });
    expect(sleeve.distance(0, 0.03, 0)).toBeGreaterThan(0.04);
    expect(sleeve.distance(0.048, 0.03, 0)).toBeLessThan(0);
    expect(sleeve.distance(0.048, -0.01, 0)).toBeGreaterThan(0);
  });
});

describe('distanceTo', () => {
  const palm = capsule();
  const root = capsule({
    role: 'finger-root',
    finger: 1,
    from: [0, 0.1, 0],
    to: [0, 0.14, 0],
    fromRadius: 0.01,
    toRadius: 0.009,
  });
  const tip = capsule({
    role: 'finger',
    finger: 1,
    from: [0, 0.14, 0],
    to: [0, 0.17, 0],
    fromRadius: 0.009,
    toRadius: 0.007,
  });
  const all = inFieldOrder([tip, root, palm]);

  it('is far from nothing', () => {
    expect(distanceTo([], 0, 0, 0)).toBeCloseTo(FAR, 2);
    expect(nearestFlesh([], 0, 0, 0)).toBeUndefined();
  });

  it('never lies outside the nearest capsule, nor more than the blends inside it', () => {
    fc.assert(
      fc.property(metres, metres, metres, (x, y, z) => {
        const least = Math.min(...all.map((one) => one.distance(x, y, z)));
        const blended = distanceTo(all, x, y, z);
        expect(blended).toBeLessThanOrEqual(least + 1e-12);
        expect(blended).toBeGreaterThan(least - 0.008);
      }),
    );
  });

  it('does not change beyond a blend when a far capsule is left out', () => {
    expect(distanceTo(inFieldOrder([palm, root]), 0, -0.03, 0)).toBe(distanceTo(all, 0, -0.03, 0));
  });

  it('names the capsule at a place', () => {
    expect(nearestFlesh(all, 0, 0.175, 0.004)?.capsule).toBe(tip);
  });
});
