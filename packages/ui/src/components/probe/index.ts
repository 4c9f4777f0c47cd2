/** What a wire carries, shown by its kind. */
export { LINE_COLOURS, tokenColour } from './canvas-drawing.js';
export { default as ProbeView } from './probe-view.vue';
export type { ProbeWords } from './probe-words.js';
export { SeriesRing } from './series-ring.js';
