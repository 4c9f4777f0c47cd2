/** A range as a slider moves through it: in `SLIDER_STEPS` steps, or in ones where only whole numbers are meant. */
export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
  /** Even steps mean nothing between 0.05 and 60: each step multiplies. */
  readonly isLogarithmic: boolean;
}

const SLIDER_STEPS = 200;
/** What is the least on a slider that begins at nothing, as a share of the most. */
const LEAST_SHARE = 1e-4;
/** So much more than 1 that even steps would leave out what is small. */
const WIDE = 10;

/** The range of a number that a schema bounds on both sides; undefined where it does not. */
export function sliderRange(schema: Readonly<Record<string, unknown>>): SliderRange | undefined {
  const isWhole = schema['type'] === 'integer';
  const above = bound(schema['exclusiveMinimum']);
  const below = bound(schema['exclusiveMaximum']);
  const [min, max] = [bound(schema['minimum']) ?? above, bound(schema['maximum']) ?? below];
  if (min === undefined || max === undefined || !(max > min)) return undefined;
  const isLogarithmic = !isWhole && min === 0 && max >= WIDE;
  if (isLogarithmic) return { min: above === 0 ? max * LEAST_SHARE : 0, max, isWhole, isLogarithmic };
  const step = isWhole ? 1 : (max - min) / SLIDER_STEPS;
  return {
    min: min === above ? min + step : min,
    max: max === below ? max - step : max,
    isWhole,
    isLogarithmic,
  };
}

/** How many steps a slider has from one end to the other. */
export function sliderSteps({ min, max, isWhole }: SliderRange): number {
  return isWhole ? max - min : SLIDER_STEPS;
}

/** The step of a slider that is nearest to a value; the nearest end for one that is beyond. */
export function stepOf(range: SliderRange, value: number): number {
  const { min, max, isLogarithmic } = range;
  const steps = sliderSteps(range);
  const within = Math.max(min, Math.min(max, value));
  if (!isLogarithmic) return Math.round(((within - min) / (max - min)) * steps);
  const least = max * LEAST_SHARE;
  if (within <= least / 2) return 0;
  return Math.round((Math.log(Math.max(within, least) / least) / Math.log(max / least)) * steps);
}

/** The value of a step, no finer than people would write it: both ends exactly. */
export function valueOf(range: SliderRange, step: number): number {
  const { min, max, isWhole, isLogarithmic } = range;
  const steps = sliderSteps(range);
  if (step <= 0) return min;
  if (step >= steps) return max;
  const share = step / steps;
  if (isWhole) return min + step;
  const least = max * LEAST_SHARE;
  const value = isLogarithmic ? least * (max / least) ** share : min + (max - min) * share;
  return Number(value.toPrecision(3));
}

/** Bounds of a number of any size are no range to slide along. */
function bound(of: unknown): number | undefined {
  return typeof of === 'number' && Math.abs(of) < Number.MAX_SAFE_INTEGER ? of : undefined;
}
