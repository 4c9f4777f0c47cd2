import type { LiveMemory } from './live-memory.js';

/** Where in the last seconds one is. */
export interface PlaybackPosition {
  readonly isFrozen: boolean;
  /** Of what is looked at, by the sender's clock; undefined while live. */
  readonly atMs: number | undefined;
  /** Its place among the moments, from 0, and how many there are. */
  readonly index: number;
  readonly count: number;
  /** The time of the first and of the last moment. */
  readonly fromMs: number;
  readonly toMs: number;
}

const LIVE: PlaybackPosition = { isFrozen: false, atMs: undefined, index: 0, count: 0, fromMs: 0, toMs: 0 };

/** Looks at what a memory has: it is held while anything but the present is looked at. */
export class Playback {
  #moments: readonly number[] = [];
  #index = 0;

  /** @param onChange - called with each new position */
  constructor(
    private readonly memory: LiveMemory,
    private readonly onChange: (position: PlaybackPosition) => void = () => {},
  ) {}

  get position(): PlaybackPosition {
    if (!this.memory.isHeld) return LIVE;
    const [fromMs = 0] = this.#moments;
    return {
      ...{ isFrozen: true, atMs: this.#moments[this.#index], index: this.#index, count: this.#moments.length },
      ...{ fromMs, toMs: this.#moments.at(-1) ?? 0 },
    };
  }

  /** Stops at what is shown now. @param shownMs - left out: at the newest. @returns false where there is nothing to look at */
  freeze(shownMs?: number): boolean {
    if (this.memory.isHeld) return true;
    const moments = this.memory.moments();
    if (moments.length === 0) return false;
    this.memory.hold();
    this.#moments = moments;
    this.#index = shownMs === undefined ? moments.length - 1 : this.#nearest(shownMs);
    this.onChange(this.position);
    return true;
  }

  /** Back to the present. */
  resume(): void {
    if (!this.memory.isHeld) return;
    this.memory.letGo();
    this.#moments = [];
    this.#index = 0;
    this.onChange(this.position);
  }

  /** So many frames on, or back where negative, and no farther than the ends; freezes first where that is needed. */
  step(frames: number, shownMs?: number): void {
    if (!this.freeze(shownMs)) return;
    this.#goTo(this.#index + Math.trunc(frames));
  }

  /** To the moment nearest to a time. */
  seek(atMs: number): void {
    if (this.freeze()) this.#goTo(this.#nearest(atMs));
  }

  /** To a place among the moments. */
  seekIndex(index: number): void {
    if (this.freeze()) this.#goTo(index);
  }

  #goTo(index: number): void {
    const next = Math.min(this.#moments.length - 1, Math.max(0, Math.round(index)));
    if (next === this.#index || Number.isNaN(next)) return;
    this.#index = next;
    this.onChange(this.position);
  }

  #nearest(atMs: number): number {
    let best = 0;
    this.#moments.forEach((moment, index) => {
      if (Math.abs(moment - atMs) < Math.abs((this.#moments[best] ?? 0) - atMs)) best = index;
    });
    return best;
  }
}
