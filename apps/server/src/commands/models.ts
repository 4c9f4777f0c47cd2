import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { textTable } from '../output/text-table.js';
import { openPlatform } from '../platform.js';

const ACTIONS = ['list', 'verify'] as const;

/** Lists the models that plugins name, or builds and checks each one. */
export const modelsCommand: Command = {
  name: 'models',
  summary: 'List the models that plugins name, or verify the sha256 of each.',
  positionals: ['list|verify'],
  options: { json: { type: 'boolean', description: 'Print the models as JSON.' } },
  async run(call: CommandCall): Promise<number> {
    const action = ACTIONS.find((candidate) => candidate === call.positionals[0]);
    if (action === undefined) {
      throw new UsageError(`"kinegraph models" knows ${ACTIONS.join(' and ')}, not "${call.positionals[0] ?? ''}".`, {
        command: 'models',
      });
    }
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
    });
    const models = action === 'list' ? await platform.models.list() : await platform.models.verify();
    if (call.flag('json')) await call.console.print(JSON.stringify(models, null, 2));
    else {
      const rows = models.map((model) => [
        model.id,
        model.state,
        `${model.bytes}`,
        model.license,
        model.plugin,
        model.reason ?? '',
      ]);
      const columns = [
        { title: 'model' },
        { title: 'state' },
        { title: 'bytes', align: 'right' as const },
        { title: 'licence' },
        { title: 'plugin' },
        { title: '' },
      ];
      for (const line of textTable(columns, rows)) await call.console.print(line);
    }
    const isBad = models.some(
      (model) => model.state === 'corrupt' || (action === 'verify' && model.state === 'missing-package'),
    );
    return isBad ? EXIT_RUN_FAILED : EXIT_DONE;
  },
};
