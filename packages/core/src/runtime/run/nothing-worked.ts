import { DROP_WORKER_DOWN } from '../workers/supervised-instance.js';
import { NothingWorkedError } from './run-errors.js';
import type { RunSnapshot } from './run-snapshot.js';

/** A run in which one node failed on everything has not done what it was for, even though its sources ran dry. */
export function nothingWorked(snapshot: RunSnapshot): NothingWorkedError | undefined {
  const node = snapshot.nodes.find(
    (candidate) =>
      candidate.failed > 0 && candidate.failed + (candidate.dropped[DROP_WORKER_DOWN] ?? 0) === candidate.in,
  );
  if (node === undefined) return undefined;
  return new NothingWorkedError({
    node: node.name,
    type: node.type,
    failed: node.failed,
    lastMessage: node.lastFault?.message ?? 'unknown',
  });
}
