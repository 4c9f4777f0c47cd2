/** Vue components: they take data and emit wishes, know no routes and start nothing. Shipped as sources, for Vite. */
export * from './canvas/index.js';
export * from './choose/index.js';
export * from './form/index.js';
export * from './live/index.js';
export * from './outline/index.js';
export * from './popup/index.js';
export * from './split/index.js';
export * from './watch/index.js';
export * from './probe/index.js';
