/** `@kinegraph/plugin-sign-classifier/model`: models of signs and the cards that say what their numbers mean. */
export { SignModelCard, cardNameOf, labelsOf, parseSignModelCard } from './card.js';
export type { SignLabel, SignModelCardInput } from './card.js';
export * from './errors.js';
export { loadSignModel, sha256Hex, signModelVersion } from './load-sign-model.js';
export type { SignModelFiles } from './load-sign-model.js';
export { ModelWatch } from './model-watch.js';
export type { ModelWatchOptions } from './model-watch.js';
export { nameSign } from './name-signs.js';
export type { NamingOptions, SignClassification, SignClassificationTrack } from './name-signs.js';
export { SignModel } from './sign-model.js';
