import { describeAllowed, nearestName } from '@kinegraph/core';
import type { JsonSchema, NodeTypeDescriptor } from '@kinegraph/core';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { textTable, wrapText } from '../output/text-table.js';
import { openPlatform } from '../platform.js';

/** Lists the node types, or tells everything about one: what gst-inspect is to GStreamer. */
export const nodesCommand: Command = {
  name: 'nodes',
  summary: 'List the node types, or show one: ports, configuration, plugin, example.',
  positionals: ['[TYPE]'],
  options: { json: { type: 'boolean', description: 'Print the descriptions as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
    });
    const { catalog } = platform.host;
    const [type] = call.positionals;
    if (type === undefined) {
      await printList(call, catalog.list());
      return EXIT_DONE;
    }
    const descriptor = catalog.get(type);
    if (descriptor === undefined) {
      const near = nearestName(
        type,
        catalog.list().map((known) => known.type),
      );
      const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
      throw new UsageError(`There is no node type "${type}".${hint} "kinegraph nodes" lists those there are.`, {
        command: 'nodes',
      });
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
  for (const line of textTable([{ title: 'type' }, { title: 'kind' }, { title: 'title' }, { title: 'plugin' }], rows))
    await call.console.print(line);
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
  lines.push(
    ...portLines('inputs', descriptor.inputs),
    ...portLines('outputs', descriptor.outputs),
    ...configLines(descriptor),
  );
  lines.push(
    '',
    'example',
    ...JSON.stringify({ type: descriptor.type, config: exampleConfig(descriptor.configSchema) }, null, 2)
      .split('\n')
      .map((line) => `  ${line}`),
  );
  return lines;
}

function portLines(
  title: string,
  ports: Readonly<
    Record<string, { readonly type: string; readonly optional?: boolean; readonly description?: string }>
  >,
): readonly string[] {
  const rows = Object.entries(ports).map(([name, port]) => [
    `  ${name}`,
    port.type,
    port.optional === true ? 'optional' : '',
    port.description ?? '',
  ]);
  if (rows.length === 0) return [];
  return ['', title, ...textTable([{ title: '  port' }, { title: 'type' }, { title: '' }, { title: 'what' }], rows)];
}

function configLines(descriptor: NodeTypeDescriptor): readonly string[] {
  const properties = propertiesOf(descriptor.configSchema);
  if (properties.length === 0) return [];
  const required = new Set(asTexts(descriptor.configSchema['required']));
  const lines = properties.flatMap(([key, schema]) => {
    const facts = [
      describeAllowed(schema, descriptor.configSchema),
      ...('default' in schema ? [`default ${JSON.stringify(schema['default'])}`] : []),
      ...(required.has(key) && !('default' in schema) ? ['required'] : []),
      ...(descriptor.liveConfig.includes(key) ? ['live'] : []),
    ];
    const what = asText(schema['description']) ?? asText(schema['title']);
    return [
      `  ${key}: ${facts.join(', ')}`,
      ...(what === undefined ? [] : wrapText(what, 92).map((line) => `      ${line}`)),
    ];
  });
  return ['', 'configuration', ...lines];
}

/** What must be set, and otherwise the defaults. */
function exampleConfig(schema: JsonSchema): Record<string, unknown> {
  const required = new Set(asTexts(schema['required']));
  const entries = propertiesOf(schema)
    .filter(([key, property]) => required.has(key) || 'default' in property)
    .map(
      ([key, property]) =>
        [key, 'default' in property ? property['default'] : `<${asText(property['title']) ?? key}>`] as const,
    );
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
