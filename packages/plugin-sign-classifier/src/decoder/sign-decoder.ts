import type { Classification } from '@kinegraph/core/plugin';
import type { SignDecoderConfig } from './decoder-config.js';
import type { SignEvent } from './sign-events.js';
import { TrackDecoder } from './track-decoder.js';
import type { HandSign, Hop } from './track-decoder.js';

/** A classification whose tracks may say that their label is a held shape. */
export interface DecodableClassification {
  readonly tracks: readonly (Classification['tracks'][number] & { readonly static?: boolean })[];
}

/** Tells from classifications of windows, some a second, when a sign was made. State for each hand; time comes with what it is given. */
export class SignDecoder {
  readonly #tracks = new Map<number, TrackDecoder>();
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(public settings: SignDecoderConfig) {}

  /** Hands that something is remembered of. */
  get trackCount(): number {
    return this.#tracks.size;
  }

  /**
   * @param timestampMs - later than that of the call before.
   * @returns the signs to be told now, each once
   */
  step(timestampMs: number, { tracks }: DecodableClassification): SignEvent[] {
    const told: SignEvent[] = [];
    if (timestampMs - this.#lastMs > this.settings.silenceMs) {
      for (const [trackId, track] of this.#tracks) told.push(...of(trackId, track.release(timestampMs, this.settings)));
      this.#tracks.clear();
    }
    this.#lastMs = timestampMs;
    const there = new Map(tracks.map((track) => [track.trackId, { ...track, timestampMs }]));
    this.#meet(there);
    for (const [trackId, track] of this.#tracks) {
      const hop = there.get(trackId);
      track.absentHops = hop === undefined ? track.absentHops + 1 : 0;
      told.push(...of(trackId, track.step(hop ?? this.#absent(timestampMs), this.settings)));
      if (hop === undefined && !track.isBusy(this.settings)) this.#tracks.delete(trackId);
    }
    return told;
  }

  /**
   * Makes room for hands that come. Where one hand has just gone and one comes, the tracker has most likely lost it and found
   * it again: it keeps what is known of it, so that its sign is not told twice.
   */
  #meet(there: ReadonlyMap<number, Hop>): void {
    const come = [...there.keys()].filter((trackId) => !this.#tracks.has(trackId));
    const gone = [...this.#tracks].filter(
      ([trackId, { absentHops }]) => !there.has(trackId) && absentHops < this.settings.releaseHops,
    );
    const [lost] = come.length === 1 && gone.length === 1 ? gone : [];
    if (lost !== undefined) this.#tracks.delete(lost[0]);
    for (const trackId of come) this.#tracks.set(trackId, lost?.[1] ?? new TrackDecoder());
  }

  /** A hand that is not there shows nothing. */
  #absent(timestampMs: number): Hop {
    return { timestampMs, label: this.settings.noneLabel, score: 1, alternatives: [] };
  }
}

function of(trackId: number, signs: readonly HandSign[]): SignEvent[] {
  return signs.map((sign) => ({ trackId, ...sign }));
}
