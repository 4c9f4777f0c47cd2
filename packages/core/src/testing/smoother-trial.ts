import type { Smoother } from '../kinds/index.js';
import { LANDMARK_STRIDE, objectSize } from '../vision/index.js';
import type { LandmarkArray, Landmarks } from '../vision/index.js';
import { aHand, landmarksOf } from './landmarks.js';
import { aProcessInfo } from './packets.js';
import { seededRandom } from './seeded-random.js';

/** What a smoother makes of seeded noise and motion. Sizes count in palms of the hand that is shown. */
export interface SmootherFigures {
  /** Motion from frame to frame of a hand at rest, smoothed / raw (root mean square). */
  readonly jitterShare: number;
  /** By how much a noisy hand that waves is behind the true one: the delay at which the two fit best. */
  readonly lagMs: number;
  /** How far a reach without noise goes beyond its goal, at most. */
  readonly overshootPalms: number;
  /** Frames after a gap of five, in which the hand went two palms away, until it stays within 5 % of a palm of its place. */
  readonly recoveryFrames: number;
}

/** What a trial shows to the smoother. */
export interface SmootherTrialOptions {
  readonly framesPerSecond: number;
  /** How far each timestamp may lie from its regular place, as a share of the time between frames; below 0.5. Default: 0. */
  readonly irregularity?: number;
  /** Standard deviation of the noise of each coordinate, in palms. Default: 0.0075, a pixel or two of a hand at 640x480. */
  readonly noisePalms?: number;
  readonly seed?: number;
}

const REST_MS = 10_000;
const SETTLE_MS = 1000;
const WAVE_PALMS = 1;
const WAVE_HZ = 1;
const REACH_PALMS = 3;
const REACH_MS = 400;
const GAP_FRAMES = 5;
const GAP_PALMS = 2;

/** Shows a hand at rest, in motion and after a gap to new smoothers. The same options give the same figures. */
export async function tryOutSmoother(
  make: () => Smoother<Landmarks>,
  options: SmootherTrialOptions,
): Promise<SmootherFigures> {
  const stage = new Stage(options);
  return {
    jitterShare: await jitterAtRest(make(), stage),
    lagMs: await lagInMotion(make(), stage),
    overshootPalms: await overshootOfReach(make(), stage),
    recoveryFrames: await recoveryAfterGap(make(), stage),
  };
}

async function jitterAtRest(smoother: Smoother<Landmarks>, stage: Stage): Promise<number> {
  const frames = await stage.play(smoother, REST_MS, () => 0, stage.noisePalms);
  const steps = (kind: 'shown' | 'smoothed'): number => {
    let [sum, before] = [0, frames.find(({ timestampMs }) => timestampMs >= SETTLE_MS)?.[kind]];
    for (const frame of frames) {
      if (frame.timestampMs <= SETTLE_MS || before === undefined) continue;
      for (const [index, x] of frame[kind].entries()) sum += (x - (before[index] ?? Number.NaN)) ** 2;
      before = frame[kind];
    }
    return Math.sqrt(sum);
  };
  return steps('smoothed') / steps('shown');
}

async function lagInMotion(smoother: Smoother<Landmarks>, stage: Stage): Promise<number> {
  const wave = (ms: number): number => WAVE_PALMS * Math.sin((2 * Math.PI * WAVE_HZ * ms) / 1000);
  const frames = (await stage.play(smoother, REST_MS, wave, stage.noisePalms)).filter((f) => f.timestampMs > SETTLE_MS);
  const behind = delayOfWave(frames.map(({ timestampMs, smoothed }) => [timestampMs, mean(smoothed)]));
  return behind - delayOfWave(frames.map(({ timestampMs, shown }) => [timestampMs, mean(shown)]));
}

/** Of a sine wave, the delay that fits best is the phase of its component at the wave's frequency. */
function delayOfWave(samples: readonly (readonly [timestampMs: number, x: number])[]): number {
  let [inPhase, behind] = [0, 0];
  for (const [timestampMs, x] of samples) {
    const phase = (2 * Math.PI * WAVE_HZ * timestampMs) / 1000;
    inPhase += x * Math.sin(phase);
    behind -= x * Math.cos(phase);
  }
  return (Math.atan2(behind, inPhase) * 1000) / (2 * Math.PI * WAVE_HZ);
}

async function overshootOfReach(smoother: Smoother<Landmarks>, stage: Stage): Promise<number> {
  const frames = await stage.play(
    smoother,
    SETTLE_MS + REACH_MS + 2000,
    (ms) => REACH_PALMS * minimumJerk(ms - SETTLE_MS),
    0,
  );
  return Math.max(0, ...frames.flatMap(({ smoothed }) => smoothed.map((x) => x - REACH_PALMS)));
}

async function recoveryAfterGap(smoother: Smoother<Landmarks>, stage: Stage): Promise<number> {
  const gapStartMs = SETTLE_MS;
  const gapEndMs = gapStartMs + (GAP_FRAMES * 1000) / stage.framesPerSecond;
  const place = (ms: number): number => (ms < gapStartMs ? 0 : GAP_PALMS);
  const isSeen = (ms: number): boolean => ms < gapStartMs || ms >= gapEndMs;
  const frames = await stage.play(smoother, gapEndMs + 2000, place, 0, isSeen);
  const after = frames.filter(({ timestampMs }) => timestampMs >= gapEndMs);
  return after.findLastIndex(({ smoothed }) => Math.abs(mean(smoothed) - GAP_PALMS) > 0.05) + 1;
}

/** How people reach: the smoothest path from 0 to 1 (Flash and Hogan 1985, doi:10.1523/JNEUROSCI.05-07-01688.1985). */
function minimumJerk(ms: number): number {
  const t = Math.min(1, Math.max(0, ms / REACH_MS));
  return t ** 3 * (10 - 15 * t + 6 * t * t);
}

/** A frame as it was shown and as it was smoothed: how far each point is to the right of where it rests, in palms. */
interface PlayedFrame {
  readonly timestampMs: number;
  readonly shown: readonly number[];
  readonly smoothed: readonly number[];
}

/** Shows a hand that moves to the right and back. */
class Stage {
  readonly framesPerSecond: number;
  readonly noisePalms: number;
  readonly #irregularity: number;
  readonly #random: () => number;
  readonly #atRest = aHand({ size: 0.3, centre: [0.3, 0.7] });

  constructor({ framesPerSecond, irregularity = 0, noisePalms = 0.0075, seed = 1 }: SmootherTrialOptions) {
    this.framesPerSecond = framesPerSecond;
    this.noisePalms = noisePalms;
    this.#irregularity = irregularity;
    this.#random = seededRandom(seed);
  }

  async play(
    smoother: Smoother<Landmarks>,
    durationMs: number,
    placeAt: (ms: number) => number,
    noisePalms: number,
    isSeen: (ms: number) => boolean = () => true,
  ): Promise<PlayedFrame[]> {
    const frames: PlayedFrame[] = [];
    const intervalMs = 1000 / this.framesPerSecond;
    for (let count = 0; count * intervalMs < durationMs; count += 1) {
      const timestampMs = (count + this.#irregularity * (2 * this.#random() - 1)) * intervalMs;
      if (!isSeen(timestampMs)) continue;
      const image = this.#show(placeAt(timestampMs), noisePalms);
      const { world: _world, ...hand } = this.#atRest;
      const answer = await smoother.smooth(landmarksOf({ ...hand, image }), aProcessInfo(timestampMs));
      const [smoothed] = answer?.tracks ?? [];
      if (smoothed === undefined) throw new Error(`The smoother answers no track at ${timestampMs} ms.`);
      frames.push({ timestampMs, shown: this.#palms(image), smoothed: this.#palms(smoothed.image) });
    }
    return frames;
  }

  /** The palm as a fraction of the frame's width. */
  get #palm(): number {
    const { frameWidth, frameHeight } = landmarksOf();
    return objectSize(this.#atRest.skeleton, this.#atRest.image, { x: frameWidth, y: frameHeight }) / frameWidth;
  }

  #show(palms: number, noisePalms: number): LandmarkArray {
    const image = this.#atRest.image.slice();
    for (let at = 0; at < image.length; at += 1) {
      if (at % LANDMARK_STRIDE === LANDMARK_STRIDE - 1) continue; // visibility
      const moved = at % LANDMARK_STRIDE === 0 ? palms : 0;
      image[at] = (image[at] ?? Number.NaN) + (moved + noisePalms * this.#gaussian()) * this.#palm;
    }
    return image;
  }

  #palms(image: LandmarkArray): number[] {
    const palms: number[] = [];
    for (let at = 0; at < image.length; at += LANDMARK_STRIDE)
      palms.push(((image[at] ?? Number.NaN) - (this.#atRest.image[at] ?? Number.NaN)) / this.#palm);
    return palms;
  }

  /** Box and Muller. */
  #gaussian(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
