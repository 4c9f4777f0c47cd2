import { CORE_PLUGIN, fieldName, showValue } from '../../graph/index.js';
import type { PathStep } from '../../graph/index.js';
import { parseModelSource } from '../models/model-source.js';
import type { ModelContribution, NodeContribution, PluginManifest } from './manifest.js';
import { pluginProblem } from './plugin-problem.js';
import type { PluginProblem } from './plugin-problem.js';
import { portTypeFault } from './port-type-fault.js';

/** An entry of a list in `contributes`, with its place there. */
export interface Placed<T> {
  readonly index: number;
  readonly value: T;
}

/** The entries of a manifest that fit the schema on their own, each with its place. */
export interface CheckableParts {
  readonly nodes: readonly Placed<NodeContribution>[];
  readonly models: readonly Placed<ModelContribution>[];
  readonly manifest: Pick<PluginManifest, 'name' | 'main' | 'activationEvents'>;
}

/** What a schema cannot say: faults between the fields of a manifest. */
export function crossCheck({ nodes, models, manifest }: CheckableParts): PluginProblem[] {
  const report = (code: string, path: readonly PathStep[], message: string, mend: string): PluginProblem =>
    pluginProblem(manifest.name, code, path, message, mend);
  const builtModels = models.filter(({ value }) => value.from.startsWith('build:'));
  const problems = [
    ...duplicates(
      nodes.map(({ index, value }) => ({ path: ['contributes', 'nodes', index, 'type'], value: value.type })),
      report,
    ),
    ...duplicates(
      models.map(({ index, value }) => ({ path: ['contributes', 'models', index, 'id'], value: value.id })),
      report,
    ),
    ...nodes.flatMap(({ index, value }) => checkNode(manifest.name, value, ['contributes', 'nodes', index], report)),
    ...models.flatMap(({ index, value }) => checkModel(value, models, ['contributes', 'models', index], report)),
    ...checkActivationEvents(manifest.activationEvents ?? [], inferActivationEvents(nodes, models), report),
  ];
  if (manifest.main === undefined && (nodes.length > 0 || builtModels.length > 0)) {
    problems.push(
      report(
        'PLUGIN_MAIN_MISSING',
        ['main'],
        'main is missing, but node types and built models need code.',
        'Add "main", the path of the module that exports activate(context), for example "./dist/node.js".',
      ),
    );
  }
  return problems;
}

/** What makes the host activate a plugin; follows from what the plugin contributes. */
export function inferActivationEvents(
  nodes: readonly Placed<NodeContribution>[],
  models: readonly Placed<ModelContribution>[],
): string[] {
  return [
    ...nodes.map(({ value }) => `onNode:${value.type}`),
    ...models.filter(({ value }) => value.from.startsWith('build:')).map(({ value }) => `onModel:${value.id}`),
  ];
}

type Report = (code: string, path: readonly PathStep[], message: string, mend: string) => PluginProblem;

function duplicates(
  named: readonly { readonly path: readonly PathStep[]; readonly value: string }[],
  report: Report,
): PluginProblem[] {
  const first = new Map<string, readonly PathStep[]>();
  const problems: PluginProblem[] = [];
  for (const { path, value } of named) {
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, path);
    else {
      problems.push(
        report(
          'PLUGIN_CONTRIBUTED_TWICE',
          path,
          `${fieldName(path)} is "${value}", which ${fieldName(earlier)} has already.`,
          'Give one of the two another name.',
        ),
      );
    }
  }
  return problems;
}

function checkNode(plugin: string, node: NodeContribution, path: readonly PathStep[], report: Report): PluginProblem[] {
  const problems: PluginProblem[] = [];
  const inputs = Object.keys(node.inputs);
  const outputs = Object.keys(node.outputs);
  const add = (step: readonly PathStep[], message: string, mend: string): void => {
    problems.push(report('PLUGIN_NODE_INVALID', [...path, ...step], message, mend));
  };
  const title = `Node type "${node.type}"`;
  if (node.type.startsWith('core.') && plugin !== CORE_PLUGIN) {
    add(
      ['type'],
      `${title} uses the namespace "core", which belongs to ${CORE_PLUGIN}.`,
      "Use your plugin's own namespace.",
    );
  }
  if (node.kind === 'source' && inputs.length > 0) {
    add(
      ['inputs'],
      `${title} is a source and cannot have inputs (${inputs.join(', ')}).`,
      'Remove the inputs, or change the kind.',
    );
  }
  if (node.kind !== 'source' && inputs.length === 0) {
    add(
      ['inputs'],
      `${title} is ${a(node.kind)} and has no input.`,
      'Add an input, for example { "in": { "type": "any" } }.',
    );
  }
  if (node.kind === 'sink' && outputs.length > 0) {
    add(
      ['outputs'],
      `${title} is a sink and cannot have outputs (${outputs.join(', ')}).`,
      'Remove the outputs, or change the kind.',
    );
  }
  if (node.kind !== 'sink' && outputs.length === 0) {
    add(
      ['outputs'],
      `${title} is ${a(node.kind)} and has no output.`,
      'Add an output, for example { "out": { "type": "frame" } }.',
    );
  }
  if (node.live && node.kind !== 'source') {
    add(['live'], `${title} is ${a(node.kind)}, but only sources can be live.`, 'Remove "live".');
  }
  if (node.takes !== undefined && !node.live) {
    add(
      ['takes'],
      `${title} takes ${node.takes} from clients, but is not live.`,
      'Add "live": true, or remove "takes".',
    );
  }
  if (node.liveConfig.length > 0 && node.config === undefined) {
    add(
      ['liveConfig'],
      `${title} has liveConfig but no configuration schema.`,
      'Add "config", or remove "liveConfig".',
    );
  }
  for (const [name, port] of Object.entries(node.inputs)) {
    const fault = portTypeFault(port.type, { side: 'input', inputs });
    if (fault !== undefined)
      add(
        ['inputs', name, 'type'],
        `Input "${name}" of ${title} has the port type ${showValue(port.type)}: ${fault}`,
        'Correct the port type.',
      );
  }
  for (const [name, port] of Object.entries(node.outputs)) {
    const fault = portTypeFault(port.type, { side: 'output', inputs });
    if (fault !== undefined)
      add(
        ['outputs', name, 'type'],
        `Output "${name}" of ${title} has the port type ${showValue(port.type)}: ${fault}`,
        'Correct the port type.',
      );
  }
  return problems;
}

function a(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function checkModel(
  model: ModelContribution,
  all: readonly Placed<ModelContribution>[],
  path: readonly PathStep[],
  report: Report,
): PluginProblem[] {
  const problems: PluginProblem[] = [];
  const result = parseModelSource(model.from);
  const add = (step: readonly PathStep[], message: string, mend: string): void => {
    problems.push(report('PLUGIN_MODEL_INVALID', [...path, ...step], message, mend));
  };
  if ('fault' in result) {
    add(
      ['from'],
      `${fieldName([...path, 'from'])} is ${showValue(model.from)}, but ${result.fault}.`,
      'Correct "from".',
    );
    return problems;
  }
  const { source } = result;
  if (source.kind !== 'build') {
    if (model.parts !== undefined)
      add(
        ['parts'],
        `Model "${model.id}" has parts, but is not built.`,
        'Remove "parts", or use "build:<builder>" in "from".',
      );
    if (source.range !== undefined && source.range.bytes !== model.bytes) {
      add(
        ['bytes'],
        `Model "${model.id}" has ${model.bytes} bytes, but "from" takes ${source.range.bytes} bytes of the file.`,
        'Make both numbers equal.',
      );
    }
    return problems;
  }
  for (const [index, id] of (model.parts ?? []).entries()) {
    const part = all.find(({ value }) => value.id === id)?.value;
    if (part === undefined) {
      add(
        ['parts', index],
        `Model "${model.id}" has the part "${id}", which this manifest does not list.`,
        'List the part among the models too.',
      );
    } else if (part.from.startsWith('build:')) {
      add(
        ['parts', index],
        `Model "${model.id}" has the part "${id}", which is built itself.`,
        'Build from files only.',
      );
    }
  }
  return problems;
}

function checkActivationEvents(
  events: readonly string[],
  inferred: readonly string[],
  report: Report,
): PluginProblem[] {
  return events.flatMap((event, index) => {
    if (event === '*') {
      return [
        report(
          'PLUGIN_ACTIVATION_EVENT',
          ['activationEvents', index],
          'activationEvents has "*", but a plugin is activated when something first needs it, never at the start.',
          'Remove "activationEvents": they follow from what the plugin contributes.',
        ),
      ];
    }
    if (inferred.includes(event)) return [];
    return [
      report(
        'PLUGIN_ACTIVATION_EVENT',
        ['activationEvents', index],
        `activationEvents has ${showValue(event)}, which nothing in "contributes" stands for; known here are ${inferred.join(', ') || 'none'}.`,
        'Remove "activationEvents": they follow from what the plugin contributes.',
      ),
    ];
  });
}
