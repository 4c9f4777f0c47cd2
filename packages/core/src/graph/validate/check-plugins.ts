import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { graphProblem } from '../problem.js';
import type { Problem } from '../problem.js';
import { jsonPointer } from '../text/json-pointer.js';
import { listNames } from '../text/show-value.js';
import type { CheckedNode, ValidationContext } from './context.js';

/** Plugins that the document names, and nodes whose type nobody contributes. */
export function checkPlugins(context: ValidationContext): Problem[] {
  const wanted = Object.entries(context.document.plugins ?? {});
  const missing = wanted.map(([plugin]) => plugin).filter((plugin) => !context.catalog.hasPlugin(plugin));
  const orphans = context.nodes
    .filter(({ descriptor }) => descriptor === undefined)
    .map((checked) => ({ checked, plugin: pluginBehind(checked.node.type, missing, context) }));
  return [
    ...wanted.flatMap(([plugin, range]) => {
      if (validRange(range) === null) return [invalidRange(plugin, range)];
      if (missing.includes(plugin)) {
        const waiting = orphans.filter((orphan) => orphan.plugin === plugin).map(({ checked }) => checked.name);
        return [missingPlugin(plugin, waiting)];
      }
      return versionProblem(context, plugin, range);
    }),
    ...orphans.map(({ checked, plugin }) =>
      plugin === undefined ? unknownType(context, checked, missing) : nodeOfMissingPlugin(checked, plugin),
    ),
  ];
}

/**
 * Which of the missing plugins contributes a type: the one whose package is named after the type's first part
 * (`mediapipe.hands` of `@kinegraph/plugin-mediapipe`), or the only one there is, where no loaded plugin has that part.
 */
function pluginBehind(type: string, missing: readonly string[], { catalog }: ValidationContext): string | undefined {
  const area = areaOf(type);
  const named = missing.find((plugin) => plugin.split(/[/-]/).includes(area) || plugin.endsWith(`plugin-${area}`));
  if (named !== undefined) return named;
  const isKnownArea = catalog.list().some((descriptor) => areaOf(descriptor.type) === area);
  return missing.length === 1 && !isKnownArea ? missing[0] : undefined;
}

function areaOf(type: string): string {
  return type.split('.', 1)[0] ?? type;
}

function missingPlugin(plugin: string, waiting: readonly string[]): Problem {
  const nodes = waiting.length === 0 ? '' : ` Waiting for it: ${listNames(waiting)}.`;
  return graphProblem('GRAPH_PLUGIN_MISSING', {
    pointer: jsonPointer(['plugins', plugin]),
    message: `The graph needs the plugin "${plugin}", which is not installed or could not be loaded.${nodes}`,
    mend: `Install ${plugin}, or remove it from "plugins" if nothing in the graph needs it.`,
  });
}

function nodeOfMissingPlugin({ name, node }: CheckedNode, plugin: string): Problem {
  return graphProblem('GRAPH_PLUGIN_MISSING', {
    pointer: jsonPointer(['nodes', name, 'type']),
    node: name,
    message: `Node "${name}" is of type "${node.type}", which comes with the plugin "${plugin}" that is not installed or could not be loaded.`,
    mend: `Install ${plugin}.`,
  });
}

function unknownType(context: ValidationContext, { name, node }: CheckedNode, missing: readonly string[]): Problem {
  const suggestion = context.suggest(
    node.type,
    context.catalog.list().map(({ type }) => type),
  );
  const maybe = missing.length === 0 ? '' : ` It may come with one of the missing plugins ${listNames(missing)}.`;
  return graphProblem('GRAPH_UNKNOWN_NODE_TYPE', {
    pointer: jsonPointer(['nodes', name, 'type']),
    node: name,
    message: `Node "${name}" is of type "${node.type}", which no installed plugin contributes.${maybe}`,
    mend: suggestion ?? 'Correct the type, or install the plugin that contributes it.',
  });
}

function invalidRange(plugin: string, range: string): Problem {
  return graphProblem('GRAPH_PLUGIN_RANGE_INVALID', {
    pointer: jsonPointer(['plugins', plugin]),
    message: `The version range of the plugin "${plugin}" is ${JSON.stringify(range)}, which is no range that npm knows.`,
    mend: 'Write a range such as "^1.2.0", or "*" for any version.',
  });
}

function versionProblem({ catalog }: ValidationContext, plugin: string, range: string): Problem[] {
  const version = catalog.pluginVersion?.(plugin);
  if (version === undefined || satisfies(version, range, { includePrerelease: true })) return [];
  return [
    graphProblem('GRAPH_PLUGIN_VERSION', {
      pointer: jsonPointer(['plugins', plugin]),
      message: `The graph needs the plugin "${plugin}" in a version that fits "${range}"; installed is ${version}.`,
      mend: `Install a version of ${plugin} that fits, or change the range if the graph works with ${version}.`,
    }),
  ];
}
