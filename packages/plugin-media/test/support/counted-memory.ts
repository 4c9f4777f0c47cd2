import type { FrameMemory } from '@kinegraph/core/plugin';

/** Memory for frames that is counted, so that a test can show that every frame was released exactly once. */
export class CountedMemory {
  #open = 0;
  #overReleased = 0;

  /** Slots that somebody owns. */
  get open(): number {
    return this.#open;
  }

  /** Releases without an owner. */
  get overReleased(): number {
    return this.#overReleased;
  }

  readonly allocate = (byteLength: number): FrameMemory => {
    this.#open += 1;
    let owners = 1;
    return {
      bytes: new Uint8Array(new SharedArrayBuffer(byteLength)),
      retain: () => {
        owners += 1;
      },
      release: () => {
        owners -= 1;
        if (owners === 0) this.#open -= 1;
        if (owners < 0) this.#overReleased += 1;
      },
    };
  };
}
