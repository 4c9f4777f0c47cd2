import type { z } from 'zod';
import { GraphDocument } from './document.js';

/** What the build writes into the package's `schemas` folder, by file name. */
export const schemas: Readonly<Record<string, z.ZodType>> = { 'graph-1.schema.json': GraphDocument };
