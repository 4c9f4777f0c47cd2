import type { GraphDocument } from '@kinegraph/core';
import type { NodeHealth } from '@kinegraph/ui/components';
import type { NodeTrouble } from './node-troubles.js';

const HEALTH: Readonly<Record<NodeTrouble['state'], NodeHealth>> = {
  failed: 'error',
  quarantined: 'error',
  restarting: 'warning',
  disconnected: 'warning',
  faults: 'warning',
};

/** How each node of a run does, by name: what is wrong with it now, else that it works, or rests. */
export function healthOfRun(
  { nodes }: Pick<GraphDocument, 'nodes'>,
  troubles: ReadonlyMap<string, Pick<NodeTrouble, 'state'>>,
  isPaused: boolean,
): ReadonlyMap<string, NodeHealth> {
  const well: NodeHealth = isPaused ? 'off' : 'good';
  return new Map(
    Object.keys(nodes).map((name) => {
      const trouble = troubles.get(name);
      return [name, trouble === undefined ? well : HEALTH[trouble.state]];
    }),
  );
}
