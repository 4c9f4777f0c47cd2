import { ModelDownloadError, ModelUnknownError } from '@kinegraph/core';
import type { ModelStatus, PulledModel } from '@kinegraph/core';
import type { NodeHost } from '@kinegraph/core/node';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { PullReport, pullTable } from '../output/pull-report.js';
import { textTable } from '../output/text-table.js';
import { openPlatform } from '../platform.js';

type Action = (platform: NodeHost, call: CommandCall, ids: readonly string[]) => Promise<number>;

const STOPPED_PULL = 'Stopped. What has come is kept; the next pull goes on from there.';
const ACTIONS: Readonly<Record<string, Action>> = { list, verify, pull };

/** Lists the models that plugins name, checks them, or fetches those that are not there. */
export const modelsCommand: Command = {
  name: 'models',
  summary: 'List the models that plugins name, verify the sha256 of each, or fetch those that are not there.',
  positionals: ['list|verify|pull', '[ID|URL...]'],
  options: {
    json: { type: 'boolean', description: 'Print the models as JSON.' },
    check: { type: 'boolean', description: 'pull: check the sha256 of those that are there, too.' },
  },
  async run(call: CommandCall): Promise<number> {
    const [name = '', ...ids] = call.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) {
      throw new UsageError(`"kinegraph models" knows list, verify and pull, not "${name}".`, { command: 'models' });
    }
    if (action !== pull) {
      const extra = ids[0] ?? (call.flag('check') ? '--check' : undefined);
      if (extra !== undefined)
        throw new UsageError(`"kinegraph models ${name}" does not know what to do with "${extra}".`, {
          command: 'models',
        });
    }
    await using platform = await openPlatform({
      plugins: call.texts('plugin'),
      debug: call.flag('debug'),
      console: call.console,
    });
    try {
      return await action(platform, call, ids);
    } catch (error) {
      if (!call.interrupted.aborted) throw error;
      call.console.clearStatus();
      call.console.tell(action === pull ? STOPPED_PULL : 'Stopped.');
      return EXIT_RUN_FAILED;
    }
  },
};

async function list(platform: NodeHost, call: CommandCall): Promise<number> {
  const models = await platform.models.list(call.interrupted);
  await printStatus(models, call);
  return models.some(({ state }) => state === 'corrupt') ? EXIT_RUN_FAILED : EXIT_DONE;
}

async function verify(platform: NodeHost, call: CommandCall): Promise<number> {
  const models = await platform.models.verify(call.interrupted);
  await printStatus(models, call);
  return models.some(({ state }) => state === 'corrupt' || state === 'missing-package') ? EXIT_RUN_FAILED : EXIT_DONE;
}

async function pull(platform: NodeHost, call: CommandCall, ids: readonly string[]): Promise<number> {
  const { console } = call;
  const report = new PullReport(console, () => performance.now());
  let results: readonly PulledModel[];
  try {
    results = await platform.models.pull(ids, {
      check: call.flag('check'),
      signal: call.interrupted,
      onStart: (model) => report.onStart(model),
      onProgress: (model, progress) => report.onProgress(model, progress),
      onResult: (result) => report.onResult(result),
    });
  } catch (error) {
    // A download that fails is among the results; this one was never begun.
    if (error instanceof ModelUnknownError || error instanceof ModelDownloadError)
      throw new UsageError(error.message, { command: 'models' });
    throw error;
  }
  if (call.flag('json')) await console.print(JSON.stringify(results, null, 2));
  else for (const line of pullTable(results)) await console.print(line);
  return results.some(({ outcome }) => outcome === 'failed') ? EXIT_RUN_FAILED : EXIT_DONE;
}

async function printStatus(models: readonly ModelStatus[], call: CommandCall): Promise<void> {
  const { console } = call;
  if (call.flag('json')) {
    await console.print(JSON.stringify(models, null, 2));
    return;
  }
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
  for (const line of textTable(columns, rows)) await console.print(line);
}
