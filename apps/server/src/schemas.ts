import { ServerConfig } from './config/server-config.js';

/** The schemas that the build writes to `schemas/`. */
export const schemas = { 'kinegraph-config.schema.json': ServerConfig };
