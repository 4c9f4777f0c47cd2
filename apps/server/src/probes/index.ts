/** What leaves an output of a node of a run, for those who look at it. */
export { ProbeBoard } from './probe-board.js';
export { ProbeRoute } from './probe-route.js';
