import type { FiguresMessage } from '@kinegraph/core/protocol';

/** What is wrong with a node of a run now. */
export interface NodeTrouble {
  /** `restarting` and `quarantined`: its worker is down; `failed`: it has ended the run; `faults`: some of its packets fail. */
  readonly state: 'restarting' | 'quarantined' | 'failed' | 'disconnected' | 'faults';
  readonly code: string;
  readonly message: string;
}

/** A packet that failed longer ago says nothing of how the node does now. */
const RECENT_MS = 10_000;

/** Nodes that something is wrong with, by name. */
export function troublesOf({ nodes }: FiguresMessage): ReadonlyMap<string, NodeTrouble> {
  const troubles = new Map<string, NodeTrouble>();
  for (const { name, state, trouble, lastFault, connection } of nodes) {
    const isDown = state === 'restarting' || state === 'quarantined' || state === 'failed';
    const cause = isDown
      ? (trouble ?? lastFault)
      : [trouble, lastFault].find((fault) => fault !== undefined && fault.ageMs < RECENT_MS);
    if (isDown) troubles.set(name, { state, code: cause?.code ?? '', message: cause?.message ?? '' });
    else if (connection !== undefined && connection.state !== 'live' && connection.lastError !== undefined)
      troubles.set(name, {
        state: 'disconnected',
        code: connection.lastError.code,
        message: connection.lastError.message,
      });
    else if (cause !== undefined) troubles.set(name, { state: 'faults', code: cause.code, message: cause.message });
  }
  return troubles;
}

/** Whether both say the same, so that nothing has to be drawn again. */
export function sameTroubles(a: ReadonlyMap<string, NodeTrouble>, b: ReadonlyMap<string, NodeTrouble>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, { state, message }] of a) {
    const other = b.get(name);
    if (other?.state !== state || other.message !== message) return false;
  }
  return true;
}
