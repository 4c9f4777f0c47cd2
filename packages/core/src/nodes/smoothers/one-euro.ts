import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig } from '../../kinds/index.js';
import type { ProcessInfo, Smoother } from '../../kinds/index.js';
import { objectSize } from '../../vision/index.js';
import type { LandmarkArray, Landmarks, OneEuroParameters, TrackedLandmarks } from '../../vision/index.js';
import { OneEuroLandmarks } from './one-euro-landmarks.js';
import { TrackStates } from './track-states.js';

/** Sets of parameters with a name, for speeds in sizes of the object a second. */
export const ONE_EURO_PRESETS = {
  responsive: { minCutoffHz: 0.05, beta: 15, derivateCutoffHz: 1 },
  calm: { minCutoffHz: 0.05, beta: 5, derivateCutoffHz: 1 },
  'mediapipe-pose': { minCutoffHz: 0.05, beta: 80, derivateCutoffHz: 1 },
} as const satisfies Record<string, OneEuroParameters>;

export const OneEuroConfig = z.strictObject({
  preset: z.enum(['responsive', 'calm', 'mediapipe-pose']).default('responsive').meta({
    title: 'Preset',
    description:
      'Where the values left out below come from: responsive follows hands with little lag (0.05 Hz, 15, 1 Hz), calm is steadier (beta 5), mediapipe-pose is what MediaPipe uses for bodies (beta 80).',
  }),
  minCutoffHz: z.number().positive().max(60).optional().meta({
    title: 'Minimum cutoff (Hz)',
    description: 'Cutoff at rest: lower is steadier. Left out: of the preset.',
  }),
  beta: z.number().min(0).max(1000).optional().meta({
    title: 'Speed coefficient',
    description:
      'How many Hz the cutoff rises for each object size a second (palm of hands, box of bodies): higher lags less. Left out: of the preset.',
  }),
  derivateCutoffHz: z.number().positive().max(60).optional().meta({
    title: 'Cutoff of the speed (Hz)',
    description: 'How quickly a change of speed is noticed. Left out: of the preset.',
  }),
  resetAfterMs: z.number().positive().max(60_000).default(200).meta({
    title: 'Reset after (ms)',
    description: 'A track or point that was not seen for longer starts anew.',
  }),
});
export type OneEuroConfig = z.infer<typeof OneEuroConfig>;

/** Filters of one track. */
interface OneEuroState {
  image?: OneEuroLandmarks;
  world?: OneEuroLandmarks;
}

/**
 * One-Euro filter of landmarks by timestamp: steady at rest, quick in motion. Speeds count in sizes of the object, so that
 * near and far hands are smoothed alike. State belongs to a track: a new identity, or a gap, starts anew.
 *
 * @see Casiez, Roussel, Vogel: 1€ Filter, CHI 2012, doi:10.1145/2207676.2208639
 */
@injectable()
export class OneEuroSmoother implements Smoother<Landmarks> {
  readonly #states: TrackStates<OneEuroState>;
  #parameters: OneEuroParameters;

  constructor(@inject(NodeConfig) config: OneEuroConfig) {
    this.#parameters = parametersOf(config);
    this.#states = new TrackStates(() => ({}), config.resetAfterMs);
  }

  smooth(value: Landmarks, info: ProcessInfo): Landmarks {
    this.#states.forget(info.timestampMs);
    return { ...value, tracks: value.tracks.map((track) => this.#smoothTrack(track, value, info.timestampMs)) };
  }

  reconfigure(config: unknown): boolean {
    const taken = config as OneEuroConfig; // validated before it comes here
    this.#parameters = parametersOf(taken);
    this.#states.resetAfterMs = taken.resetAfterMs;
    return true;
  }

  #smoothTrack(track: TrackedLandmarks, frame: Landmarks, timestampMs: number): TrackedLandmarks {
    const { state } = this.#states.visit(track, timestampMs);
    const { skeleton, image, world } = track;
    state.image = filterFor(state.image, image);
    const smoothedImage = this.#step(state.image, image, timestampMs, imageSizes(skeleton, image, frame));
    if (world === undefined) {
      delete state.world;
      return { ...track, image: smoothedImage };
    }
    state.world = filterFor(state.world, world);
    const metres = objectSize(skeleton, world, { x: 1, y: 1 });
    const size = Number.isNaN(metres) ? 1 : metres;
    return { ...track, image: smoothedImage, world: this.#step(state.world, world, timestampMs, [size, size, size]) };
  }

  #step(
    filter: OneEuroLandmarks,
    landmarks: LandmarkArray,
    timestampMs: number,
    sizes: readonly [number, number, number],
  ): LandmarkArray {
    const { resetAfterMs } = this.#states;
    return filter.next(landmarks, { timestampMs, resetAfterMs, parameters: this.#parameters, sizes });
  }
}

function parametersOf({ preset, minCutoffHz, beta, derivateCutoffHz }: OneEuroConfig): OneEuroParameters {
  const base = ONE_EURO_PRESETS[preset];
  return {
    minCutoffHz: minCutoffHz ?? base.minCutoffHz,
    beta: beta ?? base.beta,
    derivateCutoffHz: derivateCutoffHz ?? base.derivateCutoffHz,
  };
}

/** The filter so far, or a new one where the number of points is another. */
function filterFor(filter: OneEuroLandmarks | undefined, landmarks: LandmarkArray): OneEuroLandmarks {
  return filter?.length === landmarks.length ? filter : new OneEuroLandmarks(landmarks.length);
}

/** The object's size in fractions of the frame's width, height, and width again: z is on the scale of x. */
function imageSizes(
  skeleton: string,
  image: LandmarkArray,
  { frameWidth, frameHeight }: Landmarks,
): readonly [number, number, number] {
  const pixels = objectSize(skeleton, image, { x: frameWidth, y: frameHeight });
  if (Number.isNaN(pixels)) return [1, 1, 1]; // no size to go by: fractions of the frame as they are
  return [pixels / frameWidth, pixels / frameHeight, pixels / frameWidth];
}
