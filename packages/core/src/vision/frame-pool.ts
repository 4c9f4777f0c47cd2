import { KinegraphError, serviceId } from '../base/index.js';
import type { FrameMemory } from './frame.js';

/** Reusable memory for raw frames. Slots are SharedArrayBuffers where the platform has them, so workers read them in place. */
export interface FramePool {
  /**
   * A slot with one owner whose `bytes` has exactly `byteLength` bytes of unspecified content.
   * @throws FramePoolExhaustedError when the pool's limit would be passed; RangeError where `byteLength` is no whole
   *   number from 0, or the machine has no more memory.
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

/** One slot: counts its owners and goes back to its pool with the last one. */
class Slot implements FrameMemory {
  owners = 0;
  bytes: Uint8Array;
  constructor(
    readonly buffer: ArrayBufferLike,
    private readonly giveBack: (slot: Slot) => void,
  ) {
    this.bytes = new Uint8Array(buffer);
  }
  retain(): void {
    // Whoever retains what it does not own would share the slot with its next owner.
    if (this.owners <= 0) throw new RangeError('A frame slot was retained after its last owner had released it.');
    this.owners += 1;
  }
  release(): void {
    if (this.owners <= 0) throw new RangeError('A frame slot was released more often than it was owned.');
    this.owners -= 1;
    if (this.owners === 0) this.giveBack(this);
  }
}

/** A pool with free lists by size. Sizes are rounded up, so that near sizes share slots. */
export class SlotFramePool implements FramePool {
  readonly #free = new Map<number, Slot[]>();
  #inUse = 0;
  #heldBytes = 0;

  /** @param limitBytes - the most that the pool may hold; 1 GiB is about 870 frames of 640x480 RGBA. */
  constructor(private readonly limitBytes: number = 1024 ** 3) {}

  get inUse(): number {
    return this.#inUse;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  acquire(byteLength: number): FrameMemory {
    if (!Number.isSafeInteger(byteLength) || byteLength < 0) {
      throw new RangeError(`A frame cannot have ${byteLength} bytes; ask for a whole number from 0.`);
    }
    const size = slotSize(byteLength);
    const slot = this.#free.get(size)?.pop() ?? this.#create(size, byteLength);
    slot.owners = 1;
    if (slot.bytes.length !== byteLength) slot.bytes = new Uint8Array(slot.buffer, 0, byteLength);
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
    if (this.#heldBytes + size > this.limitBytes) {
      throw new FramePoolExhaustedError({
        inUse: this.#inUse,
        heldBytes: this.#heldBytes,
        limitBytes: this.limitBytes,
        askedBytes,
      });
    }
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

/** Rounds up to a multiple of 4 KiB: a page, and alignment enough for any kernel. */
function slotSize(byteLength: number): number {
  return Math.max(1, Math.ceil(byteLength / 4096)) * 4096;
}
