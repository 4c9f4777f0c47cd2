import type { Check } from '../check.js';
import { configuration } from './configuration.js';
import { decoder } from './decoder.js';
import { disk } from './disk.js';
import { graphs } from './graphs.js';
import { memory } from './memory.js';
import { models } from './models.js';
import { names } from './names.js';
import { nativePackages } from './native-packages.js';
import { nodeVersion } from './node-version.js';
import { openFiles } from './open-files.js';
import { plugins } from './plugins.js';
import { port } from './port.js';
import { processors } from './processors.js';
import { receivers } from './receivers.js';
import { state } from './state.js';
import { tls } from './tls.js';
import { tokens } from './tokens.js';

/** All that `kinegraph doctor` looks at, in the order of its list. */
export const CHECKS: readonly Check[] = [
  nodeVersion,
  configuration,
  nativePackages,
  memory,
  processors,
  openFiles,
  disk,
  port,
  tls,
  tokens,
  state,
  plugins,
  graphs,
  models,
  decoder,
  receivers,
  names,
];
