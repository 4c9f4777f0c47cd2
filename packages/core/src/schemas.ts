import type { z } from 'zod';
import { GraphDocument, SkeletonFile } from './graph/index.js';
import { PluginManifest } from './plugins/index.js';

/** What the build writes into the package's `schemas` folder, by file name. */
export const schemas: Readonly<Record<string, z.ZodType>> = {
  'graph-1.schema.json': GraphDocument,
  'manifest-1.schema.json': PluginManifest,
  'skeleton-1.schema.json': SkeletonFile,
};
