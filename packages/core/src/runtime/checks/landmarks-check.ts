import { LANDMARK_STRIDE, isScore } from '../../vision/index.js';
import { frameSizeFault, listCheck, trackIdFault, wrongNumber } from './value-check.js';
import type { ValueCheck, ValueFault } from './value-check.js';

/** The names of a skeleton's points in order; undefined for a skeleton that nobody contributes. */
export type PointNames = (skeleton: string) => readonly string[] | undefined;

const AXES = ['x', 'y', 'z', 'visibility'] as const;

/**
 * A check of `landmarks/<member>`: every track of a known skeleton has all of its points, every coordinate is a finite
 * number, scores and visibilities are within 0-1.
 * @param member - a skeleton's id; anything else (`*`, `mixed`) stands for tracks of any skeleton.
 */
export function landmarksCheck(member: string, pointNames: PointNames): ValueCheck {
  const only = pointNames(member) === undefined ? undefined : member;
  return listCheck(
    `landmarks/${member}`,
    'tracks',
    (track, at) => {
      const { skeleton, score, handedness, handednessScore, image, world } = track;
      if (typeof skeleton !== 'string' || (only !== undefined && skeleton !== only)) {
        const found = `${typeof skeleton === 'string' ? `"${skeleton}"` : 'no text'} as skeleton of track ${at}`;
        return { found, mend: `Allowed is ${only === undefined ? "a skeleton's id" : `"${only}"`}.` };
      }
      if (!isScore(score)) return wrongNumber(score, `score of track ${at}`, 'a number from 0 to 1');
      if (handedness !== undefined && handedness !== 'left' && handedness !== 'right') {
        const found = `${JSON.stringify(handedness)} as handedness of track ${at}`;
        return { found, mend: 'Allowed are "left" and "right"; leave it out where it is not known.' };
      }
      if (handednessScore !== undefined && !isScore(handednessScore))
        return wrongNumber(handednessScore, `handednessScore of track ${at}`, 'a number from 0 to 1');
      const names = pointNames(skeleton);
      return (
        trackIdFault(track, at) ??
        pointsFault(image, 'image', skeleton, names, at) ??
        (world === undefined ? undefined : pointsFault(world, 'world', skeleton, names, at))
      );
    },
    frameSizeFault,
  );
}

function pointsFault(
  points: unknown,
  key: string,
  skeleton: string,
  names: readonly string[] | undefined,
  track: number,
): ValueFault | undefined {
  const where = `"${key}" of track ${track}`;
  const rows = names === undefined ? 'rows' : `${names.length} rows`;
  const shape = `Allowed is a Float32Array of ${rows} of x, y, z, visibility for skeleton "${skeleton}".`;
  if (!(points instanceof Float32Array)) {
    const found = Array.isArray(points) ? 'an array' : points === undefined ? 'nothing' : typeof points;
    return { found: `${found} as ${where}`, mend: shape };
  }
  const { length } = points;
  if (names === undefined ? length % LANDMARK_STRIDE !== 0 : length !== names.length * LANDMARK_STRIDE)
    return { found: `${length} values as ${where}`, mend: shape };
  for (let index = 0; index < length; index += 1) {
    const value = points[index];
    const axis = index % LANDMARK_STRIDE;
    if (axis === LANDMARK_STRIDE - 1 ? isScore(value) : Number.isFinite(value)) continue;
    const point = Math.floor(index / LANDMARK_STRIDE);
    const name = names?.[point];
    return wrongNumber(
      value,
      `${AXES[axis] ?? 'value'} of point ${point}${name === undefined ? '' : ` ("${name}")`} in ${where}`,
      axis === LANDMARK_STRIDE - 1 ? 'a number from 0 to 1' : 'a finite number; leave a track out that was not found',
    );
  }
  return undefined;
}
