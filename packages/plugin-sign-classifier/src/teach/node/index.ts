/** `@kinegraph/plugin-sign-classifier/teach/node`: takes in folders, and training off the main thread. */
export { TakeStore } from './take-store.js';
export type { ImportReport, LoadedSet, TakeEntry, UnreadableTake } from './take-store.js';
