import { expect, it } from 'vitest';
import { TakingOver } from './taking-over.js';

const change = { config: { gain: 2 }, before: { gain: 1 }, signal: new AbortController().signal };

it('puts back those that have taken it over where another one throws, and throws that', async () => {
  const asked: unknown[] = [];
  const one = { reconfigure: (config: unknown) => asked.push(config) > 0 };
  const other = {
    reconfigure: (): boolean => {
      throw new Error('out of memory');
    },
  };
  await expect(new TakingOver().ask('amp', [one, other], change)).rejects.toThrow('out of memory');
  expect(asked).toEqual([{ gain: 2 }, { gain: 1 }]);
});

it('says so where one of them keeps what it was to give back', async () => {
  const one = { reconfigure: (config: unknown) => (config as { gain: number }).gain === 2 };
  const other = { reconfigure: () => Promise.reject(new Error('out of memory')) };
  const asked = new TakingOver().ask('amp', [one, other], change);
  await expect(asked).rejects.toMatchObject({
    code: 'RUN_CONFIG_KEPT',
    data: { node: 'amp' },
    cause: { message: 'out of memory' },
  });
});

it('asks for a restart where one refuses, whatever becomes of the others: all are replaced', async () => {
  const one = { reconfigure: (config: unknown) => (config as { gain: number }).gain === 2 };
  expect(await new TakingOver().ask('amp', [one, { reconfigure: () => false }], change)).toBe(false);
});
