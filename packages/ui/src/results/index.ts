export { landmarksOf } from './landmark-values.js';
export { subscribeResults } from './subscribe-results.js';
export type { ResultFormat, ResultsConnection, ResultsOptions } from './subscribe-results.js';
