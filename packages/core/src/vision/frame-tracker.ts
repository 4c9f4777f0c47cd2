import { KinegraphError, serviceId } from '../base/index.js';
import type { FramePool } from './frame-pool.js';
import type { Frame, FrameMemory } from './frame.js';

/** Who has to close a frame. */
export interface FrameHolder {
  readonly runId: string;
  readonly node: string;
}

/** A frame that somebody has not closed. */
export interface UnclosedFrame {
  /** Undefined where no node of a run has had it yet. */
  readonly holder: FrameHolder | undefined;
  readonly byteLength: number;
  /** True where the collector found it: nobody can close it any more. */
  readonly isLost: boolean;
  /** The stack at which its owner came to be: where the slot was acquired, or the frame cloned. */
  readonly takenAt: string;
}

/** Frames were not closed by the end of their run. Told in development only. */
export class FramesUnclosedError extends KinegraphError {
  override readonly name = 'FramesUnclosedError';
  readonly code = 'CORE_FRAME_UNCLOSED';
  constructor(override readonly data: { readonly frames: readonly UnclosedFrame[] }) {
    const { frames } = data;
    const nodes = [...new Set(frames.map(({ holder }) => holder?.node ?? 'unknown'))];
    const places = [...new Set(frames.map(({ takenAt }) => takenAt))].slice(0, 3);
    super(
      `${frames.length === 1 ? 'A frame was' : `${frames.length} frames were`} not closed by node ` +
        `${nodes.map((node) => `"${node}"`).join(', ')}. Whoever acquires or clones a frame closes it once, or answers it. ` +
        `Taken ${places.join('\nor ')}`,
    );
  }
}

/** One owner of a frame gave it up more often than it had it. Told in development only. */
export class FrameOverReleasedError extends KinegraphError {
  override readonly name = 'FrameOverReleasedError';
  readonly code = 'CORE_FRAME_OVER_RELEASED';
  constructor(override readonly data: { readonly node: string | undefined; readonly takenAt: string }) {
    super(
      `An owner of a frame${data.node === undefined ? '' : ` at node "${data.node}"`} released it a second time, which takes it from ` +
        `another owner. Release memory once for each retain(), or leave that to Frame. It was taken ${data.takenAt}`,
    );
  }
}

/** What is known of one owner; nothing here keeps the frame itself alive. */
interface Owner {
  holder: FrameHolder | undefined;
  readonly byteLength: number;
  /** Its stack is only written out where it is asked for. */
  readonly taken: Error;
  isLost: boolean;
}

/**
 * Knows every owner of every frame of a pool, and where each came to be. For development and tests: it takes a stack for
 * every frame.
 */
export class FrameTracker {
  readonly #open = new Set<Owner>();
  readonly #collected = new FinalizationRegistry<Owner>((owner) => {
    if (!this.#open.has(owner)) return;
    owner.isLost = true;
    this.onLost(toUnclosed(owner));
  });
  /** Told when the collector finds a frame that was not closed. Set by whoever logs it. */
  onLost: (frame: UnclosedFrame) => void = () => {};

  /** Told when an owner releases more than it has; throws the error unless something else is set. */
  onOverReleased: (error: FrameOverReleasedError) => void = (error) => {
    throw error;
  };

  /** A pool whose frames are tracked. @param holder - who takes from it, where that is known. */
  pool(pool: FramePool, holder?: FrameHolder): FramePool {
    const track = (byteLength: number): FrameMemory => this.track(pool.acquire(byteLength), holder);
    return {
      acquire: track,
      get inUse() {
        return pool.inUse;
      },
      get heldBytes() {
        return pool.heldBytes;
      },
    };
  }

  /** Takes over one ownership of `memory`, and tells its owners apart from now on. */
  track(memory: FrameMemory, holder?: FrameHolder): FrameMemory {
    if (memory instanceof TrackedMemory) {
      memory.owner.holder ??= holder; // of a pool below that tracks as well
      return memory;
    }
    return this.#own(memory, holder);
  }

  /** Owners that have not given up their frame: of one run, or all. */
  unclosed(runId?: string): readonly UnclosedFrame[] {
    return [...this.#open].filter(({ holder }) => runId === undefined || holder?.runId === runId).map(toUnclosed);
  }

  #own(memory: FrameMemory, holder: FrameHolder | undefined): FrameMemory {
    const owner: Owner = { holder, byteLength: memory.bytes.length, taken: new Error('here'), isLost: false };
    this.#open.add(owner);
    const tracked = new TrackedMemory(memory, owner, {
      fork: () => {
        memory.retain();
        return this.#own(memory, owner.holder);
      },
      overReleased: () => {
        this.onOverReleased(new FrameOverReleasedError({ node: owner.holder?.node, takenAt: placeOf(owner) }));
      },
      closed: () => {
        this.#open.delete(owner);
        this.#collected.unregister(owner);
      },
    });
    this.#collected.register(tracked, owner, owner);
    return tracked;
  }
}
export const FrameTrackerService = serviceId<FrameTracker>('core.FrameTracker');

/** Says who has a frame now, so that its clones are known as theirs. Does nothing where frames are not tracked. */
export function claimFrame(frame: Frame, holder: FrameHolder): void {
  if (frame.closed) return;
  const { memory } = frame;
  if (memory instanceof TrackedMemory) memory.owner.holder = holder;
}

/** The memory as its pool gave it out, whether or not its owners are tracked. */
export function untracked(memory: FrameMemory): FrameMemory {
  return memory instanceof TrackedMemory ? memory.memory : memory;
}

/** The memory of one owner. */
class TrackedMemory implements FrameMemory {
  #owners = 1;

  constructor(
    readonly memory: FrameMemory,
    readonly owner: Owner,
    private readonly tracker: { fork(): FrameMemory; closed(): void; overReleased(): void },
  ) {}

  get bytes(): Uint8Array {
    return this.memory.bytes;
  }

  retain(): void {
    this.memory.retain();
    this.#owners += 1;
  }

  fork(): FrameMemory {
    return this.tracker.fork();
  }

  release(): void {
    if (this.#owners === 0) {
      this.tracker.overReleased();
      return;
    }
    this.#owners -= 1;
    this.memory.release();
    if (this.#owners === 0) this.tracker.closed();
  }
}

function toUnclosed(owner: Owner): UnclosedFrame {
  const { holder, byteLength, isLost } = owner;
  return { holder, byteLength, isLost, takenAt: placeOf(owner) };
}

/** The stack without the tracker's own lines. */
function placeOf({ taken }: Owner): string {
  const lines = (taken.stack ?? '').split('\n').slice(1);
  const outside = lines.findIndex((line) => !/frame-tracker\.[jt]s|Frame\.clone|frame\.[jt]s:/.test(line));
  return lines
    .slice(Math.max(0, outside))
    .map((line) => line.trim())
    .join('\n  ');
}
