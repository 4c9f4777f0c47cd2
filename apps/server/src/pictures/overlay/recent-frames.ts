import type { Clock, Frame, RunObserver } from '@kinegraph/core';

/** Frames kept of a node while overlays of it are asked for: as many as are under way at most. */
const FRAMES_KEPT = 8;
/** How long frames are kept after the last overlay was asked for. */
const WANTED_MS = 10_000;

interface Wanted {
  untilMs: number;
  /** The oldest first, each with the name of its source. */
  readonly frames: { readonly frame: Frame; readonly source: string }[];
}

/**
 * The last frames of nodes that overlays are asked of: landmarks belong to a frame that is no longer the newest when they
 * are there. Nothing is kept of nodes that nobody asks for.
 */
export class RecentFrames implements Disposable {
  readonly #wanted = new Map<string, Wanted>();
  #isOver = false;

  constructor(private readonly clock: Clock) {}

  /** What the run tells it. */
  readonly observer: RunObserver = {
    frame: (node, frame, trace) => this.#keep(node, frame, trace.source),
    connection: (source, state) => state !== 'live' && this.#forget(source),
  };

  /** The newest frame of a node that `fits`, with an ownership of its own. Asking makes it kept for a while. */
  newest(
    node: string,
    fits: (source: string, frame: Frame) => boolean,
  ): { readonly frame: Frame; readonly source: string } | undefined {
    if (this.#isOver) return undefined;
    const wanted = this.#wanted.get(node) ?? { untilMs: 0, frames: [] };
    wanted.untilMs = this.clock.nowMs() + WANTED_MS;
    this.#wanted.set(node, wanted);
    const found = wanted.frames.findLast(({ frame, source }) => fits(source, frame));
    return found === undefined ? undefined : { frame: found.frame.clone(), source: found.source };
  }

  /** The run has ended. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const { frames } of this.#wanted.values()) for (const { frame } of frames) frame.close();
    this.#wanted.clear();
  }

  #keep(node: string, frame: Frame, source: string): void {
    const wanted = this.#wanted.get(node);
    if (wanted === undefined) return;
    if (this.clock.nowMs() > wanted.untilMs) {
      for (const kept of wanted.frames) kept.frame.close();
      this.#wanted.delete(node);
      return;
    }
    wanted.frames.push({ frame: frame.clone(), source });
    if (wanted.frames.length > FRAMES_KEPT) wanted.frames.shift()?.frame.close();
  }

  #forget(source: string): void {
    for (const wanted of this.#wanted.values()) {
      const gone = wanted.frames.filter((kept) => kept.source === source);
      wanted.frames.splice(0, wanted.frames.length, ...wanted.frames.filter((kept) => kept.source !== source));
      for (const { frame } of gone) frame.close();
    }
  }
}
