import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig } from '../../kinds/index.js';
import type { ProcessInfo, Smoother } from '../../kinds/index.js';
import { LANDMARK_STRIDE, blendDegrees } from '../../vision/index.js';
import type { Angles, LandmarkArray, Landmarks, TrackedAngles, TrackedLandmarks } from '../../vision/index.js';
import { TrackStates } from './track-states.js';

export const EmaConfig = z.strictObject({
  timeConstantMs: z.number().min(0).max(10_000).default(27.7).meta({
    title: 'Time constant (ms)',
    description:
      'How long a step takes to be followed to 63 %. 27.7 ms gives a new value the weight 0.7 at 30 frames a second; 0 smooths nothing.',
  }),
  resetAfterMs: z.number().positive().max(60_000).default(200).meta({
    title: 'Reset after (ms)',
    description: 'A track that was not seen for longer starts anew.',
  }),
});
export type EmaConfig = z.infer<typeof EmaConfig>;

/** Filtered values of one track. */
interface EmaState {
  image?: Float32Array;
  world?: Float32Array;
  degrees?: Readonly<Record<string, number>>;
}

/**
 * Exponential moving average by timestamp: the weight of a new value is 1 - exp(-dt / timeConstant), so the smoothing is
 * the same at any frame rate. State belongs to a track: a new identity, or a gap, starts anew.
 */
@injectable()
export class EmaSmoother implements Smoother<Landmarks | Angles> {
  readonly #states: TrackStates<EmaState>;
  #config: EmaConfig;

  constructor(@inject(NodeConfig) config: EmaConfig) {
    this.#config = config;
    this.#states = new TrackStates(() => ({}), config.resetAfterMs);
  }

  smooth(value: Landmarks | Angles, info: ProcessInfo): Landmarks | Angles {
    this.#states.forget(info.timestampMs);
    if (isLandmarks(value))
      return { ...value, tracks: value.tracks.map((track) => this.#smoothLandmarks(track, info.timestampMs)) };
    return { ...value, tracks: value.tracks.map((track) => this.#smoothAngles(track, info.timestampMs)) };
  }

  reconfigure(config: unknown): boolean {
    this.#config = config as EmaConfig; // validated before it comes here
    this.#states.resetAfterMs = this.#config.resetAfterMs;
    return true;
  }

  #smoothLandmarks(track: TrackedLandmarks, timestampMs: number): TrackedLandmarks {
    const { state, sinceMs } = this.#states.visit(track, timestampMs);
    const weight = this.#weightOf(sinceMs);
    state.image = blendLandmarks(state.image, track.image, weight);
    if (track.world === undefined) delete state.world;
    else state.world = blendLandmarks(state.world, track.world, weight);
    // A copy leaves: whoever gets it may transfer it to another thread, and the state would go with it.
    return {
      ...track,
      image: state.image.slice(),
      ...(state.world === undefined ? {} : { world: state.world.slice() }),
    };
  }

  #smoothAngles(track: TrackedAngles, timestampMs: number): TrackedAngles {
    const { state, sinceMs } = this.#states.visit(track, timestampMs);
    const weight = this.#weightOf(sinceMs);
    const before = state.degrees ?? {};
    // On the circle, for angles that turn all the way round; those of joints (0-180) never wrap. A joint out of sight starts anew.
    state.degrees = Object.fromEntries(
      Object.entries(track.degrees).map(([joint, now]) => {
        const last = before[joint];
        return [joint, last === undefined || Number.isNaN(last) ? now : blendDegrees(last, now, weight)];
      }),
    );
    return { ...track, degrees: { ...state.degrees } };
  }

  #weightOf(sinceMs: number | undefined): number {
    if (sinceMs === undefined || this.#config.timeConstantMs === 0) return 1;
    return 1 - Math.exp(-sinceMs / this.#config.timeConstantMs);
  }
}

/** Each point moves by `weight` times its visibility: what the model guesses at pulls less. Visibility itself is not smoothed. */
function blendLandmarks(before: LandmarkArray | undefined, now: LandmarkArray, weight: number): LandmarkArray {
  const blended = now.slice();
  if (before === undefined || before.length !== now.length) return blended;
  for (let start = 0; start < now.length; start += LANDMARK_STRIDE) {
    const visibility = now[start + 3] ?? 0;
    const pull = visibility > 0 ? weight * Math.min(1, visibility) : 0; // also where it is no number
    for (let axis = start; axis < start + 3; axis += 1) {
      const last = before[axis] ?? Number.NaN;
      const next = now[axis] ?? Number.NaN;
      if (!Number.isFinite(last)) continue; // nothing to go on from: the new value as it is
      blended[axis] = Number.isFinite(next) ? last + pull * (next - last) : last;
    }
  }
  return blended;
}

function isLandmarks(value: Landmarks | Angles): value is Landmarks {
  return 'frameWidth' in value;
}
