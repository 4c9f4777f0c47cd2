import type { JsonSchema, NodeTypeDescriptor } from '@kinegraph/core';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_BAD_USAGE, EXIT_DONE } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { textTable } from '../output/text-table.js';
import { openPlatform } from '../platform.js';

/** Lists the node types, or tells everything about one: what gst-inspect is to GStreamer. */
export const nodesCommand: Command = {
  name: 'nodes',
  summary: 'List the node types, or show one: ports, configuration, plugin, example.',
  positionals: ['[TYPE]'],
  options: { json: { type: 'boolean', description: 'Print the descriptions as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    await using platform = await openPlatform({ plugins: call.texts('plugin'), debug: call.flag('debug'), console: call.console });
    const { catalog } = platform.host;
    const [type] = call.positionals;
    if (type === undefined) {
      await printList(call, catalog.list());
      return EXIT_DONE;
    }
    const descriptor = catalog.get(type);
    if (descriptor === undefined) {
      call.reportError(new UsageError(`There is no node type "${type}". "kinegraph nodes" lists those there are.`, { command: 'nodes' }));
      return EXIT_BAD_USAGE;
    }
    if (call.flag('json')) await call.console.print(JSON.stringify(descriptor, null, 2));
    else for (const line of descriptionLines(descriptor)) await call.console.print(line);
    return EXIT_DONE;
  },
};

async function printList(call: CommandCall, descriptors: readonly NodeTypeDescriptor[]): Promise<void> {
  const sorted = descriptors.toSorted((a, b) => a.type.localeCompare(b.type));
  if (call.flag('json')) {
    await call.console.print(JSON.stringify(sorted, null, 2));
    return;
  }
  const rows = sorted.map(({ type, kind, title, plugin }) => [type, kind, title, plugin]);
  for (const line of textTable([{ title: 'type' }, { title: 'kind' }, { title: 'title' }, { title: 'plugin' }], rows)) await call.console.print(line);
}

/** Everything about a node type, as lines for a terminal. */
export function descriptionLines(descriptor: NodeTypeDescriptor): readonly string[] {
  const lines = [`${descriptor.type}  (${descriptor.kind}, version ${descriptor.typeVersion})`, descriptor.title];
  if (descriptor.description !== undefined) lines.push(descriptor.description);
  const traits = [
    `runs in ${descriptor.runsIn === 'worker' ? 'a worker' : 'the main thread'}`,
    ...(descriptor.live ? ['live'] : []),
    ...(descriptor.stateless ? ['stateless: may run with concurrency'] : []),
  ];
  lines.push('', `plugin  ${descriptor.plugin}`, `traits  ${traits.join(', ')}`);
  lines.push(...portLines('inputs', descriptor.inputs), ...portLines('outputs', descriptor.outputs), ...configLines(descriptor));
  lines.push('', 'example', ...JSON.stringify({ type: descriptor.type, config: exampleConfig(descriptor.configSchema) }, null, 2).split('\n').map((line) => `  ${line}`));
  return lines;
}

function portLines(title: string, ports: Readonly<Record<string, { readonly type: string; readonly optional?: boolean; readonly description?: string }>>): readonly string[] {
  const rows = Object.entries(ports).map(([name, port]) => [`  ${name}`, port.type, port.optional === true ? 'optional' : '', port.description ?? '']);
  if (rows.length === 0) return [];
  return ['', title, ...textTable([{ title: '  port' }, { title: 'type' }, { title: '' }, { title: 'what' }], rows)];
}

function configLines(descriptor: NodeTypeDescriptor): readonly string[] {
  const properties = propertiesOf(descriptor.configSchema);
  const required = new Set(asTexts(descriptor.configSchema['required']));
  const rows = properties.map(([key, schema]) => [
    `  ${key}`,
    allowedValues(schema),
    'default' in schema ? JSON.stringify(schema['default']) : required.has(key) ? 'required' : '',
    descriptor.liveConfig.includes(key) ? 'live' : '',
    asText(schema['description']) ?? asText(schema['title']) ?? '',
  ]);
  if (rows.length === 0) return [];
  return ['', 'configuration', ...textTable([{ title: '  key' }, { title: 'allowed' }, { title: 'default' }, { title: '' }, { title: 'what' }], rows)];
}

/** The range of a value in a few words. */
function allowedValues(schema: JsonSchema): string {
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema['const']);
  const alternatives = schema['anyOf'];
  if (Array.isArray(alternatives)) return alternatives.map((alternative: unknown) => allowedValues(asSchema(alternative))).join(' | ');
  const type = asText(schema['type']) ?? 'any';
  const low = schema['minimum'] ?? schema['exclusiveMinimum'];
  const high = schema['maximum'] ?? schema['exclusiveMaximum'];
  const isUnbounded = (value: unknown): boolean => typeof value !== 'number' || Math.abs(value) >= Number.MAX_SAFE_INTEGER;
  if (isUnbounded(low) && isUnbounded(high)) return type;
  const open = 'exclusiveMinimum' in schema ? 'above ' : '';
  if (isUnbounded(high)) return `${type} ${open === '' ? 'from ' : open}${String(low)}`;
  return `${type} ${isUnbounded(low) ? 'up to ' : `${open}${String(low)} to `}${String(high)}`;
}

/** What must be set, and otherwise the defaults. */
function exampleConfig(schema: JsonSchema): Record<string, unknown> {
  const required = new Set(asTexts(schema['required']));
  const entries = propertiesOf(schema)
    .filter(([key, property]) => required.has(key) || 'default' in property)
    .map(([key, property]) => [key, 'default' in property ? property['default'] : `<${asText(property['title']) ?? key}>`] as const);
  return Object.fromEntries(entries);
}

function propertiesOf(schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries(asSchema(schema['properties'])).map(([key, property]) => [key, asSchema(property)] as const);
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
