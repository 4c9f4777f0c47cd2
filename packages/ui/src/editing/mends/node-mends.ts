import { hasErrors, nearestName, validateGraph } from '@kinegraph/core';
import type { GraphDocument, Problem } from '@kinegraph/core';
import { ungroup } from '../annotations.js';
import { changeNode, removeNodes } from '../node-edits.js';
import { stepsOf } from './mend.js';
import type { Mend, MendContext, Mender } from './mend.js';

/** Takes a node out with its wires: what is left where nothing else mends it. */
export function removal({ document, problem: { node } }: MendContext): readonly Mend[] {
  if (node === undefined) return [];
  return [{ action: 'remove-node', values: { node }, apply: () => removeNodes(document, new Set([node])) }];
}

/** The type that was probably meant. */
export const mendsOfUnknownType: Mender = ({ document, catalog, problem: { node } }) => {
  const type = node === undefined ? undefined : document.nodes[node]?.type;
  const near =
    type === undefined
      ? undefined
      : nearestName(
          type,
          catalog.list().map((each) => each.type),
        );
  if (node === undefined || near === undefined) return [];
  return [
    { action: 'set-type', values: { node, type: near }, apply: () => changeNode(document, node, { type: near }) },
  ];
};

/** Taken for the version that is there: what its configuration has too much shows then. */
export const mendsOfNewerType: Mender = ({ document, catalog, problem: { node } }) => {
  const version = catalog.get(document.nodes[node ?? '']?.type ?? '')?.typeVersion;
  if (node === undefined || version === undefined) return [];
  return [
    {
      action: 'take-version',
      values: { node, version: String(version) },
      apply: () => changeNode(document, node, { typeVersion: version }),
    },
  ];
};

/** One instance. */
export const mendsOfConcurrency: Mender = ({ document, problem: { node } }) => {
  if (node === undefined) return [];
  return [
    {
      action: 'remove-field',
      values: { node, field: 'concurrency' },
      apply: () => changeNode(document, node, { concurrency: undefined }),
    },
  ];
};

/** Out with a plugin that is not there, where no node waits for one. */
export const mendsOfMissingPlugin: Mender = ({ document, catalog, problem }) => {
  const [list, plugin = ''] = stepsOf(problem.pointer);
  const isWaitedFor = Object.values(document.nodes).some(({ type }) => catalog.get(type) === undefined);
  if (list !== 'plugins' || isWaitedFor) return [];
  const { [plugin]: _, ...plugins } = document.plugins ?? {};
  return [{ action: 'remove-plugin', values: { plugin }, apply: () => ({ ...document, plugins }) }];
};

/** The range of what is installed. */
export const mendsOfRange: Mender = ({ document, catalog, problem }) => {
  const [, plugin = ''] = stepsOf(problem.pointer);
  const version = catalog.pluginVersion?.(plugin);
  const range = version === undefined ? '*' : `^${version}`;
  return [
    {
      action: 'set-range',
      values: { plugin, range },
      apply: () => ({ ...document, plugins: { ...document.plugins, [plugin]: range } }),
    },
  ];
};

/** Out with a skeleton, where the graph does as well without. */
export const mendsOfSkeleton: Mender = ({ document, catalog, problem }) => {
  const place = Number(stepsOf(problem.pointer)[1]);
  const skeleton = document.skeletons?.[place];
  if (skeleton === undefined) return [];
  const skeletons = document.skeletons?.filter((_, index) => index !== place) ?? [];
  const { skeletons: __, ...rest } = document;
  const without: GraphDocument = skeletons.length === 0 ? rest : { ...document, skeletons };
  const unknown = (problems: readonly Problem[]): number =>
    problems.filter((each) => each.code === 'GRAPH_SKELETON_UNKNOWN' && hasErrors([each])).length;
  if (unknown(validateGraph(without, catalog)) > unknown(validateGraph(document, catalog))) return [];
  return [{ action: 'remove-skeleton', values: { skeleton: skeleton.id }, apply: () => without }];
};

/** Out with the place of a node that is not there. */
export const mendsOfLayout: Mender = ({ document, problem }) => {
  const [, node = ''] = stepsOf(problem.pointer);
  const { [node]: _, ...layout } = document.layout ?? {};
  return [{ action: 'remove-place', values: { node }, apply: () => ({ ...document, layout }) }];
};

/** Out of a group with a name that is none of a node, or that another group has already. */
export const mendsOfGroup: Mender = ({ document, problem }) => {
  const [, name = '', , place = ''] = stepsOf(problem.pointer);
  const group = document.groups?.[name];
  const node = group?.nodes[Number(place)];
  if (group === undefined || node === undefined) return [];
  const nodes = group.nodes.filter((_, index) => index !== Number(place));
  const left = { ...document, groups: { ...document.groups, [name]: { ...group, nodes } } };
  return [
    {
      action: 'leave-group',
      values: { node, group: group.title },
      apply: () => (nodes.length === 0 ? ungroup(document, name) : left),
    },
  ];
};
