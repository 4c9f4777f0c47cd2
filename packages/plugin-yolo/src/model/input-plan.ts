import type { ExportMetadata } from './export-metadata.js';

/** The input that frames are put into: [batch, 3, height, width], red, green and blue from 0 to 1. */
export interface InputPlan {
  readonly batch: number;
  readonly width: number;
  readonly height: number;
}

/** A side of an input: how long, or the name under which a model leaves it open. */
export type InputSide = number | string;

/** What decides where a model leaves a side open. */
export interface InputWishes extends Pick<ExportMetadata, 'imageSize' | 'stride'> {
  /** The configured side, in pixels. */
  readonly size: number | undefined;
}

/** Without a word from configuration and metadata: what Ultralytics exports for. */
const USUAL_SIZE = 640;
const USUAL_STRIDE = 32;
/** Half a gigabyte of floats; 64 frames of 640 pixels take 79 million. */
const MOST_VALUES = 2 ** 27;

/**
 * The size to run a model at. Fixed sides are kept; open ones get the configured size, else that of the metadata, else 640,
 * made a multiple of the stride by enlarging it. An open batch is 1.
 * @returns undefined where the shape is no [n, 3, height, width], or larger than half a gigabyte.
 */
export function planInput(
  shape: readonly InputSide[],
  { imageSize, stride, size }: InputWishes,
): InputPlan | undefined {
  const [batch, channels, height, width] = shape;
  if (shape.length !== 4 || (typeof channels === 'number' && channels !== 3)) return undefined;
  const step = stride ?? USUAL_STRIDE;
  const sideOf = (side: InputSide | undefined, exported: number | undefined): number =>
    isFixed(side) ? side : Math.ceil((size ?? exported ?? USUAL_SIZE) / step) * step;
  const plan = {
    batch: isFixed(batch) ? batch : 1,
    width: sideOf(width, imageSize?.width),
    height: sideOf(height, imageSize?.height),
  };
  return plan.batch * 3 * plan.width * plan.height <= MOST_VALUES ? plan : undefined;
}

/** Some writers give 0 or -1 for a side that is open. */
function isFixed(side: InputSide | undefined): side is number {
  return typeof side === 'number' && side > 0;
}
