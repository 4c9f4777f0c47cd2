/** `@kinegraph/core`: for programs that embed the runtime. Plugins use `@kinegraph/core/plugin`. */
export * from './base/index.js';
export * from './vision/index.js';
export * from './kinds/index.js';
export * from './runtime/index.js';
export * from './graph/index.js';
export * from './nodes/index.js';
export * from './plugins/index.js';
