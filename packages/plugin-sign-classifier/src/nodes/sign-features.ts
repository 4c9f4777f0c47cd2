import type { Handedness } from '@kinegraph/core/plugin';
import type { FeatureVersion } from '../features/index.js';

/** The value of ports `signs.features`: what models see of each hand in a window; of each signer with `signfeat/2`. */
export interface SignFeatures {
  readonly version: FeatureVersion;
  /** Moments, evenly spaced. */
  readonly count: number;
  /** Values of each moment. */
  readonly width: number;
  readonly tracks: readonly SignFeaturesTrack[];
}

/** One hand, or one signer. */
export interface SignFeaturesTrack {
  /** With `signfeat/2` the lower one of both hands: the same whichever of them leads. */
  readonly trackId: number;
  readonly handedness?: Handedness;
  /** Shape [count, width], row-major. */
  readonly values: Float32Array;
  readonly startMs: number;
  readonly endMs: number;
  /** Moments in which the (leading) hand was seen. */
  readonly seenCount: number;
}
