import { LANDMARK_STRIDE } from '../../../vision/index.js';
import type { Handedness } from '../../../vision/index.js';
import { assignOptimally } from './assignment.js';
import type { Assign } from './assignment.js';
import { BoxFilter } from './box-filter.js';
import type { Sighting } from './sighting.js';
import { keypointSimilarity, likeness, overlap } from './similarity.js';

/** How a tracker decides. Scores and similarities are 0-1. */
export interface ObjectTrackerOptions {
  readonly highScore: number;
  readonly lowScore: number;
  readonly minSimilarity: number;
  readonly keepLostMs: number;
  readonly confirmAfter: number;
  readonly agility: number;
}

interface Track {
  /** Undefined until it is confirmed: what is seen once and never again takes no number. */
  id: number | undefined;
  readonly skeleton: string;
  readonly filter: BoxFilter;
  last: Sighting;
  seenMs: number;
  /** Number of the frame that it was seen in last: several frames may have one time. */
  seenFrame: number;
  seenCount: number;
  handedness: Handedness | undefined;
}

/** How alike a track and a sighting are, 0-1. */
type Similarity = (track: Track, sighting: Sighting) => number;

/** A sighting of the second pass has to lie this much on its track: its points are not to be trusted (ByteTrack: 0.5). */
const LOW_SCORE_OVERLAP = 0.6;
/** What a lost track counts, against one that was seen just now: its place is less sure. */
const LOST_TRUST = 0.9;
/** Who comes back has at least this in common with the size of who was lost: intersection over union, one upon the other. */
const LOST_LIKENESS = 1 / 3;
/**
 * A box is not grown by more than this, in sizes of the object: what a prediction may be off has no bound, but who comes
 * a few sizes away after a while is somebody else more often than not.
 */
const FARTHEST = 0.5;
/** What a hand of the other side counts, against one of the same: models take them for each other at times. */
const OTHER_HAND_TRUST = 0.6;

/**
 * Follows objects from frame to frame. Tracks are predicted to the time of the frame; then those and the sightings are
 * brought together in ByteTrack's order: sure sightings with all confirmed tracks, lost ones among them; unsure sightings
 * with what is left of the tracks that were seen just now, since who is half hidden scores low but has not gone; sure ones
 * left over with tracks that are not confirmed yet. What remains of the sure sightings begins new tracks. A track and a
 * sighting are as alike as their boxes overlap and their points agree (OKS), half and half.
 *
 * State belongs to the instance; ids count up from 1 and never come again.
 * @see Zhang et al.: ByteTrack: Multi-Object Tracking by Associating Every Detection Box, ECCV 2022, arXiv:2110.06864
 */
export class ObjectTracker {
  #tracks: Track[] = [];
  #nowMs = Number.NaN;
  #frame = 0;
  #nextId = 1;

  /**
   * @param sigmasOf - for OKS: one for each point of a skeleton.
   * @param assign - which track belongs to which sighting.
   */
  constructor(
    public options: ObjectTrackerOptions,
    private readonly sigmasOf: (skeleton: string, points: number) => Float64Array,
    private readonly assign: Assign = assignOptimally,
  ) {}

  /**
   * Takes over what was found in one frame.
   * @returns the id of each sighting, in their order; undefined for one that belongs to no confirmed track.
   */
  update(sightings: readonly Sighting[], timestampMs: number): (number | undefined)[] {
    const { keepLostMs, highScore, lowScore, minSimilarity, agility } = this.options;
    const sinceMs = timestampMs - this.#nowMs;
    const isFirst = !(sinceMs >= 0 && sinceMs <= keepLostMs); // another stream, or nothing for too long
    if (isFirst) this.#tracks = [];
    this.#nowMs = timestampMs;
    this.#frame += 1;
    this.#tracks = this.#tracks.filter(({ seenMs }) => timestampMs - seenMs <= keepLostMs);
    for (const { filter } of this.#tracks) {
      filter.agility = agility;
      filter.predict(sinceMs);
    }

    // In an order of their own, so that the answer does not depend on that of the detector.
    const found = sightings.toSorted(byScoreThenPlace);
    const [sure, unsure] = [
      found.filter(({ score }) => score >= highScore),
      found.filter(({ score }) => score < highScore && score >= lowScore),
    ];
    const taken = new Map<Sighting, Track>();
    const wasSeen = ({ seenFrame }: Track): boolean => seenFrame === this.#frame - 1;
    const left = (list: readonly Sighting[]): Sighting[] => list.filter((sighting) => !taken.has(sighting));
    const isFree = ({ seenFrame }: Track): boolean => seenFrame !== this.#frame;
    const bring = (tracks: readonly Track[], from: readonly Sighting[], similarity: Similarity, least: number): void =>
      this.#bringTogether(tracks, left(from), { similarity, least, taken });

    const alike: Similarity = (track, sighting) => {
      if (wasSeen(track)) return this.#similarity(track, sighting);
      return likeness(track.filter.box, sighting.box) < LOST_LIKENESS
        ? 0
        : LOST_TRUST * this.#similarity(track, sighting);
    };
    const confirmed = this.#tracks.filter(({ id }) => id !== undefined);
    bring(confirmed, sure, alike, minSimilarity);
    bring(
      confirmed.filter((track) => isFree(track) && wasSeen(track)),
      unsure,
      liesOn,
      LOW_SCORE_OVERLAP,
    );
    bring(
      this.#tracks.filter(({ id }) => id === undefined),
      sure,
      alike,
      minSimilarity,
    );
    this.#tracks = this.#tracks.filter((track) => track.id !== undefined || !isFree(track));

    for (const sighting of left(sure)) taken.set(sighting, this.#begin(sighting));
    for (const sighting of sure) {
      const track = taken.get(sighting);
      if (track === undefined || track.id !== undefined) continue;
      if (!isFirst && track.seenCount < this.options.confirmAfter) continue;
      track.id = this.#nextId;
      this.#nextId += 1;
    }
    return sightings.map((sighting) => taken.get(sighting)?.id);
  }

  #bringTogether(
    tracks: readonly Track[],
    sightings: readonly Sighting[],
    how: { readonly similarity: Similarity; readonly least: number; readonly taken: Map<Sighting, Track> },
  ): void {
    if (tracks.length === 0 || sightings.length === 0) return;
    const similarities = new Float64Array(tracks.length * sightings.length);
    for (const [row, track] of tracks.entries())
      for (const [column, sighting] of sightings.entries())
        similarities[row * sightings.length + column] =
          track.skeleton === sighting.skeleton ? how.similarity(track, sighting) : 0;
    const columnOf = this.assign(similarities, tracks.length, sightings.length, how.least);
    for (const [row, track] of tracks.entries()) {
      const sighting = sightings[columnOf[row] ?? -1];
      if (sighting === undefined) continue;
      track.filter.correct(sighting.box);
      track.last = sighting;
      track.seenMs = this.#nowMs;
      track.seenFrame = this.#frame;
      track.seenCount += 1;
      track.handedness = sighting.handedness ?? track.handedness;
      how.taken.set(sighting, track);
    }
  }

  /** Boxes are grown by what the prediction may be off, within bounds: see Yang et al., WACV 2023, arXiv:2211.14317. */
  #similarity(track: Track, sighting: Sighting): number {
    const { box, uncertainty } = track.filter;
    const farthest = FARTHEST * Math.sqrt(Math.max(1, box.width * box.height));
    const margin = { x: Math.min(uncertainty.x, farthest), y: Math.min(uncertainty.y, farthest) };
    const lies = overlap(box, sighting.box, margin);
    if (lies === 0) return 0;
    const sigmas = this.sigmasOf(track.skeleton, sighting.image.length / LANDMARK_STRIDE);
    const agrees = keypointSimilarity(track.last, box, sighting, sigmas) ?? lies;
    const isOtherHand =
      track.handedness !== undefined && sighting.handedness !== undefined && track.handedness !== sighting.handedness;
    return ((lies + agrees) / 2) * (isOtherHand ? OTHER_HAND_TRUST : 1);
  }

  #begin(sighting: Sighting): Track {
    const { skeleton, box, handedness } = sighting;
    const filter = new BoxFilter(box, this.options.agility);
    const seen = { last: sighting, seenMs: this.#nowMs, seenFrame: this.#frame, seenCount: 1 };
    const track: Track = { id: undefined, skeleton, filter, handedness, ...seen };
    this.#tracks.push(track);
    return track;
  }
}

function liesOn({ filter }: Track, { box }: Sighting): number {
  return overlap(filter.box, box);
}

function byScoreThenPlace(a: Sighting, b: Sighting): number {
  return b.score - a.score || a.box.x - b.box.x || a.box.y - b.box.y || a.box.width - b.box.width;
}
