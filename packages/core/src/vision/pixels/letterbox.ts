import { LANDMARK_STRIDE } from '../landmarks.js';
import type { Box, LandmarkArray } from '../landmarks.js';
import type { Size } from '../reduced-size.js';

/** Where the picture stands in the target. */
export type LetterboxAnchor = 'centre' | 'top-left';

/** How a picture is put into a target of another shape. */
export interface LetterboxOptions {
  /** Default: `centre`. */
  readonly anchor?: LetterboxAnchor;
  /** The grey around the picture, 0-255. Default: 114, which YOLO models were trained with. */
  readonly fill?: number;
}
const DEFAULT_LETTERBOX_FILL = 114;

/** Where a source came to stand in a target, in the target's pixels. */
export interface Letterbox extends Box {
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly targetWidth: number;
  readonly targetHeight: number;
  /** Target pixels for each source pixel; whole pixels make them differ a little from each other. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** The grey to fill a border with. @throws RangeError where it is no whole number from 0 to 255. */
export function letterboxFill({ fill = DEFAULT_LETTERBOX_FILL }: LetterboxOptions): number {
  if (Number.isInteger(fill) && fill >= 0 && fill <= 255) return fill;
  throw new RangeError(`A letterbox cannot be filled with ${fill}; give a whole number from 0 (black) to 255 (white).`);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The largest place of the source's shape within the target, enlarging where need be; at least one pixel a side. */
export function placeLetterbox(source: Size, target: Size, anchor: LetterboxAnchor = 'centre'): Letterbox {
  const scale = Math.min(target.width / source.width, target.height / source.height);
  const width = Math.min(Math.max(Math.round(source.width * scale), 1), target.width);
  const height = Math.min(Math.max(Math.round(source.height * scale), 1), target.height);
  const isCentred = anchor === 'centre';
  return {
    x: isCentred ? (target.width - width) >> 1 : 0,
    y: isCentred ? (target.height - height) >> 1 : 0,
    width,
    height,
    sourceWidth: source.width,
    sourceHeight: source.height,
    targetWidth: target.width,
    targetHeight: target.height,
    scaleX: width / source.width,
    scaleY: height / source.height,
  };
}

/** A place of the source, in its pixels, as a place of the target. */
export function pointIntoLetterbox({ x, y }: Point, letterbox: Letterbox): { x: number; y: number } {
  return { x: x * letterbox.scaleX + letterbox.x, y: y * letterbox.scaleY + letterbox.y };
}

/** A place of the target, in its pixels, as a place of the source; outside of it for what lies in the border. */
export function pointFromLetterbox({ x, y }: Point, letterbox: Letterbox): { x: number; y: number } {
  return { x: (x - letterbox.x) / letterbox.scaleX, y: (y - letterbox.y) / letterbox.scaleY };
}

/** A box in pixels of the target as one in pixels of the source. */
export function boxFromLetterbox(box: Box, letterbox: Letterbox): Box {
  return {
    ...pointFromLetterbox(box, letterbox),
    width: box.width / letterbox.scaleX,
    height: box.height / letterbox.scaleY,
  };
}

/** Image landmarks in fractions of the target as a new array in fractions of the source; z keeps the scale of x. */
export function landmarksFromLetterbox(landmarks: LandmarkArray, letterbox: Letterbox): LandmarkArray {
  const mapped = landmarks.slice();
  const [unitX, unitY] = [letterbox.targetWidth / letterbox.width, letterbox.targetHeight / letterbox.height];
  const [startX, startY] = [letterbox.x / letterbox.width, letterbox.y / letterbox.height];
  for (let at = 0; at + LANDMARK_STRIDE <= mapped.length; at += LANDMARK_STRIDE) {
    mapped[at] = (landmarks[at] ?? Number.NaN) * unitX - startX;
    mapped[at + 1] = (landmarks[at + 1] ?? Number.NaN) * unitY - startY;
    mapped[at + 2] = (landmarks[at + 2] ?? Number.NaN) * unitX;
  }
  return mapped;
}
