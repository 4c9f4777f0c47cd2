import { LANDMARK_STRIDE } from '../../../vision/index.js';
import type { Box, Detections, Handedness, LandmarkArray, Landmarks } from '../../../vision/index.js';
import { VISIBLE } from './similarity.js';
import type { PlacedPose } from './similarity.js';

/** One object as it was found in one frame, not yet told apart from others. */
export interface Sighting extends PlacedPose {
  readonly skeleton: string;
  readonly score: number;
  readonly handedness?: Handedness;
}

/** The shortest side of a box around points, in longest sides: points in a line have an extent too. */
const THINNEST = 0.1;

/** What was found in one frame. Boxes count where there is one for each object; else they are drawn around the points. */
export function sightingsOf({ tracks, frameWidth, frameHeight }: Landmarks, boxes: Detections | undefined): Sighting[] {
  const given = boxes?.detections.length === tracks.length ? boxes.detections : undefined;
  return tracks.map(({ skeleton, score, handedness, image }, index) => ({
    skeleton,
    score: given?.[index]?.score ?? score,
    ...(handedness === undefined ? {} : { handedness }),
    box: given?.[index]?.box ?? boxAround(image, frameWidth, frameHeight),
    image,
    frameWidth,
    frameHeight,
  }));
}

/** The box around the points that can be seen, in pixels; around all of them where none can. */
export function boxAround(image: LandmarkArray, frameWidth: number, frameHeight: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const least of [VISIBLE, -Infinity]) {
    for (let index = 0; index < image.length; index += LANDMARK_STRIDE) {
      if (!((image[index + 3] ?? 0) >= least)) continue;
      const x = (image[index] ?? 0) * frameWidth;
      const y = (image[index + 1] ?? 0) * frameHeight;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    if (left <= right) break;
  }
  if (!(left <= right)) return { x: 0, y: 0, width: 0, height: 0 }; // no points at all
  const thinnest = Math.max(1, THINNEST * Math.max(right - left, bottom - top));
  const width = Math.max(thinnest, right - left);
  const height = Math.max(thinnest, bottom - top);
  return { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
}
