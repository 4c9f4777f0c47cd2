/** `@kinegraph/plugin-sign-classifier/features`: what a model of signs sees of a hand. */
export { canonicalHand } from './canonical-hand.js';
export type { CanonicalHand } from './canonical-hand.js';
export {
  MAX_GAP_MS,
  MIN_SEEN_FRAMES,
  SEEN_WITHIN_MS,
  handWindow,
  handWindowsOf,
  isStillThere,
  majorityHand,
} from './hand-window.js';
export type { HandSighting, HandWindow } from './hand-window.js';
export {
  FEATURES_1,
  FEATURES_2,
  FEATURE_DISTANCES,
  FEATURE_VERSIONS,
  HAND_POINTS,
  SIGNFEAT_1,
  SIGNFEAT_2,
  WINDOW_FRAMES,
} from './layout.js';
export type { FeatureVersion } from './layout.js';
export { fillGaps } from './fill-gaps.js';
export { LANDMARK_COORDINATES, windowLandmarks } from './window-landmarks.js';
export type { LandmarkCoordinates } from './window-landmarks.js';
export { bodyWindow } from './body-window.js';
export type { BodyWindow } from './body-window.js';
export { signFeatures1 } from './signfeat-1.js';
export { leadingPair, signFeatures2 } from './signfeat-2.js';
export type { HandPair } from './signfeat-2.js';
