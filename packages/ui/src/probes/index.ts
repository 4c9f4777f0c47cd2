export { subscribeProbe } from './subscribe-probe.js';
export type { ProbeConnection, ProbeOptions } from './subscribe-probe.js';
