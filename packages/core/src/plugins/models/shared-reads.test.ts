import { describe, expect, it } from 'vitest';
import { deferred, errorCode } from '../../base/index.js';
import { settle } from '../../testing/index.js';
import { SharedReads } from './shared-reads.js';

describe('SharedReads', () => {
  it('works once for all who wait, and gives each bytes of its own before any has a turn', async () => {
    const reads = new SharedReads();
    const work = deferred<Uint8Array>();
    let started = 0;
    const start = (): Promise<Uint8Array> => {
      started += 1;
      return work.promise;
    };
    const spoiling = reads.read('a', undefined, start).then((bytes) => bytes.fill(0));
    const other = reads.read('a', new AbortController().signal, start);
    work.resolve(new Uint8Array([1, 2]));
    expect(await spoiling).toEqual(new Uint8Array(2));
    expect(await other).toEqual(new Uint8Array([1, 2]));
    expect(started).toBe(1);
    await reads.read('a', undefined, () => Promise.resolve(new Uint8Array()));
    expect(started).toBe(1);
  });

  it('tells all who wait of a failure, and tries again for the next', async () => {
    const reads = new SharedReads();
    const fails = (): Promise<Uint8Array> => Promise.reject(new Error('disk'));
    const both = [reads.read('a', undefined, fails), reads.read('a', undefined, fails)];
    for (const read of both) await expect(read).rejects.toThrow('disk');
    await expect(reads.read('a', undefined, () => Promise.resolve(new Uint8Array([7])))).resolves.toEqual(
      new Uint8Array([7]),
    );
  });

  it('takes work that throws at once like work that fails: nothing of it stays', async () => {
    const reads = new SharedReads();
    const throws = (): Promise<Uint8Array> => {
      throw new TypeError('no such thing');
    };
    await expect(reads.read('a', undefined, throws)).rejects.toThrow('no such thing');
    await expect(reads.read('a', undefined, throws)).rejects.toThrow('no such thing');
    await expect(reads.read('a', undefined, () => Promise.resolve(new Uint8Array([7])))).resolves.toHaveLength(1);
  });

  it('stops the work when the last who waited has gone, and begins anew for who comes then', async () => {
    const reads = new SharedReads();
    const signals: AbortSignal[] = [];
    const start = (signal: AbortSignal): Promise<Uint8Array> => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const waits = [first, second].map(({ signal }) => reads.read('a', signal, start).catch(errorCode));
    first.abort();
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    second.abort();
    expect(await Promise.all(waits)).toEqual(['CORE_ABORTED', 'CORE_ABORTED']);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    const third = new AbortController();
    const wait = reads.read('a', third.signal, start).catch(errorCode);
    expect(signals).toHaveLength(2);
    third.abort();
    expect(await wait).toBe('CORE_ABORTED');
  });
});
