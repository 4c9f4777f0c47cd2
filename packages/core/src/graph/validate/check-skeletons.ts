import { skeletonFault } from '../skeleton-definition.js';
import { contributedSkeletons } from '../skeletons-at-hand.js';
import { configValue } from '../node-ports.js';
import { configKeysOf } from '../port-types.js';
import { graphProblem } from '../problem.js';
import type { Problem } from '../problem.js';
import type { NodeTypeDescriptor } from '../node-type.js';
import { jsonPointer } from '../text/json-pointer.js';
import { listNames, showValue } from '../text/show-value.js';
import type { CheckedNode, ValidationContext } from './context.js';

/** The skeletons that the document brings: each by itself, and beside all others. */
export function checkSkeletons({ document, catalog }: ValidationContext): Problem[] {
  const places = new Map<string, number>();
  const taken = new Set(contributedSkeletons(catalog).map(({ id }) => id));
  return (document.skeletons ?? []).flatMap((skeleton, index) => {
    const { id } = skeleton;
    const fault = skeletonFault(skeleton);
    const first = places.get(id);
    if (first === undefined) places.set(id, index);
    const other =
      first === undefined
        ? taken.has(id)
          ? 'the core or a plugin has one already'
          : undefined
        : `so is that at place ${first}`;
    return [
      ...(fault === undefined
        ? []
        : [
            graphProblem('GRAPH_SKELETON_INVALID', {
              pointer: jsonPointer(['skeletons', index]),
              message: `The skeleton "${id}" does not fit: ${fault}.`,
              mend: 'Correct it.',
            }),
          ]),
      ...(other === undefined
        ? []
        : [
            graphProblem('GRAPH_SKELETON_DUPLICATE', {
              pointer: jsonPointer(['skeletons', index, 'id']),
              message: `The skeleton at place ${index} of "skeletons" is called "${id}", but ${other}.`,
              mend: 'Give it another id, or remove it.',
            }),
          ]),
    ];
  });
}

/** Whether the skeletons that the ports of a node ask its configuration for are there. For configurations without faults. */
export function checkSkeletonKeys(
  context: ValidationContext,
  { name, node }: CheckedNode,
  { type, inputs, outputs, configSchema }: NodeTypeDescriptor,
): Problem[] {
  const keys = new Map<string, string>();
  for (const [port, { type: portType }] of [...Object.entries(inputs), ...Object.entries(outputs)])
    for (const key of configKeysOf(portType)) if (!keys.has(key)) keys.set(key, port);
  return [...keys].flatMap(([key, port]) => {
    const value = configValue(configSchema, node.config, key);
    if (typeof value === 'string' && context.skeletons.has(value)) return [];
    return graphProblem('GRAPH_SKELETON_UNKNOWN', {
      pointer: jsonPointer(['nodes', name, 'config', key]),
      node: name,
      message: `Node "${name}" (${type}): "${key}" is ${showValue(value)}, but it names the skeleton of port "${port}"; known are ${listNames([...context.skeletons])}.`,
      mend:
        (typeof value === 'string' ? context.suggest(value, context.skeletons) : undefined) ??
        'Use one of those, define it under "skeletons" of the graph, or add the plugin that contributes it.',
    });
  });
}
