/** What `kinegraph doctor` looks at: one file of `checks/` for each. */
export { CHECKS } from './checks/index.js';
export type { Check, ExaminedMachine, MachineCheck, ServerCheck } from './check.js';
export { examine } from './examination.js';
export type { CheckedFinding } from './examination.js';
export type { Finding } from './finding.js';
