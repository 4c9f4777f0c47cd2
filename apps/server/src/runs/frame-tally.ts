/** What clients have sent to a source. */
export interface FrameCounts {
  readonly frames: number;
  /** Frames and texts that could not be used. */
  readonly refused: number;
  /** Frames that no source was there for. */
  readonly homeless: number;
}

/** Someone who counts what it sends. */
export interface CountingSender {
  readonly counts: FrameCounts;
}

const NONE: FrameCounts = { frames: 0, refused: 0, homeless: 0 };

/**
 * What the sources of a run were sent by all who ever sent. Senders count by themselves, and are only asked when somebody
 * wants to know: a frame costs nothing here.
 */
export class FrameTally {
  readonly #gone = new Map<string, FrameCounts>();
  readonly #here = new Map<CountingSender, string>();

  /** Counts a sender of a source, also after it has left, which disposing of the answer tells. */
  add(source: string, sender: CountingSender): Disposable {
    this.#here.set(sender, source);
    return {
      [Symbol.dispose]: () => {
        if (this.#here.delete(sender)) this.#gone.set(source, sum(this.#gone.get(source) ?? NONE, sender.counts));
      },
    };
  }

  /** By source. */
  totals(): ReadonlyMap<string, FrameCounts> {
    const totals = new Map(this.#gone);
    for (const [{ counts }, source] of this.#here) totals.set(source, sum(totals.get(source) ?? NONE, counts));
    return totals;
  }
}

function sum(a: FrameCounts, b: FrameCounts): FrameCounts {
  return { frames: a.frames + b.frames, refused: a.refused + b.refused, homeless: a.homeless + b.homeless };
}
