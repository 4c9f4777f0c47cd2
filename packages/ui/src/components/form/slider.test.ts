import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliderRange, sliderSteps, stepOf, valueOf } from './slider.js';
import type { SliderRange } from './slider.js';

const range = (schema: Record<string, unknown>): SliderRange => {
  const found = sliderRange({ type: 'number', ...schema });
  if (found === undefined) throw new Error('no range');
  return found;
};

describe('a slider', () => {
  it('is offered only where a schema bounds both sides', () => {
    expect(sliderRange({ type: 'number', minimum: 0 })).toBeUndefined();
    expect(sliderRange({ type: 'number', minimum: 0, maximum: Number.MAX_VALUE })).toBeUndefined();
    expect(sliderRange({ type: 'integer', minimum: 1, maximum: 4 })).toMatchObject({ min: 1, max: 4, isWhole: true });
  });

  it('ends at the bounds where they are allowed, and short of them where they are not', () => {
    const share = range({ minimum: 0, maximum: 1 });
    expect([valueOf(share, 0), valueOf(share, sliderSteps(share))]).toEqual([0, 1]);
    const open = range({ exclusiveMinimum: 0, exclusiveMaximum: 1 });
    expect(valueOf(open, 0)).toBeGreaterThan(0);
    expect(valueOf(open, sliderSteps(open))).toBeLessThan(1);
  });

  it('goes through a wide range by factors: what is small can be told apart', () => {
    const cutoff = range({ exclusiveMinimum: 0, maximum: 60 });
    expect(valueOf(cutoff, 0)).toBe(0.006);
    expect(valueOf(cutoff, sliderSteps(cutoff))).toBe(60);
    const low = stepOf(cutoff, 0.05);
    expect(valueOf(cutoff, low)).toBeCloseTo(0.05, 2);
    expect(valueOf(cutoff, low + 1) / valueOf(cutoff, low)).toBeLessThan(1.1);
    const whole = range({ minimum: 0, maximum: 100 });
    expect([valueOf(whole, 0), stepOf(whole, 0)]).toEqual([0, 0]);
  });

  it('comes back to the step it was at, and never leaves its range', () => {
    const schemas = fc.record({
      type: fc.constantFrom('number', 'integer'),
      minimum: fc.integer({ min: -50, max: 0 }),
      maximum: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(schemas, fc.double({ min: 0, max: 1, noNaN: true }), (schema, share) => {
        const of = range(schema);
        const step = Math.round(share * sliderSteps(of));
        const value = valueOf(of, step);
        expect(value).toBeGreaterThanOrEqual(schema.minimum);
        expect(value).toBeLessThanOrEqual(schema.maximum);
        expect(Math.abs(stepOf(of, value) - step)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
