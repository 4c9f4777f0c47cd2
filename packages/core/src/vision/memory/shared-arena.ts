import { ArenaFullError } from './arena-full-error.js';

/** A stretch of an arena, in bytes. */
export interface ArenaRegion {
  readonly offset: number;
  readonly byteLength: number;
}

/** What a worker is handed to see the arena of its platform; plain enough for a message to a worker. */
export interface ArenaShare {
  readonly memory: WebAssembly.Memory;
  /** Regions of earlier workers that have gone; they are the new worker's now. */
  readonly spare: readonly ArenaRegion[];
  /** How many regions the worker has, then page and pages of each. Written by the worker, read when it has gone. */
  readonly ledger: Int32Array;
}

/** The unit that WebAssembly memory grows by. */
export const WASM_PAGE_BYTES = 65_536;
/** 32-bit addresses end here. */
const MAX_PAGES = 65_536;
/** Room beside the frames for what kernels on all threads need: inputs that are copied, halved images, outputs. */
const SCRATCH_BYTES = 512 * 1024 ** 2;
const LEDGER_REGIONS = 63;

/** The most that frames may have of an arena: the rest of 4 GiB is for kernels. */
export const MAX_ARENA_FRAME_BYTES = MAX_PAGES * WASM_PAGE_BYTES - SCRATCH_BYTES;

/**
 * One shared WebAssembly memory, seen by several threads: pooled frames lie in it, so that the pixel kernel of any thread
 * reads them where they are. It only grows, and growing is atomic: what a thread has grown is that thread's alone. So no
 * lock is needed, and a thread that dies can leave none behind.
 */
export class SharedArena {
  /** Every buffer object that was this memory: growing makes a new one, and views of the old ones stay good. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  readonly #spare: ArenaRegion[];
  readonly #ledger: Int32Array | undefined;
  #newest: ArrayBufferLike | undefined;

  private constructor(
    private readonly memory: WebAssembly.Memory,
    share?: ArenaShare,
  ) {
    this.#spare = [...(share?.spare ?? [])];
    this.#ledger = share?.ledger;
  }

  /**
   * A new arena that frames may take up to `frameBytes` of, at most `MAX_ARENA_FRAME_BYTES`. Address space is reserved
   * for it; memory is taken as it grows.
   * @returns undefined where the platform has no shared memory, or no address space is left.
   */
  static create(frameBytes: number): SharedArena | undefined {
    if (typeof SharedArrayBuffer === 'undefined' || typeof WebAssembly === 'undefined') return undefined;
    const bytes = Math.min(frameBytes, MAX_ARENA_FRAME_BYTES) + SCRATCH_BYTES;
    try {
      // The first page stays unused: no frame is at address 0.
      return new SharedArena(
        new WebAssembly.Memory({
          initial: 1,
          maximum: Math.min(Math.ceil(bytes / WASM_PAGE_BYTES) + 1, MAX_PAGES),
          shared: true,
        }),
      );
    } catch {
      return undefined; // frames then lie in buffers of their own, and the plain kernel works on them
    }
  }

  /** The arena of another thread, as that thread's `share()` told. */
  static of(share: ArenaShare): SharedArena {
    return new SharedArena(share.memory, share);
  }

  /** What a new worker is handed. Give it back with `reclaim` once the worker has gone, however it went. */
  share(): ArenaShare {
    const spare = this.#spare.splice(0, LEDGER_REGIONS);
    const ledger = new Int32Array(new SharedArrayBuffer((1 + 2 * LEDGER_REGIONS) * 4));
    for (const region of spare) record(ledger, region);
    return { memory: this.memory, spare, ledger };
  }

  /** Takes over the regions of a worker that has gone. */
  reclaim({ ledger }: ArenaShare): void {
    const count = Atomics.load(ledger, 0);
    for (let index = 0; index < count; index += 1) {
      const [page = 0, pages = 0] = ledger.subarray(1 + 2 * index, 3 + 2 * index);
      this.#spare.push({ offset: page * WASM_PAGE_BYTES, byteLength: pages * WASM_PAGE_BYTES });
    }
  }

  /** A new instance of a module that imports this memory as `env.memory`. */
  instantiate(module: WebAssembly.Module): WebAssembly.Instance {
    return new WebAssembly.Instance(module, { env: { memory: this.memory } });
  }

  /** Bytes of the memory so far, all threads together. */
  get byteLength(): number {
    return this.#buffer().byteLength;
  }

  /** Where `view` begins in the arena; undefined where it is a view of something else. */
  offsetOf(view: ArrayBufferView): number | undefined {
    return this.#buffers.has(view.buffer) ? view.byteOffset : undefined;
  }

  /** Bytes of the arena. @throws RangeError where they are not all within it. */
  bytesAt(offset: number, byteLength: number): Uint8Array {
    return new Uint8Array(this.#bufferUpTo(offset + byteLength), offset, byteLength);
  }

  /** Floats of the arena; `offset` in bytes, a multiple of 4. @throws RangeError */
  floatsAt(offset: number, length: number): Float32Array {
    return new Float32Array(this.#bufferUpTo(offset + 4 * length), offset, length);
  }

  /**
   * A region of at least `byteLength` for the calling thread alone, for as long as the thread lives.
   * @throws ArenaFullError where the machine, or the arena's maximum, has no more.
   */
  grow(byteLength: number): ArenaRegion {
    const spare = this.#ledger === undefined ? undefined : this.#takeSpare(byteLength);
    if (spare !== undefined) return spare;
    const pages = Math.ceil(byteLength / WASM_PAGE_BYTES);
    const page = this.#growMemory(pages);
    const region = { offset: page * WASM_PAGE_BYTES, byteLength: pages * WASM_PAGE_BYTES };
    if (this.#ledger !== undefined) record(this.#ledger, region);
    return region;
  }

  /** Atomic: no other thread gets these pages. @returns the first of them */
  #growMemory(pages: number): number {
    try {
      return this.memory.grow(pages);
    } catch (cause) {
      const askedBytes = pages * WASM_PAGE_BYTES;
      throw new ArenaFullError({ askedBytes, heldBytes: this.byteLength }, { cause });
    }
  }

  /** The platform's own thread leaves these to its next worker: they may be larger than its limits allow. */
  #takeSpare(byteLength: number): ArenaRegion | undefined {
    const index = this.#spare.findIndex((region) => region.byteLength >= byteLength);
    return index === -1 ? undefined : this.#spare.splice(index, 1)[0];
  }

  #bufferUpTo(end: number): ArrayBufferLike {
    const buffer = this.#buffer();
    if (end <= buffer.byteLength) return buffer;
    this.memory.grow(0); // another thread has grown it: this thread's buffer is brought up to date
    return this.#buffer();
  }

  #buffer(): ArrayBufferLike {
    const { buffer } = this.memory;
    if (buffer !== this.#newest) {
      this.#newest = buffer;
      this.#buffers.add(buffer);
    }
    return buffer;
  }
}

/** The count goes last: a worker that is ended in between has then not told of the region, which is lost with it. */
function record(ledger: Int32Array, { offset, byteLength }: ArenaRegion): void {
  const count = Atomics.load(ledger, 0);
  if (count === LEDGER_REGIONS) return; // the region is lost when the worker goes
  ledger[1 + 2 * count] = offset / WASM_PAGE_BYTES;
  ledger[2 + 2 * count] = byteLength / WASM_PAGE_BYTES;
  Atomics.store(ledger, 0, count + 1);
}
