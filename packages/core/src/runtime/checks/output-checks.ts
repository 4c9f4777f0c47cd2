import type { NodeKind, PortTypes, SkeletonCatalog } from '../../kinds/index.js';
import { portCheck } from './port-check.js';
import type { ValueCheck } from './value-check.js';

/** What may go out at each output of a node, in their order. Made once for a node, from the types that its graph gives them. */
export function outputChecks(
  { outputs }: PortTypes,
  kind: NodeKind,
  skeletons: SkeletonCatalog,
): readonly ValueCheck[] {
  // What is inside a buffer's window has come in by checked wires, and may be hundreds of packets each time.
  const looksInside = kind !== 'buffer';
  return Object.values(outputs).map((type) => portCheck(type, (id) => skeletons.get(id)?.points, looksInside));
}
