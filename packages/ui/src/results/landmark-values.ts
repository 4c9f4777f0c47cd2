import { LANDMARK_STRIDE } from '@kinegraph/core';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from '@kinegraph/core';

/** A track as JSON has it: rows of numbers, null where a number was none. */
interface JsonTrack extends Omit<TrackedLandmarks, 'image' | 'world'> {
  readonly image: LandmarkArray | readonly (readonly (number | null)[])[];
  readonly world?: LandmarkArray | readonly (readonly (number | null)[])[];
}

/**
 * The landmarks in a value of a result, whatever format it came by; undefined where the value is something else. What was
 * no number is NaN.
 */
export function landmarksOf(value: unknown): Landmarks | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { frameWidth, frameHeight, tracks } = value as Partial<Record<keyof Landmarks, unknown>>;
  if (typeof frameWidth !== 'number' || typeof frameHeight !== 'number' || !Array.isArray(tracks)) return undefined;
  if (!tracks.every((track) => isTrack(track))) return undefined;
  return { frameWidth, frameHeight, tracks: tracks.map((track) => trackOf(track)) };
}

function isTrack(track: unknown): track is JsonTrack {
  if (typeof track !== 'object' || track === null) return false;
  const { skeleton, trackId, image, world } = track as Partial<Record<keyof JsonTrack, unknown>>;
  return (
    typeof skeleton === 'string' &&
    typeof trackId === 'number' &&
    areRows(image) &&
    (world === undefined || areRows(world))
  );
}

function areRows(rows: unknown): boolean {
  return rows instanceof Float32Array || (Array.isArray(rows) && rows.every((row) => Array.isArray(row)));
}

function trackOf(track: JsonTrack): TrackedLandmarks {
  const { image, world, ...facts } = track;
  return { ...facts, image: floatsOf(image), ...(world === undefined ? {} : { world: floatsOf(world) }) };
}

function floatsOf(rows: JsonTrack['image']): LandmarkArray {
  if (rows instanceof Float32Array) return rows;
  const floats = new Float32Array(rows.length * LANDMARK_STRIDE).fill(Number.NaN);
  rows.forEach((row, point) => {
    for (let axis = 0; axis < LANDMARK_STRIDE; axis += 1)
      floats[point * LANDMARK_STRIDE + axis] = row[axis] ?? Number.NaN;
  });
  return floats;
}
