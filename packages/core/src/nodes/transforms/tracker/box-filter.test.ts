import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../vision/index.js';
import { BoxFilter } from './box-filter.js';

type Matrix = readonly (readonly number[])[];

const times = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) =>
    (b[0] ?? []).map((_, column) => row.reduce((sum, value, k) => sum + value * (b[k]?.[column] ?? 0), 0)),
  );
const plus = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((value, j) => value + (b[i]?.[j] ?? 0)));
const turned = (a: Matrix): number[][] => (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? 0));
const diagonal = (...values: number[]): number[][] =>
  values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));

/** The textbook filter: state [x, y, vx, vy, width, height], full matrices, no short cuts. */
class PlainFilter {
  state: number[][];
  covariance: number[][];
  constructor(
    box: Box,
    private readonly agility: number,
  ) {
    const size = Math.sqrt(Math.max(1, box.width * box.height));
    this.state = [[box.x + box.width / 2], [box.y + box.height / 2], [0], [0], [box.width], [box.height]];
    const [place, speed] = [(size / 10) ** 2, (2 * agility * size) ** 2];
    this.covariance = diagonal(place, place, speed, speed, place, place);
  }
  get sides(): [number, number] {
    return [this.state[4]?.[0] ?? 0, this.state[5]?.[0] ?? 0];
  }
  predict(ms: number): void {
    const t = ms / 1000;
    const area = Math.max(1, this.sides[0] * this.sides[1]);
    const q = this.agility ** 2 * area;
    const step = diagonal(1, 1, 1, 1, 1, 1);
    for (const axis of [0, 1]) (step[axis] ?? [])[axis + 2] = t;
    const noise = diagonal((q * t ** 3) / 3, (q * t ** 3) / 3, q * t, q * t, 0.25 * area * t, 0.25 * area * t);
    for (const axis of [0, 1]) {
      (noise[axis] ?? [])[axis + 2] = (q * t ** 2) / 2;
      (noise[axis + 2] ?? [])[axis] = (q * t ** 2) / 2;
    }
    this.state = times(step, this.state);
    this.covariance = plus(times(times(step, this.covariance), turned(step)), noise);
  }
  correct(box: Box): void {
    const seen = [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height];
    const observed = [0, 1, 4, 5];
    const noise = Math.max(1, box.width * box.height) / 400;
    // One value after the other: the same as all at once where their noise is independent.
    for (const [index, place] of observed.entries()) {
      const spread = (this.covariance[place]?.[place] ?? 0) + noise;
      const gain = this.covariance.map((row) => [(row[place] ?? 0) / spread]);
      const surprise = (seen[index] ?? 0) - (this.state[place]?.[0] ?? 0);
      this.state = plus(this.state, times(gain, [[surprise]]));
      const row = this.covariance[place] ?? [];
      this.covariance = this.covariance.map((line, i) =>
        line.map((value, j) => value - (gain[i]?.[0] ?? 0) * (row[j] ?? 0)),
      );
    }
  }
  get box(): number[] {
    const [x = 0, y = 0, , , width = 0, height = 0] = this.state.map(([value]) => value);
    return [x - width / 2, y - height / 2, width, height];
  }
}

const boxes = fc.record({
  x: fc.integer({ min: -500, max: 2000 }),
  y: fc.integer({ min: -500, max: 2000 }),
  width: fc.integer({ min: 0, max: 500 }),
  height: fc.integer({ min: 0, max: 500 }),
});
const gapsMs = fc.integer({ min: 1, max: 2000 });
const agilities = fc.constantFrom(0.5, 1, 5);
const numbers = ({ x, y, width, height }: Box): number[] => [x, y, width, height];

describe('BoxFilter', () => {
  it('says what the filter says that is written with matrices', () => {
    fc.assert(
      fc.property(boxes, agilities, fc.array(fc.tuple(gapsMs, fc.option(boxes))), (first, agility, steps) => {
        const [filter, plain] = [new BoxFilter(first, agility), new PlainFilter(first, agility)];
        for (const [sinceMs, box] of steps) {
          filter.predict(sinceMs);
          plain.predict(sinceMs);
          if (box !== null) {
            filter.correct(box);
            plain.correct(box);
          }
          const expected = plain.box;
          for (const [index, value] of numbers(filter.box).entries())
            expect(value).toBeCloseTo(expected[index] ?? 0, 4);
          const variance = plain.covariance[0]?.[0] ?? 0;
          expect(filter.uncertainty.x / Math.sqrt(variance)).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('counts time, not frames: two steps are as one', () => {
    fc.assert(
      fc.property(boxes, boxes, gapsMs, gapsMs, (first, second, early, late) => {
        const filters = [new BoxFilter(first, 1), new BoxFilter(first, 1)] as const;
        for (const filter of filters) {
          filter.predict(40);
          filter.correct(second);
        }
        filters[0].predict(early);
        filters[0].predict(late);
        filters[1].predict(early + late);
        const [two, one] = filters.map((filter) => [
          ...numbers(filter.box),
          filter.uncertainty.x,
          filter.uncertainty.y,
        ]);
        for (const [index, value] of (two ?? []).entries()) expect(value).toBeCloseTo(one?.[index] ?? Number.NaN, 4);
      }),
    );
  });

  it('goes on as something moved, whatever the frame rate, and keeps its size', () => {
    for (const intervalMs of [10, 33, 100]) {
      const at = (ms: number): Box => ({ x: 100 + 0.2 * ms, y: 50, width: 60, height: 150 });
      const filter = new BoxFilter(at(0), 1);
      for (let ms = intervalMs; ms <= 1000; ms += intervalMs) {
        filter.predict(intervalMs);
        filter.correct(at(ms));
      }
      const [x = 0] = numbers(filter.box);
      filter.predict(500);
      expect(filter.box.x - x).toBeCloseTo(100, -0.5);
      expect(filter.box).toMatchObject({ width: 60, height: 150 });
    }
  });
});
