/** `@kinegraph/plugin-sign-classifier/features`: what a model of signs sees of a hand. */
export { canonicalHand } from './canonical-hand.js';
export type { CanonicalHand } from './canonical-hand.js';
export { MAX_GAP_MS, MIN_SEEN_FRAMES, handWindow, handWindowsOf } from './hand-window.js';
export type { HandSighting, HandWindow } from './hand-window.js';
export { FEATURES_1, FEATURE_DISTANCES, FEATURE_VERSIONS, HAND_POINTS, SIGNFEAT_1, WINDOW_FRAMES } from './layout.js';
export type { FeatureVersion } from './layout.js';
export { signFeatures1 } from './signfeat-1.js';
