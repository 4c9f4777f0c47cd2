import * as benchmarks from './benchmark-operations.js';
import * as catalog from './catalog-operations.js';
import * as clips from './clip-operations.js';
import * as examples from './example-operations.js';
import * as graphs from './graph-operations.js';
import * as models from './model-operations.js';
import * as pictures from './picture-operations.js';
import * as recordings from './recording-operations.js';
import * as runs from './run-operations.js';
import * as server from './server-operations.js';
import * as signs from './sign-operations.js';
import type { Operation } from '../operation.js';

/** All that can be asked of the server over HTTP, once each, by path. */
export const OPERATIONS: readonly Operation[] = [
  benchmarks,
  catalog,
  clips,
  examples,
  graphs,
  models,
  pictures,
  recordings,
  runs,
  server,
  signs,
]
  .flatMap((area) => Object.values<Operation>(area))
  .toSorted((a, b) => compare(a.path, b.path) || compare(a.method, b.method));

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
