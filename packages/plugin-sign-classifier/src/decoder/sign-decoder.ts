import type { Classification } from '@kinegraph/core/plugin';
import type { SignDecoderConfig } from './decoder-config.js';
import type { SignEvent } from './sign-events.js';
import { TrackDecoder } from './track-decoder.js';
import type { Hop } from './track-decoder.js';

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
      for (const track of this.#tracks.values()) told.push(...track.release(timestampMs, this.settings));
      this.#tracks.clear();
    }
    this.#lastMs = timestampMs;
    const there = new Map(tracks.map((track) => [track.trackId, { ...track, timestampMs }]));
    for (const trackId of there.keys())
      if (!this.#tracks.has(trackId)) this.#tracks.set(trackId, new TrackDecoder(trackId));
    for (const [trackId, track] of this.#tracks) {
      const hop = there.get(trackId);
      told.push(...track.step(hop ?? this.#absent(timestampMs), this.settings));
      if (hop === undefined && !track.isBusy) this.#tracks.delete(trackId);
    }
    return told;
  }

  /** A hand that is not there shows nothing. */
  #absent(timestampMs: number): Hop {
    return { timestampMs, label: this.settings.noneLabel, score: 1, alternatives: [] };
  }
}
