import { LANDMARK_STRIDE } from '../../../vision/index.js';
import type { Box, LandmarkArray } from '../../../vision/index.js';

/** Points that are less visible say nothing about who somebody is. */
export const VISIBLE = 0.3;

/** With fewer points in common two poses are not compared. */
const LEAST_POINTS = 3;

/** Share of its box that an object covers, where only the box is known: what the trainers of YOLO-pose take too. */
const AREA_OF_BOX = 0.53;

/** How far apart annotators place a point, in roots of the object's area: the constants of COCO's evaluation, by point. */
const COCO_SIGMAS: ReadonlyMap<string, number> = new Map([
  ['nose', 0.026],
  ['leftEye', 0.025],
  ['rightEye', 0.025],
  ['leftEar', 0.035],
  ['rightEar', 0.035],
  ['leftShoulder', 0.079],
  ['rightShoulder', 0.079],
  ['leftElbow', 0.072],
  ['rightElbow', 0.072],
  ['leftWrist', 0.062],
  ['rightWrist', 0.062],
  ['leftHip', 0.107],
  ['rightHip', 0.107],
  ['leftKnee', 0.087],
  ['rightKnee', 0.087],
  ['leftAnkle', 0.089],
  ['rightAnkle', 0.089],
]);

/** For points that COCO does not have, such as those of hands: the mean of COCO's 17. */
export const OTHER_SIGMA = 0.067;

/** The sigma of each point of a skeleton, by the names of its points; of `count` points where nobody defines it. */
export function sigmasOf(points: readonly string[] | undefined, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => COCO_SIGMAS.get(points?.[index] ?? '') ?? OTHER_SIGMA);
}

/** How far each side of a box goes out, in pixels. */
type Margin = { readonly x: number; readonly y: number };
const NONE: Margin = { x: 0, y: 0 };

/**
 * Intersection over union of two boxes that are grown by `margin` on every side, divided by what growing does to two boxes
 * of these sizes with one centre: a margin forgives a wrong place but no wrong size. 0 where the grown boxes do not meet.
 */
export function overlap(a: Box, b: Box, margin: Margin = NONE): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + 2 * margin.x;
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + 2 * margin.y;
  if (!(width > 0) || !(height > 0)) return 0;
  const shared = width * height;
  const areaA = (a.width + 2 * margin.x) * (a.height + 2 * margin.y);
  const areaB = (b.width + 2 * margin.x) * (b.height + 2 * margin.y);
  const placed = shared / (areaA + areaB - shared);
  return margin === NONE ? placed : (placed * likeness(a, b)) / likeness(a, b, margin);
}

/** Intersection over union that two boxes would have with one centre; nothing is smaller than a pixel. */
export function likeness(a: Box, b: Box, margin: Margin = NONE): number {
  const [widthA, widthB] = [Math.max(1, a.width) + 2 * margin.x, Math.max(1, b.width) + 2 * margin.x];
  const [heightA, heightB] = [Math.max(1, a.height) + 2 * margin.y, Math.max(1, b.height) + 2 * margin.y];
  const shared = Math.min(widthA, widthB) * Math.min(heightA, heightB);
  return shared / (widthA * heightA + widthB * heightB - shared);
}

/** The pose of an object, in pixels, with the box it belongs to. */
export interface PlacedPose {
  readonly box: Box;
  /** Image landmarks, fractions of the frame. */
  readonly image: LandmarkArray;
  readonly frameWidth: number;
  readonly frameHeight: number;
}

/**
 * Object keypoint similarity of a pose seen before, moved and scaled from its box into `place`, with one seen now: 1 where
 * they are the same, 0 far away. Both were found and are off, so twice the variance counts that COCO counts for a find beside
 * the truth. Over the points that can be seen in both; undefined where those are too few.
 *
 * @param sigmas - one for each point.
 * @see https://cocodataset.org/#keypoints-eval
 */
export function keypointSimilarity(
  before: PlacedPose,
  place: Box,
  now: PlacedPose,
  sigmas: Float64Array,
): number | undefined {
  const scaleX = place.width / Math.max(1, before.box.width);
  const scaleY = place.height / Math.max(1, before.box.height);
  const moveX = place.x - before.box.x * scaleX;
  const moveY = place.y - before.box.y * scaleY;
  const area = Math.max(1, now.box.width * now.box.height * AREA_OF_BOX);
  let sum = 0;
  let count = 0;
  for (let point = 0; point < sigmas.length; point += 1) {
    const index = point * LANDMARK_STRIDE;
    if (!((before.image[index + 3] ?? 0) >= VISIBLE) || !((now.image[index + 3] ?? 0) >= VISIBLE)) continue;
    const x = (before.image[index] ?? 0) * before.frameWidth * scaleX + moveX;
    const y = (before.image[index + 1] ?? 0) * before.frameHeight * scaleY + moveY;
    const aside = (now.image[index] ?? 0) * now.frameWidth - x;
    const below = (now.image[index + 1] ?? 0) * now.frameHeight - y;
    const reach = 2 * (sigmas[point] ?? OTHER_SIGMA);
    sum += Math.exp(-(aside * aside + below * below) / (2 * area * 2 * reach * reach));
    count += 1;
  }
  return count < LEAST_POINTS ? undefined : sum / count;
}
