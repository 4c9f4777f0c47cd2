/** `@kinegraph/core/testing`: builders, fakes and contract suites for tests of plugins. */
export { FrameLedger, aFrame } from './frames.js';
export { VirtualClock, settle } from './virtual-clock.js';
