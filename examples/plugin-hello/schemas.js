import { BrightnessConfig } from './brightness-config.js';

/** What kinegraph-write-schemas writes, by file name. */
export const schemas = { 'brightness.json': BrightnessConfig };
