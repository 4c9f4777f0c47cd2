import { WASM_PAGE_BYTES } from './shared-arena.js';
import type { ArenaRegion } from './shared-arena.js';

/** What an allocator needs of an arena. */
export interface GrowingMemory {
  /** @throws ArenaFullError */
  grow(byteLength: number): ArenaRegion;
}

/** Sizes are rounded up to this: a page of the machine, and alignment enough for any kernel. */
export const ARENA_BLOCK_BYTES = 4096;
/** Less is not grown at once: growing costs a message to every thread. */
const SMALLEST_GROWTH = 1024 ** 2;

/**
 * Hands out blocks of one thread's regions of an arena: the smallest free block that is large enough, and the lowest of
 * these. Free neighbours are joined at once, so frames of changing sizes leave no splinters behind.
 */
export class ArenaAllocator {
  /** Free blocks by offset; no two of them touch. */
  readonly #free: ArenaRegion[] = [];
  #heldBytes = 0;
  #end = 0;

  /** @param limitBytes - the most that the allocator may hold. */
  constructor(
    private readonly memory: GrowingMemory,
    private readonly limitBytes: number = Infinity,
  ) {}

  /** Bytes of all regions, in use or free. They are never given back: WebAssembly memory does not shrink. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Bytes that are in no block. */
  get freeBytes(): number {
    return this.#free.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** The free stretches, by offset. */
  get freeRegions(): readonly ArenaRegion[] {
    return this.#free;
  }

  /**
   * A block of at least `byteLength` bytes, at a multiple of `ARENA_BLOCK_BYTES`.
   * @returns undefined where the limit would be passed.
   * @throws ArenaFullError where the machine has no more.
   */
  allocate(byteLength: number): ArenaRegion | undefined {
    const size = Math.max(1, Math.ceil(byteLength / ARENA_BLOCK_BYTES)) * ARENA_BLOCK_BYTES;
    const found = this.#take(size);
    if (found !== undefined) return found;
    // What grows mostly follows on the last region, so that its free end counts. Where another thread was quicker it does
    // not, and all of the size is asked for.
    for (const missing of [size - this.#tailBytes(), size]) {
      if (!this.#grow(missing)) return undefined;
      const grown = this.#take(size);
      if (grown !== undefined) return grown;
    }
    return undefined;
  }

  /** Takes a block back. It must be one that `allocate` gave, once. */
  free({ offset, byteLength }: ArenaRegion): void {
    let at = this.#free.findIndex((block) => block.offset > offset);
    if (at === -1) at = this.#free.length;
    const [before, after] = [this.#free[at - 1], this.#free[at]];
    const joinsBefore = before !== undefined && before.offset + before.byteLength === offset;
    const joinsAfter = after !== undefined && offset + byteLength === after.offset;
    const start = joinsBefore ? before.offset : offset;
    const end = joinsAfter ? after.offset + after.byteLength : offset + byteLength;
    this.#free.splice(joinsBefore ? at - 1 : at, Number(joinsBefore) + Number(joinsAfter), {
      offset: start,
      byteLength: end - start,
    });
  }

  #take(size: number): ArenaRegion | undefined {
    let best = -1;
    for (const [index, { byteLength }] of this.#free.entries()) {
      if (byteLength < size || (best !== -1 && byteLength >= (this.#free[best]?.byteLength ?? 0))) continue;
      best = index;
      if (byteLength === size) break;
    }
    const block = this.#free[best];
    if (block === undefined) return undefined;
    const rest = { offset: block.offset + size, byteLength: block.byteLength - size };
    if (rest.byteLength === 0) this.#free.splice(best, 1);
    else this.#free[best] = rest;
    return { offset: block.offset, byteLength: size };
  }

  /** Free bytes at the end of the last region. */
  #tailBytes(): number {
    const last = this.#free.at(-1);
    return last !== undefined && last.offset + last.byteLength === this.#end ? last.byteLength : 0;
  }

  /** False where the limit does not allow it. */
  #grow(byteLength: number): boolean {
    const missing = Math.ceil(byteLength / WASM_PAGE_BYTES) * WASM_PAGE_BYTES;
    const room = Math.floor((this.limitBytes - this.#heldBytes) / WASM_PAGE_BYTES) * WASM_PAGE_BYTES;
    if (missing > room) return false;
    const region = this.memory.grow(Math.min(Math.max(missing, SMALLEST_GROWTH), room));
    this.#heldBytes += region.byteLength;
    this.#end = Math.max(this.#end, region.offset + region.byteLength);
    this.free(region);
    return true;
  }
}
