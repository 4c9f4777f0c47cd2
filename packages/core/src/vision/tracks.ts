import { boundsOf } from './geometry.js';
import type { Handedness, LandmarkArray } from './landmarks.js';

/** What an extractor found, not yet told apart from what it found before. */
export interface TrackCandidate {
  /** Image landmarks, fractions of the frame. */
  readonly image: LandmarkArray;
  readonly handedness?: Handedness;
}

export interface TrackAssignerOptions {
  /** A track that was not seen for longer is forgotten; its id does not come again. */
  readonly forgetAfterMs?: number;
  /** How far a centre may move between two sightings, in sizes of the object. */
  readonly reach?: number;
  /** Sightings in a row that have to say the other hand before a track is taken for that. */
  readonly handednessAfter?: number;
}

interface Track {
  readonly id: number;
  centreX: number;
  centreY: number;
  size: number;
  handedness: Handedness | undefined;
  /** Sightings in a row that said the other hand. */
  doubts: number;
  seenMs: number;
}

/** A candidate of the other hand has to be this much nearer (in sizes) to be taken for the same track. */
const HANDEDNESS_PENALTY = 1;

/**
 * Gives what an extractor finds an identity from frame to frame: the pair of track and candidate with the smallest
 * distance of centres (in sizes of the object) goes first, then the next, until nothing within reach is left. Which hand a
 * track is has hysteresis: models guess wrong for a few frames where hands cross or turn. State belongs to the instance;
 * each node has its own.
 */
export class TrackAssigner {
  readonly #tracks: Track[] = [];
  readonly #forgetAfterMs: number;
  readonly #reach: number;
  readonly #handednessAfter: number;
  #nextId = 1;

  constructor(options: TrackAssignerOptions = {}) {
    this.#forgetAfterMs = options.forgetAfterMs ?? 500;
    this.#reach = options.reach ?? 1.5;
    this.#handednessAfter = options.handednessAfter ?? 5;
  }

  /** @returns the track id of each candidate, in their order; ids count up from 1. */
  assign(candidates: readonly TrackCandidate[], timestampMs: number): number[] {
    this.#forget(timestampMs);
    const sightings = candidates.map(sightingOf);
    const ids: (number | undefined)[] = candidates.map(() => undefined);
    const taken = new Set<Track>();
    for (const { track, index } of this.#pairs(sightings)) {
      if (taken.has(track) || ids[index] !== undefined) continue;
      taken.add(track);
      ids[index] = track.id;
      this.#follow(track, sightings[index] ?? emptySighting, timestampMs);
    }
    return ids.map((id, index) => id ?? this.#begin(sightings[index] ?? emptySighting, timestampMs));
  }

  /** Which hand a track is by what was seen of it for several frames; undefined for what is no hand or not known. */
  handednessOf(trackId: number): Handedness | undefined {
    return this.#tracks.find(({ id }) => id === trackId)?.handedness;
  }

  #follow(track: Track, { handedness, ...place }: Sighting, timestampMs: number): void {
    Object.assign(track, place, { seenMs: timestampMs });
    if (handedness === undefined) return; // says nothing for or against
    if (handedness === track.handedness) track.doubts = 0;
    else track.doubts += 1;
    if (track.handedness !== undefined && track.doubts < this.#handednessAfter) return;
    track.handedness = handedness;
    track.doubts = 0;
  }

  #pairs(sightings: readonly Sighting[]): { track: Track; index: number }[] {
    const pairs: { track: Track; index: number; cost: number }[] = [];
    for (const track of this.#tracks) {
      for (const [index, sighting] of sightings.entries()) {
        const size = Math.max(track.size, sighting.size, Number.EPSILON);
        const distance = Math.hypot(sighting.centreX - track.centreX, sighting.centreY - track.centreY) / size;
        const isOtherHand =
          track.handedness !== undefined &&
          sighting.handedness !== undefined &&
          track.handedness !== sighting.handedness;
        const cost = distance + (isOtherHand ? HANDEDNESS_PENALTY : 0);
        if (cost <= this.#reach) pairs.push({ track, index, cost });
      }
    }
    return pairs.sort((a, b) => a.cost - b.cost || a.track.id - b.track.id || a.index - b.index);
  }

  #begin(sighting: Sighting, timestampMs: number): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#tracks.push({ id, ...sighting, doubts: 0, seenMs: timestampMs });
    return id;
  }

  #forget(nowMs: number): void {
    for (let index = this.#tracks.length - 1; index >= 0; index -= 1) {
      const track = this.#tracks[index];
      if (track !== undefined && nowMs - track.seenMs > this.#forgetAfterMs) this.#tracks.splice(index, 1);
    }
  }
}

type Sighting = Omit<Track, 'id' | 'doubts' | 'seenMs'>;
const emptySighting: Sighting = { centreX: 0, centreY: 0, size: 0, handedness: undefined };

function sightingOf({ image, handedness }: TrackCandidate): Sighting {
  const { centreX, centreY, width, height } = boundsOf(image);
  return { centreX, centreY, size: Math.max(width, height), handedness };
}
