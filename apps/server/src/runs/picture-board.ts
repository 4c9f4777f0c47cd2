import type { Frame, RunObserver } from '@kinegraph/core';

/** Changed in place: there is one for each frame of each node. */
interface Shown {
  frame: Frame;
  source: string;
}

/** The newest frame of each node that gives frames, for those who want to see it; none of a source that is not connected. */
export class PictureBoard implements Disposable {
  readonly #newest = new Map<string, Shown>();
  readonly #waiting = new Map<string, Set<() => void>>();
  /** Sources that are not connected: what is still under way of theirs is old when it comes. */
  readonly #away = new Set<string>();
  #isOver = false;

  /** What the run tells it. */
  readonly observer: RunObserver = {
    frame: (node, frame, trace) => this.#show(node, frame, trace.source),
    connection: (source, state) => {
      if (state === 'live') this.#away.delete(source);
      else this.#forget(source);
    },
  };

  /** Whether a source has told that it is not connected. */
  isAway(source: string): boolean {
    return this.#away.has(source);
  }

  /** The newest frame with an ownership of its own, and the source it comes from. Undefined where there is none. */
  newest(node: string): { readonly frame: Frame; readonly source: string } | undefined {
    const shown = this.#newest.get(node);
    return shown === undefined ? undefined : { frame: shown.frame.clone(), source: shown.source };
  }

  /** The source that a node's newest frame comes from; undefined where there is none. */
  sourceOf(node: string): string | undefined {
    return this.#newest.get(node)?.source;
  }

  /** What tells the newest frame of a node from the others; undefined where there is none. */
  pictureId(node: string): number | undefined {
    return this.#newest.get(node)?.frame.pictureId;
  }

  /** Calls back once when a node has another frame, or none any more; not again after the answer is disposed of. */
  onNext(node: string, callback: () => void): Disposable {
    const waiting = this.#waiting.get(node) ?? new Set();
    this.#waiting.set(node, waiting);
    waiting.add(callback);
    return { [Symbol.dispose]: () => void waiting.delete(callback) };
  }

  /** The run has ended. */
  [Symbol.dispose](): void {
    this.#isOver = true;
    for (const node of [...this.#newest.keys()]) this.#remove(node);
    for (const node of [...this.#waiting.keys()]) this.#tell(node);
    this.#waiting.clear();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  #show(node: string, frame: Frame, source: string): void {
    if (this.#isOver || this.#away.has(source)) return;
    const shown = this.#newest.get(node);
    if (shown === undefined) this.#newest.set(node, { frame: frame.clone(), source });
    else {
      shown.frame.close();
      shown.frame = frame.clone();
      shown.source = source;
    }
    this.#tell(node);
  }

  #forget(source: string): void {
    this.#away.add(source);
    for (const [node, shown] of this.#newest) if (shown.source === source) this.#remove(node);
  }

  #remove(node: string): void {
    this.#newest.get(node)?.frame.close();
    this.#newest.delete(node);
    this.#tell(node);
  }

  #tell(node: string): void {
    const waiting = this.#waiting.get(node);
    if (waiting === undefined || waiting.size === 0) return;
    this.#waiting.delete(node);
    for (const callback of waiting) callback();
  }
}
