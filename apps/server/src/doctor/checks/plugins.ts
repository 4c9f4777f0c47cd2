import type { ServerCheck } from '../check.js';
import { fault, good, sentenceOf } from '../finding.js';

/** Whether the chosen plugins can be loaded and take their settings. */
export const plugins: ServerCheck = {
  name: 'plugins',
  of: 'server',
  limitMs: 30_000,
  async run(server) {
    const { host } = await server.platform();
    const all = host.plugins();
    const refused = all.flatMap(({ problems }) =>
      problems.map(({ message, mend }) =>
        fault(sentenceOf(message), mend ?? 'Correct the plugin, or take it from the configuration.'),
      ),
    );
    const failed = await Promise.all(
      all
        .filter(({ state }) => state === 'listed')
        .map(async ({ name }) => {
          try {
            await host.activate(name);
            return [];
          } catch (error) {
            const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
            const mend = 'Correct its settings ("plugins" of the configuration), or reinstall it.';
            return [fault(`Plugin "${name}" does not start: ${sentenceOf(cause)}`, mend)];
          }
        }),
    );
    const faults = [...refused, ...failed.flat()];
    if (faults.length > 0) return faults;
    const names = all.slice(1).map(({ name }) => name.replace('@kinegraph/', ''));
    return [good(names.length === 0 ? 'The core alone, without plugins.' : `${names.join(', ')} start.`)];
  },
};
