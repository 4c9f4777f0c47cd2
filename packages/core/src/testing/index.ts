/** `@kinegraph/core/testing`: builders, fakes and contract suites for tests of plugins. */
export { FrameLedger, aFrame } from './frames.js';
export { memoryPlugin, testPlatform } from './memory-plugin.js';
export type { MemoryPluginOptions } from './memory-plugin.js';
export { describePluginContract } from './plugin-contract.js';
export type { PluginContractOptions } from './plugin-contract.js';
export { createTestRun } from './run-kit.js';
export type { LoggedLine, TestNode, TestRun, TestRunOptions } from './run-kit.js';
export { nodeOf, sinkInto, sourceOf, untilAborted } from './test-nodes.js';
export type { Collected, TestNodeServices } from './test-nodes.js';
export { VirtualClock, settle } from './virtual-clock.js';
