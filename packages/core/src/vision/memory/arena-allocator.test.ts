import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARENA_BLOCK_BYTES, ArenaAllocator } from './arena-allocator.js';
import type { GrowingMemory } from './arena-allocator.js';
import { WASM_PAGE_BYTES } from './shared-arena.js';
import type { ArenaRegion } from './shared-arena.js';

/** A memory that several threads grow: with `others`, theirs comes in between. */
class GrownMemory implements GrowingMemory {
  readonly regions: ArenaRegion[] = [];
  #end = WASM_PAGE_BYTES;

  constructor(private readonly others: readonly boolean[] = []) {}

  grow(byteLength: number): ArenaRegion {
    if (this.others[this.regions.length] === true) this.#end += WASM_PAGE_BYTES;
    const region = { offset: this.#end, byteLength: Math.ceil(byteLength / WASM_PAGE_BYTES) * WASM_PAGE_BYTES };
    this.#end += region.byteLength;
    this.regions.push(region);
    return region;
  }
}

function isWithin(block: ArenaRegion, region: ArenaRegion): boolean {
  return block.offset >= region.offset && block.offset + block.byteLength <= region.offset + region.byteLength;
}

/** Regions that touch, as one. */
function joined(regions: readonly ArenaRegion[]): ArenaRegion[] {
  const result: ArenaRegion[] = [];
  for (const { offset, byteLength } of regions) {
    const last = result.at(-1);
    if (last !== undefined && last.offset + last.byteLength === offset)
      result[result.length - 1] = { offset: last.offset, byteLength: last.byteLength + byteLength };
    else result.push({ offset, byteLength });
  }
  return result;
}

describe('ArenaAllocator', () => {
  it('never gives bytes to two, keeps within its limit and its regions, and is whole again once all is freed', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ take: fc.integer({ min: 0, max: 3_000_000 }) }) },
      { weight: 2, arbitrary: fc.record({ giveBack: fc.nat(30) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.array(fc.boolean(), { maxLength: 20 }), (steps, others) => {
        const limit = 12 * 1024 ** 2 + 5;
        const memory = new GrownMemory(others);
        const allocator = new ArenaAllocator(memory, limit);
        const taken: ArenaRegion[] = [];
        for (const next of steps) {
          if ('giveBack' in next) {
            const [back] = taken.splice(next.giveBack % Math.max(1, taken.length), 1);
            if (back !== undefined) allocator.free(back);
          } else {
            const block = allocator.allocate(next.take);
            if (block === undefined) {
              // Refused only where neither a gap nor growing would have done.
              const largest = Math.max(0, ...allocator.freeRegions.map(({ byteLength }) => byteLength));
              expect(largest).toBeLessThan(Math.max(next.take, 1));
              expect(allocator.heldBytes + next.take).toBeGreaterThan(limit - WASM_PAGE_BYTES - 1024 ** 2);
              continue;
            }
            expect(block.byteLength).toBeGreaterThanOrEqual(next.take);
            expect(block.offset % ARENA_BLOCK_BYTES).toBe(0);
            expect(joined(memory.regions).some((region) => isWithin(block, region))).toBe(true);
            taken.push(block);
          }
          const live = taken.toSorted((a, b) => a.offset - b.offset);
          for (const [index, { offset }] of live.entries()) {
            const before = live[index - 1];
            if (before !== undefined) expect(before.offset + before.byteLength).toBeLessThanOrEqual(offset);
          }
          const inUse = taken.reduce((sum, { byteLength }) => sum + byteLength, 0);
          expect(inUse + allocator.freeBytes).toBe(allocator.heldBytes);
          expect(allocator.heldBytes).toBe(memory.regions.reduce((sum, { byteLength }) => sum + byteLength, 0));
          expect(allocator.heldBytes).toBeLessThanOrEqual(limit);
        }
        for (const block of taken) allocator.free(block);
        expect(allocator.freeRegions).toEqual(joined(memory.regions));
      }),
    );
  });

  it('serves changing sizes from what it holds, in any order of freeing', () => {
    const memory = new GrownMemory();
    const allocator = new ArenaAllocator(memory);
    const sizes = [640 * 480 * 4, 1280 * 720 * 4, 320 * 240 * 3];
    let peak = 0;
    for (let round = 0; round < 300; round += 1) {
      const blocks = Array.from({ length: 6 }, (_, index) => allocator.allocate(sizes[(round + index) % 3] ?? 0));
      for (const index of [2, 0, 4, 1, 5, 3]) {
        const block = blocks[(index + round) % 6];
        if (block !== undefined) allocator.free(block);
      }
      if (round === 2) peak = allocator.heldBytes;
    }
    expect(allocator.heldBytes).toBe(peak);
  });

  it('takes the smallest gap that will do', () => {
    const allocator = new ArenaAllocator(new GrownMemory());
    const blocks = [40_000, 4096, 12_288, 4096, 900_000].map((size) => allocator.allocate(size));
    const [large, , small] = blocks;
    for (const block of [large, small]) if (block !== undefined) allocator.free(block);
    expect(allocator.allocate(8192)?.offset).toBe(small?.offset);
  });
});
