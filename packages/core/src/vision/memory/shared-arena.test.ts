import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { SharedArena, WASM_PAGE_BYTES } from './shared-arena.js';
import type { ArenaShare } from './shared-arena.js';

function anArena(frameBytes = 1024 ** 2): SharedArena {
  const arena = SharedArena.create(frameBytes);
  if (arena === undefined) throw new Error('There is no shared memory here.');
  return arena;
}

/** The same share as a worker receives it. */
function received(share: ArenaShare): ArenaShare {
  const { memory, ...rest } = share;
  return { ...structuredClone(rest), memory };
}

describe('SharedArena', () => {
  it('tells its own views, old and new, from all others', () => {
    const arena = anArena();
    const { offset } = arena.grow(WASM_PAGE_BYTES);
    const old = arena.bytesAt(offset, 100);
    arena.grow(WASM_PAGE_BYTES);
    const young = arena.bytesAt(offset + 8, 100);
    expect([old, old.subarray(5), young].map((view) => arena.offsetOf(view))).toEqual([offset, offset + 5, offset + 8]);
    old[8] = 77;
    expect(young[0]).toBe(77);
    expect(arena.offsetOf(new Uint8Array(new SharedArrayBuffer(8)))).toBeUndefined();
    expect(anArena().offsetOf(old)).toBeUndefined();
  });

  it('refuses what lies outside of it', () => {
    const arena = anArena();
    expect(() => arena.bytesAt(arena.byteLength - 4, 5)).toThrow(RangeError);
    expect(() => arena.grow(2 ** 33)).toThrow(
      expect.objectContaining({ code: 'CORE_ARENA_FULL', message: expect.stringContaining('8589934592 more') }),
    );
  });

  it('leaves what a worker grew to later workers once that worker has gone', () => {
    const main = anArena();
    const share = main.share();
    const worker = SharedArena.of(received(share));
    const regions = [worker.grow(100_000), worker.grow(10)];
    expect(main.share().spare).toEqual([]); // the worker lives

    main.reclaim(share);
    const own = main.grow(10);
    expect(regions.map(({ offset }) => offset)).not.toContain(own.offset); // the limit of the pool knows nothing of it
    const length = main.byteLength;
    const next = main.share();
    const heir = SharedArena.of(received(next));
    expect([heir.grow(90_000), heir.grow(60_000)]).toEqual(regions);
    expect(main.byteLength).toBe(length);
    main.reclaim(next); // and so on, however often workers come and go
    expect(main.share().spare).toEqual(regions);
  });

  it('gives no region to two threads that grow it at once, and each thread sees what the other has grown', async () => {
    const arena = anArena(64 * 1024 ** 2);
    const share = arena.share();
    const rounds = 60;
    const code = `
      const { workerData: { memory, rounds }, parentPort } = require('node:worker_threads');
      const pages = [];
      for (let round = 0; round < rounds; round += 1) pages.push(memory.grow(2));
      new Uint8Array(memory.buffer)[pages.at(-1) * ${WASM_PAGE_BYTES}] = 42;
      parentPort.postMessage(pages);`;
    const worker = new Worker(code, { eval: true, workerData: { memory: share.memory, rounds } });
    const answer = new Promise<number[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    const own = Array.from({ length: rounds }, () => arena.grow(2 * WASM_PAGE_BYTES).offset);
    const theirs = (await answer).map((page) => page * WASM_PAGE_BYTES);
    expect(new Set([...own, ...theirs]).size).toBe(2 * rounds);
    expect(arena.bytesAt(theirs.at(-1) ?? 0, 1)[0]).toBe(42);
  });
});
