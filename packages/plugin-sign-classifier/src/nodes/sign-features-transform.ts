import { NodeConfig, inject, injectable } from '@kinegraph/core/plugin';
import type { Landmarks, PacketWindow, Transform } from '@kinegraph/core/plugin';
import {
  FEATURES_1,
  FEATURES_2,
  WINDOW_FRAMES,
  bodyWindow,
  handWindowsOf,
  leadingPair,
  signFeatures1,
  signFeatures2,
} from '../features/index.js';
import type { HandWindow } from '../features/index.js';
import type { SignFeaturesConfig } from './features-config.js';
import type { SignFeatures, SignFeaturesTrack } from './sign-features.js';

/** What `signs.features` is called with, by port. */
export interface SignFeaturesInputs {
  readonly hands: PacketWindow<Landmarks>;
  readonly pose?: PacketWindow<Landmarks>;
}

/** `signs.features`: what models of signs see of the hands in a window. See docs/signs-features.md. */
@injectable()
export class SignFeaturesTransform implements Transform<SignFeaturesInputs, SignFeatures> {
  constructor(@inject(NodeConfig) private readonly config: SignFeaturesConfig) {}

  /** @throws RangeError - for frames without a positive width by height */
  transform({ hands: window, pose }: SignFeaturesInputs): SignFeatures {
    const { version, spanMs } = this.config;
    const hands = handWindowsOf(window, spanMs);
    const shape = { version, count: WINDOW_FRAMES };
    if (version === 'signfeat/1')
      return { ...shape, width: FEATURES_1, tracks: hands.map((hand) => trackOf(hand, signFeatures1(hand))) };
    const pair = leadingPair(hands);
    if (pair === undefined) return { ...shape, width: FEATURES_2, tracks: [] };
    const body = pose === undefined ? undefined : bodyWindow(pose, { endMs: window.endMs, spanMs });
    const trackId = Math.min(pair.leading.trackId, pair.other?.trackId ?? Infinity);
    const track = { ...trackOf(pair.leading, signFeatures2(pair, body)), trackId };
    return { ...shape, width: FEATURES_2, tracks: [track] };
  }
}

function trackOf(
  { trackId, handedness, startMs, endMs, seenCount }: HandWindow,
  values: Float32Array,
): SignFeaturesTrack {
  return { trackId, ...(handedness === undefined ? {} : { handedness }), values, startMs, endMs, seenCount };
}
