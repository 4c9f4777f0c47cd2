import { Frame, FrameTracker } from '../vision/index.js';
import type { FrameInfo, FrameMemory, UnclosedFrame } from '../vision/index.js';

/** Counts the owners of frames made by a test, so that each can be shown to be closed exactly once. */
export class FrameLedger {
  readonly #tracker = new FrameTracker();
  #open = 0;
  #made = 0;
  #overReleased = 0;

  constructor() {
    this.#tracker.onOverReleased = () => (this.#overReleased += 1);
  }

  /** Ownerships that nobody has given up yet. Must be 0 at the end of a test. */
  get open(): number {
    return this.#open;
  }

  /** The owners behind `open`: the node that each was last given to, and the stack where it was taken. */
  get unclosed(): readonly UnclosedFrame[] {
    return this.#tracker.unclosed();
  }

  /** Frames made. */
  get made(): number {
    return this.#made;
  }

  /** Releases without an owner. Must be 0. */
  get overReleased(): number {
    return this.#overReleased;
  }

  /** A frame with counted owners; `bytes` defaults to zeroes. */
  frame(info: Partial<FrameInfo> = {}, bytes?: Uint8Array): Frame {
    const full = {
      sequence: 0,
      timestampMs: 0,
      capturedAtMs: info.timestampMs ?? 0,
      width: 4,
      height: 3,
      format: 'rgba8' as const,
      ...info,
    };
    this.#made += 1;
    this.#open += 1;
    let owners = 1;
    const memory: FrameMemory = {
      bytes: bytes ?? new Uint8Array(full.width * full.height * 4),
      retain: () => {
        owners += 1;
        this.#open += 1;
      },
      release: () => {
        if (owners === 0) {
          this.#overReleased += 1;
          return;
        }
        owners -= 1;
        this.#open -= 1;
      },
    };
    return new Frame(full, this.#tracker.track(memory));
  }
}

/** A small RGBA frame of zeroes. */
export function aFrame(info: Partial<FrameInfo> = {}): Frame {
  return new FrameLedger().frame(info);
}
