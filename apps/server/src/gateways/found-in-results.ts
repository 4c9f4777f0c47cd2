import type { Angles, Classification, Landmarks, TrackedAngles, TrackedLandmarks } from '@kinegraph/core';
import { hand21, pose33 } from '@kinegraph/core';

/** What a result holds that the published protocols can say, whatever the sinks are called. */
export interface FoundInResults {
  readonly body: TrackedLandmarks | undefined;
  readonly hands: Readonly<Record<'left' | 'right', TrackedLandmarks | undefined>>;
  readonly bodyAngles: TrackedAngles | undefined;
  readonly classification: Classification['tracks'][number] | undefined;
}

/** Looks through the values of all sinks; of several bodies or hands of one side the surest counts. */
export function findInResults(values: Readonly<Record<string, unknown>>): FoundInResults {
  const all = Object.values(values);
  const landmarks = all.filter(isLandmarks).flatMap(({ tracks }) => tracks);
  const angles = all.filter(isAngles).flatMap(({ tracks }) => tracks);
  const classified = all.filter(isClassification).flatMap(({ tracks }) => tracks);
  const hand = (side: 'left' | 'right'): TrackedLandmarks | undefined =>
    surest(landmarks.filter(({ skeleton, handedness }) => skeleton === hand21.id && handedness === side));
  const body = surest(landmarks.filter(({ skeleton }) => skeleton === pose33.id));
  const bodyAngles = angles.find(
    ({ skeleton, trackId }) => skeleton === pose33.id && (body === undefined || trackId === body.trackId),
  );
  return { body, hands: { left: hand('left'), right: hand('right') }, bodyAngles, classification: surest(classified) };
}

function surest<T extends { readonly score: number }>(candidates: readonly T[]): T | undefined {
  let best: T | undefined;
  for (const candidate of candidates) if (best === undefined || candidate.score > best.score) best = candidate;
  return best;
}

function tracksOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null || !('tracks' in value)) return undefined;
  return Array.isArray(value.tracks) ? value.tracks : undefined;
}

/** An empty list of tracks is of all types, and says nothing. */
function hasTracksWith(value: unknown, key: string): boolean {
  const first = tracksOf(value)?.[0];
  return typeof first === 'object' && first !== null && key in first;
}

function isLandmarks(value: unknown): value is Landmarks {
  return hasTracksWith(value, 'image');
}

function isAngles(value: unknown): value is Angles {
  return hasTracksWith(value, 'degrees');
}

function isClassification(value: unknown): value is Classification {
  return hasTracksWith(value, 'alternatives');
}
