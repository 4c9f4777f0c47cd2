/** What a run does, shown over its graph. */
export { default as FiguresOverlay } from './figures-overlay.vue';
export type { FigureWords } from './node-badge.js';
export { easedFigures, shortCount, threeDigits } from './shown-figures.js';
export type { ShownFigures } from './shown-figures.js';
export { slowestPath, timeInNode } from './slowest-path.js';
export type { HeatWire, SlowestPath } from './slowest-path.js';
