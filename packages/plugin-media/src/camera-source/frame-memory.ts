import { FramePoolExhaustedError, type FrameMemory, type FramePool } from '@kinegraph/core/plugin';

/**
 * Memory for a camera's frames: the pool's, and where that is full a place of its own for frames that are thrown away. So a
 * graph that holds too many frames costs frames, and not the connection.
 */
export class CameraMemory {
  #spare: Uint8Array | undefined;
  readonly #spares = new WeakSet<FrameMemory>();

  constructor(private readonly pool: FramePool) {}

  /** @throws as `FramePool.acquire`, but for a full pool */
  readonly allocate = (byteLength: number): FrameMemory => {
    try {
      return this.pool.acquire(byteLength);
    } catch (error) {
      if (!(error instanceof FramePoolExhaustedError)) throw error;
      return this.#spareMemory(byteLength);
    }
  };

  /** True for memory whose contents nobody may keep. */
  isSpare(memory: FrameMemory): boolean {
    return this.#spares.has(memory);
  }

  #spareMemory(byteLength: number): FrameMemory {
    if (this.#spare?.length !== byteLength) this.#spare = new Uint8Array(byteLength);
    const memory = { bytes: this.#spare, retain: () => {}, release: () => {} };
    this.#spares.add(memory);
    return memory;
  }
}
