import { LANDMARK_STRIDE } from './landmarks.js';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from './landmarks.js';

/** Landmarks with their place in time. */
export interface TimedLandmarks {
  readonly timestampMs: number;
  readonly value: Landmarks;
}

/** The farthest that landmarks are ever moved on beyond the last that were seen. */
export const MAX_EXTRAPOLATION_MS = 60;

/** Two sightings of a track farther apart than this tell nothing about its motion. */
const MAX_GAP_MS = 200;

/**
 * Landmarks at a time between two results: tracks that both have lie on the straight line between; what
 * cannot be blended (score, handedness, frame size) is that of the later. A track that only one of them has is shown where
 * that one is the nearer in time. Before the earlier it is the earlier, after the later it is the later, and where the two
 * are more than 200 ms apart it is the nearer one.
 *
 * @param before - the earlier result.
 * @param after - the later one.
 */
export function interpolateLandmarks(before: TimedLandmarks, after: TimedLandmarks, timestampMs: number): Landmarks {
  const spanMs = after.timestampMs - before.timestampMs;
  const share = (timestampMs - before.timestampMs) / spanMs;
  if (!(spanMs > 0) || share >= 1) return after.value;
  if (share <= 0) return before.value;
  if (spanMs > MAX_GAP_MS) return share < 0.5 ? before.value : after.value;
  const earlier = byIdentity(before.value);
  const later = byIdentity(after.value);
  const blended = after.value.tracks.flatMap((track) => {
    const other = earlier.get(identityOf(track));
    if (other !== undefined) return [blendTracks(other, track, share)];
    return share < 0.5 ? [] : [track];
  });
  const leaving = share < 0.5 ? before.value.tracks.filter((track) => !later.has(identityOf(track))) : [];
  return { ...after.value, tracks: [...blended, ...leaving] };
}

/**
 * Landmarks at a time after two results, as if each track went on as it moved between them. No point is moved on by more
 * than `maxMs`; later than that, it stays there. Points move on the less, the less visible they were; tracks that the
 * earlier result does not have, and results more than 200 ms apart, stay as they are in the later.
 *
 * @param maxMs - 0-60; more counts as 60, because hands turn round sooner than that.
 */
export function extrapolateLandmarks(
  before: TimedLandmarks,
  after: TimedLandmarks,
  timestampMs: number,
  maxMs: number = MAX_EXTRAPOLATION_MS,
): Landmarks {
  const spanMs = after.timestampMs - before.timestampMs;
  const aheadMs = Math.min(timestampMs - after.timestampMs, maxMs, MAX_EXTRAPOLATION_MS);
  if (!(spanMs > 0) || !(aheadMs > 0) || spanMs > MAX_GAP_MS) return after.value;
  const earlier = byIdentity(before.value);
  const tracks = after.value.tracks.map((track) => {
    const other = earlier.get(identityOf(track));
    return other === undefined ? track : moveOn(other, track, aheadMs / spanMs);
  });
  return { ...after.value, tracks };
}

function blendTracks(from: TrackedLandmarks, to: TrackedLandmarks, share: number): TrackedLandmarks {
  return withArrays(from, to, (a, b) => b.map((end, at) => mix(a[at] ?? Number.NaN, end, share)));
}

function moveOn(from: TrackedLandmarks, to: TrackedLandmarks, share: number): TrackedLandmarks {
  return withArrays(from, to, (a, b) =>
    b.map((end, at) => {
      const axis = at % LANDMARK_STRIDE;
      if (axis === LANDMARK_STRIDE - 1) return end; // visibility is no place
      const visibilityAt = at - axis + LANDMARK_STRIDE - 1;
      const trust = Math.min(1, a[visibilityAt] ?? 0, b[visibilityAt] ?? 0);
      return trust > 0 ? mix(a[at] ?? Number.NaN, end, 1 + share * trust) : end;
    }),
  );
}

/** The later track with its arrays made anew; an array that the earlier one lacks, or has of another length, stays. */
function withArrays(
  from: TrackedLandmarks,
  to: TrackedLandmarks,
  make: (from: LandmarkArray, to: LandmarkArray) => LandmarkArray,
): TrackedLandmarks {
  const made = (a: LandmarkArray | undefined, b: LandmarkArray): LandmarkArray =>
    a?.length === b.length ? make(a, b) : b;
  const image = made(from.image, to.image);
  return to.world === undefined ? { ...to, image } : { ...to, image, world: made(from.world, to.world) };
}

/** `share` of the way from `a` to `b`; `b` where that is no finite number. */
function mix(a: number, b: number, share: number): number {
  const mixed = a + share * (b - a);
  return Number.isFinite(mixed) ? mixed : b;
}

function byIdentity({ tracks }: Landmarks): ReadonlyMap<string, TrackedLandmarks> {
  return new Map(tracks.map((track) => [identityOf(track), track]));
}

function identityOf({ skeleton, trackId }: TrackedLandmarks): string {
  return `${skeleton}/${trackId}`;
}
