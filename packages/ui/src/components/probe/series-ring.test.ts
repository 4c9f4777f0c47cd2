import { expect, it } from 'vitest';
import { SeriesRing } from './series-ring.js';

it('keeps the newest moments of each name, with gaps where nothing was told', () => {
  const ring = new SeriesRing(3);
  ring.add(1, { a: 10 });
  ring.add(2, { a: 20, b: 5 });
  expect([[...ring.times()], [...ring.values('a')], [...ring.values('b')]]).toEqual([
    [1, 2],
    [10, 20],
    [Number.NaN, 5],
  ]);
  ring.add(3, { b: null });
  ring.add(4, { a: 40 });
  expect([[...ring.times()], [...ring.values('a')], [...ring.values('b')]]).toEqual([
    [2, 3, 4],
    [20, Number.NaN, 40],
    [5, Number.NaN, Number.NaN],
  ]);
  expect([...ring.values('c')]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

it('takes no more names than it has room for, and begins anew', () => {
  const ring = new SeriesRing(2, 2);
  for (let moment = 0; moment < 100; moment += 1) ring.add(moment, { [`n${moment}`]: moment });
  expect([ring.names, ring.size]).toEqual([['n0', 'n1'], 2]);
  ring.clear();
  expect([ring.names, ring.size]).toEqual([[], 0]);
});
