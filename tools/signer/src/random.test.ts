import { describe, expect, it } from 'vitest';
import { SeededRandom } from './random.js';

const draw = (random: SeededRandom, count: number): number[] => Array.from({ length: count }, () => random.next());

describe('SeededRandom', () => {
  it('repeats itself for one seed and differs for another', () => {
    expect(draw(new SeededRandom(7), 20)).toEqual(draw(new SeededRandom(7), 20));
    expect(draw(new SeededRandom(7), 20)).not.toEqual(draw(new SeededRandom(8), 20));
  });

  it('stays in 0-1 with its mean near a half', () => {
    const values = draw(new SeededRandom(1), 5000);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  });

  it('draws normal values of the mean and deviation asked for', () => {
    const random = new SeededRandom(3);
    const values = Array.from({ length: 5000 }, () => random.normal(10, 2));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(10, 0);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 0);
  });

  it('forks streams that do not depend on each other', () => {
    const first = new SeededRandom(5);
    expect(draw(first.fork('hand'), 3)).toEqual(draw(new SeededRandom(5).fork('hand'), 3));
    expect(draw(first.fork('hand'), 3)).not.toEqual(draw(first.fork('look'), 3));
  });
});
