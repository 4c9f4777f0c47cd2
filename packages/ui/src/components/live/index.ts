export { default as LiveView } from './live-view.vue';
export type { LiveWords } from './live-words.js';
