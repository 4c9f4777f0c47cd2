import { TokenStore, SCOPES, isScope, tokensFileOf } from '../access/index.js';
import type { Scope } from '../access/index.js';
import type { Command, CommandCall } from '../cli/command.js';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../cli/exit-codes.js';
import { UsageError } from '../cli/usage-error.js';
import { SERVE_OPTIONS, flagValues, loadConfig } from '../config/index.js';
import { textTable } from '../output/text-table.js';

type Action = (tokens: TokenStore, call: CommandCall, rest: readonly string[]) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = { list, create, revoke };

/** Lists the tokens of the server, makes one, or revokes them. A running server follows at once. */
export const tokensCommand: Command = {
  name: 'tokens',
  summary: 'List the tokens of the server, make one, or revoke them.',
  positionals: ['list|create|revoke', '[ID...]'],
  options: {
    scope: {
      type: 'string',
      multiple: true,
      choices: SCOPES,
      value: 'SCOPE',
      description: 'create: what the token is for; may be repeated. Default: view.',
    },
    name: { type: 'string', value: 'TEXT', description: 'create: a name to know it by.' },
    'tokens-file': SERVE_OPTIONS['tokens-file'],
    config: SERVE_OPTIONS.config,
    json: { type: 'boolean', description: 'Print as JSON.' },
  },
  async run(call: CommandCall): Promise<number> {
    const [name = '', ...rest] = call.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined)
      throw new UsageError(`"kinegraph tokens" knows list, create and revoke, not "${name}".`, { command: 'tokens' });
    const file = call.text('config');
    const { config } = loadConfig({
      workingFolder: process.cwd(),
      env: process.env,
      flags: flagValues({
        text: (flag) => call.text(flag),
        texts: (flag) => (flag === 'tokens-file' ? call.texts(flag) : []),
      }),
      ...(file === undefined ? {} : { file }),
    });
    return await action(new TokenStore(tokensFileOf(config, process.env)), call, rest);
  },
};

async function list(tokens: TokenStore, call: CommandCall, rest: readonly string[]): Promise<number> {
  refuseRest('list', rest);
  const all = tokens.list();
  if (call.flag('json')) {
    await call.console.print(JSON.stringify(all, null, 2));
    return EXIT_DONE;
  }
  const rows = all.map(({ id, name, scopes, createdAt }) => [id, name, scopes.join(', '), createdAt]);
  const columns = [{ title: 'id' }, { title: 'name' }, { title: 'scopes' }, { title: 'made' }];
  for (const line of textTable(columns, rows)) await call.console.print(line);
  return EXIT_DONE;
}

async function create(tokens: TokenStore, call: CommandCall, rest: readonly string[]): Promise<number> {
  refuseRest('create', rest);
  const asked = call.texts('scope').filter(isScope);
  const scopes: readonly Scope[] = asked.length === 0 ? ['view'] : [...new Set(asked)];
  const name = call.text('name') ?? '';
  if (name.length > 100)
    throw new UsageError(`--name has ${name.length} characters; allowed: up to 100.`, { command: 'tokens' });
  const made = tokens.create({ name, scopes });
  await call.console.print(call.flag('json') ? JSON.stringify(made, null, 2) : made.token);
  call.console.tell(`Token ${made.id} may ${scopes.join(', ')}. It is not shown again.`);
  return EXIT_DONE;
}

async function revoke(tokens: TokenStore, call: CommandCall, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) throw new UsageError('"kinegraph tokens revoke" needs ID.', { command: 'tokens' });
  const missing = ids.filter((id) => !tokens.revoke(id));
  for (const id of missing) call.console.tell(`There is no token ${JSON.stringify(id)}.`);
  return await Promise.resolve(missing.length === 0 ? EXIT_DONE : EXIT_RUN_FAILED);
}

function refuseRest(action: string, [extra]: readonly string[]): void {
  if (extra !== undefined)
    throw new UsageError(`"kinegraph tokens ${action}" does not know what to do with "${extra}".`, {
      command: 'tokens',
    });
}
