/** The graphs that the server keeps. */
export * from './graph-errors.js';
export { GRAPH_ID, checkGraphId } from './graph-ids.js';
export { GraphLibrary, GraphsOptions } from './graph-library.js';
export type { GraphChange, GraphSummary, SavedGraph, StoredGraph, StoredRevision } from './graph-library.js';
export { MOST_REVISIONS, RevisionAction } from './graph-revisions.js';
export type { RevisionInfo } from './graph-revisions.js';
