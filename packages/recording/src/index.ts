/** `@kinegraph/recording`: MCAP recordings as bytes, with nothing of one platform. */
export * from './codec/index.js';
export * from './errors.js';
export * from './mcap/index.js';
