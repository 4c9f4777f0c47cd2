import type { Frame, RunObserver } from '@kinegraph/core';

/** Frames kept of a node while overlays of it are asked for: as many as are under way at most. */
const FRAMES_KEPT = 8;
/** Each with the name of its source; the oldest first. */
type Kept = { readonly frame: Frame; readonly source: string }[];

/**
 * The last frames of nodes that overlays are asked of: landmarks belong to a frame that is no longer the newest when they
 * are there. Nothing is kept of nodes that nobody asks for.
 */
export class RecentFrames implements Disposable {
  readonly #wanted = new Map<string, Kept>();
  #isOver = false;

  /** @param isAway - whether a source is not connected: what still comes of it is old. */
  constructor(private readonly isAway: (source: string) => boolean) {}

  /** What the run tells it. */
  readonly observer: RunObserver = {
    frame: (node, frame, trace) => this.#keep(node, frame, trace.source),
    connection: (source, state) => state !== 'live' && this.#forget(source),
  };

  /** The newest frame of a node that `fits`, with an ownership of its own. From the first time on the node's frames are kept. */
  newest(
    node: string,
    fits: (source: string, frame: Frame) => boolean,
  ): { readonly frame: Frame; readonly source: string } | undefined {
    if (this.#isOver) return undefined;
    const kept = this.#wanted.get(node) ?? [];
    this.#wanted.set(node, kept);
    const found = kept.findLast(({ frame, source }) => fits(source, frame));
    return found === undefined ? undefined : { frame: found.frame.clone(), source: found.source };
  }

  /** Nobody asks any more: nothing is kept until somebody does. */
  clear(): void {
    for (const kept of this.#wanted.values()) for (const { frame } of kept) frame.close();
    this.#wanted.clear();
  }

  /** The run has ended. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    this.clear();
  }

  #keep(node: string, frame: Frame, source: string): void {
    const kept = this.#wanted.get(node);
    if (kept === undefined || this.isAway(source)) return;
    kept.push({ frame: frame.clone(), source });
    if (kept.length > FRAMES_KEPT) kept.shift()?.frame.close();
  }

  #forget(source: string): void {
    for (const kept of this.#wanted.values()) {
      const stays = kept.filter((one) => one.source !== source);
      for (const one of kept) if (one.source === source) one.frame.close();
      kept.splice(0, kept.length, ...stays);
    }
  }
}
