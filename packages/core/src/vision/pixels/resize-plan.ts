/** The weight 1 in the units of a column's weight. */
export const FULL_COLUMN_WEIGHT = 32_768;
/** The largest weight of a column that the kernel's signed 16 bits can hold; 1/32768 short of 1, which no pixel shows. */
export const LARGEST_COLUMN_WEIGHT = FULL_COLUMN_WEIGHT - 1;
/** The weight 1 in the units of a row's weight. */
export const FULL_ROW_WEIGHT = 128;

/** One halving: each pixel becomes the mean of two along the axes told, of four along both. */
export interface HalvingStep {
  readonly width: number;
  readonly height: number;
  readonly halvesX: boolean;
  readonly halvesY: boolean;
}

/** Where the samples of one axis come from: `first[i]` and the one after it, the latter with `weight[i]`. */
export interface AxisSamples {
  readonly first: Int32Array;
  /** 0 to `FULL_COLUMN_WEIGHT` for columns, to `FULL_ROW_WEIGHT` for rows. */
  readonly weight: Int32Array;
}

/** How to get from one size to another. Twin and kernel both follow it, so that they sample the very same places. */
export interface ResizePlan {
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly width: number;
  readonly height: number;
  /** Halvings in their order; the sizes are those after each. */
  readonly halvings: readonly HalvingStep[];
  /** Undefined where the halvings alone arrive at the size. */
  readonly bilinear: { readonly columns: AxisSamples; readonly rows: AxisSamples } | undefined;
}

/**
 * Plans a resize: an axis is halved while it is reduced 2x or more, since bilinear sampling looks at two neighbours only
 * and would skip pixels; what is left is bilinear between pixel centres. Halving at exactly 2x gives what bilinear
 * sampling would, for a fraction of the work. Of an odd side the last pixel is taken twice, which the sampling accounts
 * for: nothing moves.
 */
export function planResize(sourceWidth: number, sourceHeight: number, width: number, height: number): ResizePlan {
  const halvings: HalvingStep[] = [];
  let [atWidth, atHeight, factorX, factorY] = [sourceWidth, sourceHeight, 1, 1];
  for (;;) {
    const halvesX = sourceWidth >= 2 * width * factorX;
    const halvesY = sourceHeight >= 2 * height * factorY;
    if (!halvesX && !halvesY) break;
    if (halvesX) [atWidth, factorX] = [Math.ceil(atWidth / 2), factorX * 2];
    if (halvesY) [atHeight, factorY] = [Math.ceil(atHeight / 2), factorY * 2];
    halvings.push({ width: atWidth, height: atHeight, halvesX, halvesY });
  }
  const arrives = sourceWidth === width * factorX && sourceHeight === height * factorY;
  const bilinear = arrives
    ? undefined
    : {
        columns: sampleAxis(sourceWidth / factorX, atWidth, width, FULL_COLUMN_WEIGHT),
        rows: sampleAxis(sourceHeight / factorY, atHeight, height, FULL_ROW_WEIGHT),
      };
  return { sourceWidth, sourceHeight, width, height, halvings, bilinear };
}

/** @param extent - what the axis covers of the source in its own pixels; of an odd side half a pixel less than `pixels`. */
function sampleAxis(extent: number, pixels: number, samples: number, fullWeight: number): AxisSamples {
  const first = new Int32Array(samples);
  const weight = new Int32Array(samples);
  const step = extent / samples;
  for (let index = 0; index < samples; index += 1) {
    const place = Math.min(Math.max((index + 0.5) * step - 0.5, 0), pixels - 1);
    // There is always a pixel after the first, but for an axis of one: whoever reads the pair needs no special case.
    const at = Math.min(Math.floor(place), Math.max(pixels - 2, 0));
    first[index] = at;
    weight[index] = pixels === 1 ? 0 : Math.round((place - at) * fullWeight);
  }
  return { first, weight };
}
