import type { PluginStatus } from '@kinegraph/core';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE } from '../cli/exit-codes.js';
import { textTable } from '../output/text-table.js';
import { openPlatform } from '../platform.js';

/** Lists the plugins with what each brings, and what is wrong with those that were refused. */
export const pluginsCommand: Command = {
  name: 'plugins',
  summary: 'List the plugins and what each contributes.',
  positionals: [],
  options: { json: { type: 'boolean', description: 'Print the list as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
    });
    const plugins = platform.host.plugins();
    if (call.flag('json')) {
      await call.console.print(JSON.stringify(plugins.map(describe), null, 2));
      return EXIT_DONE;
    }
    const rows = plugins.map((plugin) => [plugin.name, plugin.version, plugin.state, contributions(plugin)]);
    for (const line of textTable(
      [{ title: 'plugin' }, { title: 'version' }, { title: 'state' }, { title: 'brings' }],
      rows,
    ))
      await call.console.print(line);
    for (const plugin of plugins) {
      for (const problem of plugin.problems) {
        await call.console.print('');
        await call.console.print(`${plugin.name}: ${problem.message}`);
        await call.console.print(`  at ${problem.pointer}  (${problem.code})`);
        await call.console.print(`  mend: ${problem.mend}`);
      }
    }
    return EXIT_DONE;
  },
};

function contributions({ plugin }: PluginStatus): string {
  if (plugin === undefined) return '';
  const counts = [
    [plugin.nodeTypes.length, 'node type'],
    [plugin.models.length, 'model'],
    [plugin.skeletons.length, 'skeleton'],
    [plugin.graphs.length, 'graph'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ');
}

function describe(status: PluginStatus): Record<string, unknown> {
  return {
    name: status.name,
    version: status.version,
    state: status.state,
    nodeTypes: status.plugin?.nodeTypes.map((nodeType) => nodeType.type) ?? [],
    models: status.plugin?.models.map((model) => model.id) ?? [],
    problems: status.problems,
  };
}
