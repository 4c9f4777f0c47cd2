import { KinegraphError, serviceId } from '../base/index.js';
import type { FrameMemory } from './frame.js';
import { ArenaAllocator } from './memory/arena-allocator.js';
import { MAX_ARENA_FRAME_BYTES } from './memory/shared-arena.js';
import type { SharedArena } from './memory/shared-arena.js';

/** Reusable memory for raw frames. Slots are SharedArrayBuffers where the platform has them, so workers read them in place. */
export interface FramePool {
  /**
   * A slot with one owner whose `bytes` has exactly `byteLength` bytes of unspecified content.
   * @throws FramePoolExhaustedError when the pool's limit would be passed; RangeError where `byteLength` is no whole
   *   number from 0; ArenaFullError, or RangeError without an arena, where the machine has no more memory.
   */
  acquire(byteLength: number): FrameMemory;
  /** Slots that somebody still owns. */
  readonly inUse: number;
  /** Bytes that the pool holds, in use or free. */
  readonly heldBytes: number;
}
export const FramePool = serviceId<FramePool>('core.FramePool');

/** More frames are alive at once than the pool may hold. */
export class FramePoolExhaustedError extends KinegraphError {
  override readonly name = 'FramePoolExhaustedError';
  readonly code = 'CORE_FRAME_POOL_EXHAUSTED';
  constructor(override readonly data: { inUse: number; heldBytes: number; limitBytes: number; askedBytes: number }) {
    super(
      `The frame pool holds ${data.heldBytes} bytes in ${data.inUse} frames and cannot add ${data.askedBytes} more within its ` +
        `limit of ${data.limitBytes} bytes. Close frames sooner, use smaller buffers, or raise the limit.`,
    );
  }
}

/** Counts the owners of a frame's bytes and gives them back with the last one. */
abstract class OwnedMemory implements FrameMemory {
  abstract readonly bytes: Uint8Array;
  protected owners = 0;

  protected abstract giveBack(): void;

  retain(): void {
    // Whoever retains what it does not own would share the slot with its next owner.
    if (this.owners <= 0) throw new RangeError('A frame slot was retained after its last owner had released it.');
    this.owners += 1;
  }
  release(): void {
    if (this.owners <= 0) throw new RangeError('A frame slot was released more often than it was owned.');
    this.owners -= 1;
    if (this.owners === 0) this.giveBack();
  }
}

/** A buffer of its own, used again and again. */
class Slot extends OwnedMemory {
  bytes: Uint8Array;
  constructor(
    readonly buffer: ArrayBufferLike,
    private readonly onFree: (slot: Slot) => void,
  ) {
    super();
    this.bytes = new Uint8Array(buffer);
  }
  /** Hands it to its first owner. */
  occupy(byteLength: number): void {
    this.owners = 1;
    if (this.bytes.length !== byteLength) this.bytes = new Uint8Array(this.buffer, 0, byteLength);
  }
  protected giveBack(): void {
    this.onFree(this);
  }
}

/** A block of an arena, for one frame. */
class ArenaBlock extends OwnedMemory {
  protected override owners = 1;
  constructor(
    readonly bytes: Uint8Array,
    private readonly onFree: () => void,
  ) {
    super();
  }
  protected giveBack(): void {
    this.onFree();
  }
}

/** The most that a pool holds unless told otherwise: 1 GiB, about 870 frames of 640x480 RGBA. */
export const DEFAULT_FRAME_POOL_BYTES = 1024 ** 3;

/**
 * A pool within an arena: frames lie side by side in one shared WebAssembly memory, where the pixel kernel of every
 * thread reads them in place. Memory that was once held stays held; freed frames make room for frames of any size.
 */
export class ArenaFramePool implements FramePool {
  readonly #allocator: ArenaAllocator;
  #inUse = 0;

  /** @param limitBytes - the most that the pool may hold; whole WebAssembly pages of 64 KiB count. */
  constructor(
    private readonly arena: SharedArena,
    private readonly limitBytes: number = DEFAULT_FRAME_POOL_BYTES,
  ) {
    this.#allocator = new ArenaAllocator(arena, Math.min(limitBytes, MAX_ARENA_FRAME_BYTES));
  }

  get inUse(): number {
    return this.#inUse;
  }

  get heldBytes(): number {
    return this.#allocator.heldBytes;
  }

  /** Aligned to 4 KiB. */
  acquire(byteLength: number): FrameMemory {
    checkByteLength(byteLength);
    const region = this.#allocator.allocate(byteLength);
    if (region === undefined) throw exhausted(this, this.limitBytes, byteLength);
    this.#inUse += 1;
    return new ArenaBlock(this.arena.bytesAt(region.offset, byteLength), () => {
      this.#inUse -= 1;
      this.#allocator.free(region);
    });
  }
}

/**
 * A pool of buffers with free lists by size, for where there is no arena: workers' own frames, browsers without shared
 * memory. Sizes are rounded up, so that near sizes share slots.
 */
export class SlotFramePool implements FramePool {
  readonly #free = new Map<number, Slot[]>();
  #inUse = 0;
  #heldBytes = 0;

  /** @param limitBytes - the most that the pool may hold. */
  constructor(private readonly limitBytes: number = DEFAULT_FRAME_POOL_BYTES) {}

  get inUse(): number {
    return this.#inUse;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  acquire(byteLength: number): FrameMemory {
    checkByteLength(byteLength);
    const size = slotSize(byteLength);
    const slot = this.#free.get(size)?.pop() ?? this.#create(size, byteLength);
    slot.occupy(byteLength);
    this.#inUse += 1;
    return slot;
  }

  /** Lets all free slots go; those in use come back to the pool as ever. */
  trim(): void {
    for (const [size, slots] of this.#free) this.#heldBytes -= size * slots.length;
    this.#free.clear();
  }

  #create(size: number, askedBytes: number): Slot {
    if (this.#heldBytes + size > this.limitBytes) this.trim(); // free slots of other sizes may make room
    if (this.#heldBytes + size > this.limitBytes) throw exhausted(this, this.limitBytes, askedBytes);
    const buffer = typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(size) : new SharedArrayBuffer(size);
    this.#heldBytes += size; // counted only once the machine has given it
    return new Slot(buffer, (slot) => {
      this.#inUse -= 1;
      const list = this.#free.get(size);
      if (list === undefined) this.#free.set(size, [slot]);
      else list.push(slot);
    });
  }
}

function checkByteLength(byteLength: number): void {
  if (Number.isSafeInteger(byteLength) && byteLength >= 0) return;
  throw new RangeError(`A frame cannot have ${byteLength} bytes; ask for a whole number from 0.`);
}

function exhausted({ inUse, heldBytes }: FramePool, limitBytes: number, askedBytes: number): FramePoolExhaustedError {
  return new FramePoolExhaustedError({ inUse, heldBytes, limitBytes, askedBytes });
}

/** Rounds up to a multiple of 4 KiB: a page, and alignment enough for any kernel. */
function slotSize(byteLength: number): number {
  return Math.max(1, Math.ceil(byteLength / 4096)) * 4096;
}
