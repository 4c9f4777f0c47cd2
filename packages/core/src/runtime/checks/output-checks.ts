import type { ResolvedGraph, ResolvedNode } from '../../graph/index.js';
import { coco17, hand21, pose33 } from '../../vision/index.js';
import type { Skeleton } from '../../vision/index.js';
import { portCheck } from './port-check.js';
import type { ValueCheck } from './value-check.js';

const CORE_SKELETONS: ReadonlyMap<string, Skeleton> = new Map(
  [hand21, pose33, coco17].map((skeleton) => [skeleton.id, skeleton]),
);

/**
 * What may go out at each output of a node, in their order. Made once for a run, from the types that were resolved for its
 * graph; an output that nothing is wired to counts as declared.
 * @param skeleton - contributed skeletons; those of the core are known anyway.
 */
export function outputChecks(
  graph: ResolvedGraph,
  node: ResolvedNode,
  skeleton: (id: string) => Skeleton | undefined,
): readonly ValueCheck[] {
  const pointNames = (id: string): readonly string[] | undefined => (skeleton(id) ?? CORE_SKELETONS.get(id))?.points;
  // What is inside a buffer's window has come in by checked wires, and may be hundreds of packets each time.
  const looksInside = node.descriptor.kind !== 'buffer';
  return Object.entries(node.descriptor.outputs).map(([port, { type }]) => {
    const wire = graph.wires.find(({ from }) => from.node === node.name && from.port === port);
    return portCheck(wire?.type ?? (type.includes('$') ? 'any' : type), pointNames, looksInside);
  });
}
