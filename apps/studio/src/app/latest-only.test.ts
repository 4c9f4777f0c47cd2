import { expect, it } from 'vitest';
import { LatestOnly } from './latest-only.js';

it('takes what is newest once what is under way is done, and nothing in between', async () => {
  const taken: number[] = [];
  let newest = 0;
  let isAtOnce = 0;
  const work = new LatestOnly(async () => {
    isAtOnce += 1;
    expect(isAtOnce).toBe(1);
    const value = newest;
    await Promise.resolve();
    taken.push(value);
    isAtOnce -= 1;
  });
  const asked = [1, 2, 3].map(async (value) => {
    newest = value;
    await work.run();
  });
  await Promise.all(asked);
  expect(taken).toEqual([1, 3]);
  newest = 4;
  await work.run();
  expect(taken).toEqual([1, 3, 4]);
});

it('tells everybody who waits why it failed, and works again', async () => {
  let isBroken = true;
  let count = 0;
  const work = new LatestOnly(async () => {
    await Promise.resolve();
    count += 1;
    if (isBroken) throw new Error('refused');
  });
  const both = [work.run(), work.run()];
  for (const one of both) await expect(one).rejects.toThrow('refused');
  isBroken = false;
  await work.run();
  expect(count).toBe(2);
});
