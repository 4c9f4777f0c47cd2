export { CandidateTable, selectCandidates } from './candidates.js';
export { Selection, keepBest } from './non-maximum-suppression.js';
export { toPeople } from './people.js';
export type { PeopleAndBoxes, PeopleRules } from './people.js';
export type { PoseLayout } from '../model/index.js';
export { widenHalves } from './widen-halves.js';
