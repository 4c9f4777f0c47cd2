import { resolveConfig } from '../config/resolve-config.js';
import { graphProblem } from '../problem.js';
import type { Problem } from '../problem.js';
import type { NodeTypeDescriptor } from '../node-type.js';
import { jsonPointer } from '../text/json-pointer.js';
import { checkSkeletonKeys } from './check-skeletons.js';
import type { CheckedNode, ValidationContext } from './context.js';

/** Each node by itself against its type: version, configuration, concurrency, skeletons. */
export function checkNodes(context: ValidationContext): Problem[] {
  return context.nodes.flatMap((checked) =>
    checked.descriptor === undefined ? [] : checkNode(context, checked, checked.descriptor),
  );
}

function checkNode(context: ValidationContext, checked: CheckedNode, descriptor: NodeTypeDescriptor): Problem[] {
  const { name, node } = checked;
  const problems: Problem[] = [];
  if (node.typeVersion !== undefined && node.typeVersion > descriptor.typeVersion) {
    // A configuration for a newer type may have keys this one does not know: those faults would only distract.
    return [
      graphProblem('GRAPH_NODE_TYPE_NEWER', {
        pointer: jsonPointer(['nodes', name, 'typeVersion']),
        node: name,
        message: `Node "${name}" was written for version ${node.typeVersion} of "${node.type}"; installed is version ${descriptor.typeVersion}.`,
        mend: `Install a newer version of ${descriptor.plugin}.`,
      }),
    ];
  }
  if (node.concurrency !== undefined && node.concurrency > 1 && !descriptor.stateless) {
    problems.push(
      graphProblem('GRAPH_CONCURRENCY_NOT_STATELESS', {
        pointer: jsonPointer(['nodes', name, 'concurrency']),
        node: name,
        message: `Node "${name}" asks for ${node.concurrency} instances side by side, but "${node.type}" keeps state from packet to packet and runs as one; allowed: 1.`,
        mend: 'Remove "concurrency" from the node.',
      }),
    );
  }
  const faults = configProblems(name, node.config, descriptor);
  return [...problems, ...(faults.length > 0 ? faults : checkSkeletonKeys(context, checked, descriptor))];
}

function configProblems(name: string, config: unknown, { configSchema, type }: NodeTypeDescriptor): Problem[] {
  return resolveConfig(configSchema, config).problems.map((problem) => ({
    ...problem,
    pointer: `${jsonPointer(['nodes', name, 'config'])}${problem.pointer}`,
    node: name,
    message: `Node "${name}" (${type}): ${problem.message}`,
  }));
}
