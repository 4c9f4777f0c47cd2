import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '@kinegraph/signer';
import { Arithmetic, type Walk } from './arithmetic.js';

function filled(data: Float32Array, random: SeededRandom): void {
  for (let index = 0; index < data.length; index++) data[index] = random.between(-1, 1);
}

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 140 }),
  columns: fc.integer({ min: 1, max: 40 }),
  depth: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 530 })),
  isATurned: fc.boolean(),
  isBTurned: fc.boolean(),
  adds: fc.boolean(),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

describe('The matrix product', () => {
  it('is that of plain loops, whichever side is turned, and writes nothing beside its target', () => {
    fc.assert(
      fc.property(sizes, ({ rows, columns, depth, isATurned, isBTurned, adds, seed }) => {
        const arithmetic = new Arithmetic();
        const random = new SeededRandom(seed);
        const a = arithmetic.allocate(rows * depth);
        const b = arithmetic.allocate(depth * columns);
        const around = arithmetic.allocate(rows * columns + 16);
        for (const { data } of [a, b, around]) filled(data, random);
        const before = around.data.slice();
        const c = arithmetic.part(around, 8, rows * columns);
        const [aRow, aColumn] = isATurned ? [1, rows] : [depth, 1];
        const [bRow, bColumn] = isBTurned ? [1, depth] : [columns, 1];
        const left = { at: a.at, row: aRow, column: aColumn };
        arithmetic.multiply(rows, columns, depth, left, { at: b.at, row: bRow, column: bColumn }, c.at, adds);

        let furthest = 0;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            let sum = adds ? (before[8 + row * columns + column] ?? 0) : 0;
            for (let k = 0; k < depth; k++)
              sum += (a.data[row * aRow + k * aColumn] ?? 0) * (b.data[k * bRow + column * bColumn] ?? 0);
            furthest = Math.max(furthest, Math.abs((c.data[row * columns + column] ?? Infinity) - sum));
          }
        }
        // Sums of up to 531 products below 1: their rounding stays well below this.
        expect(furthest).toBeLessThan(1e-4);
        expect(around.data.slice(0, 8)).toEqual(before.slice(0, 8));
        expect(around.data.slice(-8)).toEqual(before.slice(-8));
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same bits again, whatever the memory holds besides', () => {
    const results = [0, 5000].map((offset) => {
      const arithmetic = new Arithmetic();
      arithmetic.allocate(offset).data.fill(Number.NaN);
      const [a, b, c] = [77 * 300, 300 * 21, 77 * 21].map((count) => arithmetic.allocate(count));
      if (a === undefined || b === undefined || c === undefined) throw new Error('three were asked for');
      const random = new SeededRandom(1);
      filled(a.data, random);
      filled(b.data, random);
      arithmetic.multiply(
        77,
        21,
        300,
        { at: a.at, row: 300, column: 1 },
        { at: b.at, row: 21, column: 1 },
        c.at,
        false,
      );
      return [...c.data];
    });

    expect(results[0]).toEqual(results[1]);
  });
});

const walks: fc.Arbitrary<Walk> = fc.record({
  timeIn: fc.integer({ min: 1, max: 12 }),
  timeOut: fc.integer({ min: 1, max: 12 }),
  channels: fc.integer({ min: 1, max: 9 }),
  taps: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  before: fc.integer({ min: 0, max: 4 }),
});

describe('Unfolding and folding', () => {
  it('move what each tap sees, and add it back where it was seen', () => {
    fc.assert(
      fc.property(walks, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (walk, seed) => {
        const samples = 2;
        const seen = walk.taps * walk.channels;
        const arithmetic = new Arithmetic();
        const random = new SeededRandom(seed);
        const source = arithmetic.allocate(samples * walk.timeIn * walk.channels);
        const rows = arithmetic.allocate(samples * walk.timeOut * seen);
        const back = arithmetic.allocate(source.data.length);
        for (const { data } of [source, rows, back]) filled(data, random);
        const expected = back.data.slice();
        arithmetic.unfold(walk, source.at, rows.at, samples);

        const unfolded = new Float32Array(rows.data.length);
        for (let row = 0; row < samples * walk.timeOut; row++) {
          const sample = Math.floor(row / walk.timeOut);
          for (let index = 0; index < seen; index++) {
            const tap = Math.floor(index / walk.channels);
            const moment = (row % walk.timeOut) * walk.stride + tap * walk.dilation - walk.before;
            if (moment < 0 || moment >= walk.timeIn) continue;
            const at = (sample * walk.timeIn + moment) * walk.channels + (index % walk.channels);
            unfolded[row * seen + index] = source.data[at] ?? Number.NaN;
            expected[at] = (expected[at] ?? 0) + (source.data[at] ?? 0);
          }
        }
        expect(rows.data).toEqual(unfolded);
        arithmetic.fold(walk, rows.at, back.at, samples);
        expect(back.data).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
