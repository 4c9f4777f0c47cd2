/** What the server keeps on its disk, and how. */
export { Author, BY_FILE, authorText } from './author.js';
export { BenchmarkStore, MOST_BENCHMARKS } from './benchmark-store.js';
export type { BenchmarkInfo, BenchmarkedGraph, KeptBenchmark, NewBenchmark } from './benchmark-store.js';
export { Database } from './database.js';
export { DeploymentState, DeploymentStore } from './deployment-store.js';
export type { Deployment, LiveValues } from './deployment-store.js';
export { databaseIn, graphsFolderOf, stateFolderOf } from './state-folder.js';
export * from './store-errors.js';
export { Store, StoreOptions } from './store.js';
export { WallClock } from './wall-clock.js';
