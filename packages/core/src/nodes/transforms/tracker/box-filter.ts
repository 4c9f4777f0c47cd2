import type { Box } from '../../../vision/index.js';

/** One axis of a centre: place and speed with their covariance. */
interface Axis {
  place: number;
  speed: number;
  varPlace: number;
  covariance: number;
  varSpeed: number;
}

/** A width or a height with its variance. */
interface Side {
  value: number;
  variance: number;
}

/** Standard deviation of a detector's box, in sizes of the object: that of SORT's successors (ByteTrack: 1/20). */
const NOISE = 1 / 20;
/** How much a size may change in a second, in sizes of the object, as a standard deviation. */
const GROWTH = 0.5;

/**
 * Kalman filter of one box, in pixels and seconds. The centre moves with constant velocity, pushed about by white noise of
 * acceleration; width and height wander, since a size that is extrapolated through an occlusion runs away. All noise is in
 * sizes of the object (the root of its area), so that near and far people are treated alike. Time counts, not frames: to
 * predict in two steps is the same as in one.
 *
 * @see Bewley et al.: Simple Online and Realtime Tracking, ICIP 2016, arXiv:1602.00763, for the filter on boxes
 * @see Bar-Shalom, Li, Kirubarajan: Estimation with Applications to Tracking and Navigation, 2001, section 6.2, for the noise
 */
export class BoxFilter {
  readonly #x: Axis;
  readonly #y: Axis;
  readonly #width: Side;
  readonly #height: Side;

  /** @param agility - how much speed the object gains in a second, in sizes of the object a second. */
  constructor(
    box: Box,
    public agility: number,
  ) {
    const size = sizeOf(box);
    const varPlace = (2 * NOISE * size) ** 2;
    const varSpeed = (2 * agility * size) ** 2;
    const axis = (place: number): Axis => ({ place, speed: 0, varPlace, covariance: 0, varSpeed });
    this.#x = axis(box.x + box.width / 2);
    this.#y = axis(box.y + box.height / 2);
    this.#width = { value: box.width, variance: varPlace };
    this.#height = { value: box.height, variance: varPlace };
  }

  /** Where the object should be. */
  get box(): Box {
    const [width, height] = [this.#width.value, this.#height.value];
    return { x: this.#x.place - width / 2, y: this.#y.place - height / 2, width, height };
  }

  /** How far off the centre may be, in pixels: its standard deviation along x and along y. */
  get uncertainty(): { readonly x: number; readonly y: number } {
    return { x: Math.sqrt(this.#x.varPlace), y: Math.sqrt(this.#y.varPlace) };
  }

  /** Speed of the centre in pixels a second. */
  get speed(): { readonly x: number; readonly y: number } {
    return { x: this.#x.speed, y: this.#y.speed };
  }

  /** Goes on to a time that is `sinceMs` later. */
  predict(sinceMs: number): void {
    const seconds = sinceMs / 1000;
    const size = sizeOf(this.box);
    const density = (this.agility * size) ** 2;
    for (const axis of [this.#x, this.#y]) {
      axis.place += axis.speed * seconds;
      axis.varPlace += 2 * seconds * axis.covariance + seconds ** 2 * axis.varSpeed + (density * seconds ** 3) / 3;
      axis.covariance += seconds * axis.varSpeed + (density * seconds ** 2) / 2;
      axis.varSpeed += density * seconds;
    }
    for (const side of [this.#width, this.#height]) side.variance += (GROWTH * size) ** 2 * seconds;
  }

  /** Takes over where the object was seen at this time. */
  correct(box: Box): void {
    const noise = (NOISE * sizeOf(box)) ** 2;
    correctAxis(this.#x, box.x + box.width / 2, noise);
    correctAxis(this.#y, box.y + box.height / 2, noise);
    correctSide(this.#width, box.width, noise);
    correctSide(this.#height, box.height, noise);
  }
}

function correctAxis(axis: Axis, seen: number, noise: number): void {
  const gain = axis.varPlace / (axis.varPlace + noise);
  const speedGain = axis.covariance / (axis.varPlace + noise);
  const surprise = seen - axis.place;
  axis.place += gain * surprise;
  axis.speed += speedGain * surprise;
  axis.varSpeed -= speedGain * axis.covariance;
  axis.covariance *= 1 - gain;
  axis.varPlace *= 1 - gain;
}

function correctSide(side: Side, seen: number, noise: number): void {
  const gain = side.variance / (side.variance + noise);
  side.value += gain * (seen - side.value);
  side.variance *= 1 - gain;
}

/** The size that noise is measured in; never nothing. */
function sizeOf({ width, height }: Box): number {
  return Math.sqrt(Math.max(1, width * height));
}
