import { expect, it } from 'vitest';
import { LiveValues } from './live-values.js';
import type { LiveValue } from './live-values.js';

const value = (of: unknown, key = 'beta'): LiveValue => ({ node: 'smooth', key, value: of });

it('sends the newest of each key, one after the other', async () => {
  const sent: unknown[] = [];
  let free = (): void => {};
  const values = new LiveValues(
    async ({ key, value: of }) => {
      sent.push([key, of]);
      await new Promise<void>((resolve) => (free = resolve));
    },
    async () => {},
  );
  const first = values.put(value(1));
  void values.put(value(2));
  void values.put(value(3));
  void values.put(value(9, 'minCutoffHz'));
  expect(sent).toEqual([['beta', 1]]);
  for (let turn = 0; turn < 3; turn += 1) {
    free();
    for (let tick = 0; tick < 8; tick += 1) await Promise.resolve();
  }
  await first;
  expect(sent).toEqual([
    ['beta', 1],
    ['beta', 3],
    ['minCutoffHz', 9],
  ]);
});

it('tells why a value was refused, lets go what waited behind it, and goes on with the next', async () => {
  const sent: unknown[] = [];
  const values = new LiveValues(
    async ({ value: of }) => {
      sent.push(of);
      await Promise.resolve();
      if (of === 1) throw new Error('It is too large.');
    },
    async () => {},
  );
  const first = values.put(value(1));
  const second = values.put(value(2));
  await expect(first).rejects.toThrow('too large');
  await expect(second).rejects.toThrow('too large');
  await values.put(value(3));
  expect(sent).toEqual([1, 3]);
});
