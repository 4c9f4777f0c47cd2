import { VirtualClock, settle } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { ModelWatch } from './model-watch.js';

/** Two files of which each has a version; a pair fits where both are the same. */
function aWatch(start: string) {
  const clock = new VirtualClock();
  const files = { onnx: start, card: start };
  const taken: string[] = [];
  const troubles: unknown[] = [];
  const watch = new ModelWatch({
    clock,
    version: () => Promise.resolve(files.onnx === '' ? undefined : `${files.onnx} ${files.card}`),
    takeOver: () => {
      if (files.onnx !== files.card) return Promise.reject(new Error(`${files.onnx} is not ${files.card}`));
      taken.push(files.onnx);
      return Promise.resolve();
    },
    onTrouble: (error) => troubles.push(error),
  });
  watch.start(`${start} ${start}`);
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      await clock.advance(100);
      await settle();
    }
  };
  return { watch, files, taken, troubles, pass };
}

describe('the watch over the files of a model', () => {
  it('takes over what was replaced, once, and leaves alone what was not', async () => {
    const { watch, files, taken, pass } = aWatch('1');
    await pass(3000);
    expect(taken).toEqual([]);
    Object.assign(files, { onnx: '2', card: '2' });
    await pass(3000);
    expect(taken).toEqual(['2']);
    await watch[Symbol.asyncDispose]();
  });

  it('waits for the other half of a pair, without a word', async () => {
    const { watch, files, taken, troubles, pass } = aWatch('1');
    files.onnx = '2';
    await pass(4000);
    expect([taken, troubles]).toEqual([[], []]);
    files.card = '2';
    await pass(2000);
    expect([taken, troubles]).toEqual([['2'], []]);
    await watch[Symbol.asyncDispose]();
  });

  it('tells once of a pair that stays torn, and still takes over what comes later', async () => {
    const { watch, files, taken, troubles, pass } = aWatch('1');
    files.card = '2';
    await pass(60_000);
    expect(troubles).toEqual([new Error('1 is not 2')]);
    files.onnx = '2';
    await pass(2000);
    expect(taken).toEqual(['2']);
    files.onnx = '3';
    await pass(60_000);
    expect(troubles).toHaveLength(2);
    await watch[Symbol.asyncDispose]();
  });

  it('says nothing of a file that is away while it is replaced, nor of one that comes back', async () => {
    const { watch, files, taken, troubles, pass } = aWatch('1');
    files.onnx = '';
    await pass(2000);
    files.onnx = '1';
    await pass(20_000);
    expect([taken, troubles]).toEqual([[], []]);
    await watch[Symbol.asyncDispose]();
  });

  it('waits until files that are being written stand still', async () => {
    const { watch, files, taken, pass } = aWatch('1');
    for (let step = 2; step < 40; step += 1) {
      Object.assign(files, { onnx: `${step}`, card: `${step}` });
      await pass(300);
    }
    expect(taken.length).toBeLessThan(1);
    await pass(2000);
    expect(taken).toEqual(['39']);
    await watch[Symbol.asyncDispose]();
  });

  it('looks no more after its end', async () => {
    const { watch, files, taken, pass } = aWatch('1');
    await watch[Symbol.asyncDispose]();
    Object.assign(files, { onnx: '2', card: '2' });
    await pass(5000);
    expect(taken).toEqual([]);
  });
});
