/** What a run does now, twice a second, for those who watch. */
export { streamFigures } from './stream-figures.js';
export type { FiguresStreamOptions } from './stream-figures.js';
