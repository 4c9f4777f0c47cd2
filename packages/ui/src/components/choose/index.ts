/** Choosing from a list by typing. */
export type { Choice } from './choice.js';
export { default as ChoiceDialog } from './choice-dialog.vue';
export { matchOf, rank } from './rank.js';
export type { Match, Rankable, Ranked } from './rank.js';
