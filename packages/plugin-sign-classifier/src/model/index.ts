/** `@kinegraph/plugin-sign-classifier/model`: models of signs and the cards that say what their numbers mean. */
export { SignModelCard, cardNameOf, labelsOf, parseSignModelCard } from './card.js';
export type { SignLabel, SignModelCardInput } from './card.js';
export * from './errors.js';
