import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const ECHO = JSON.parse(
  readFileSync(inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json'), 'utf8'),
) as object;
const titled = (title: string): object => ({ ...ECHO, title });

/** The commands of docs/operating.md: how to back up, how to restore. */
const [backUp = '', restore = ''] = Array.from(
  readFileSync(inRepository('docs/operating.md'), 'utf8')
    .split('\n## Back-up\n')[1]
    ?.matchAll(/^```sh\n([^]*?)^```/gm) ?? [],
  ([, commands = '']) => commands,
);

let folder: TemporaryFolder;
let env: Record<'WORKSPACE' | 'HOME_FOLDER' | 'BACKUP', string>;
beforeAll(() => {
  folder = new TemporaryFolder();
  env = { WORKSPACE: folder.file('work'), HOME_FOLDER: folder.file('home'), BACKUP: folder.file('kept') };
  for (const made of Object.values(env)) mkdirSync(made);
});
afterAll(() => folder[Symbol.dispose]());

const serve = (): Promise<LiveServer> =>
  LiveServer.start([...WITHOUT_MODELS, '--set', 'access.tokenOnLoopback=true', '--set', `workspace=${env.WORKSPACE}`], {
    KINEGRAPH_HOME: env.HOME_FOLDER,
  });
const shell = (commands: string, more: Record<string, string> = {}): Promise<unknown> =>
  promisify(execFile)('sh', ['-euc', commands], { env: { ...process.env, ...env, ...more } });

it('a server is backed up while it runs, loses all it has, and comes back as it was', async () => {
  const created = await kinegraph(['tokens', 'create', '--scope', 'admin', '--name', 'token'], env.HOME_FOLDER);
  const [token = ''] = /kg_[\w-]+/.exec(created.out + created.err) ?? [];
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const ask = async (server: LiveServer, at: string, method = 'GET', body?: object): Promise<unknown> => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await server.get(`/api/v1${at}`, init);
    expect(answer.ok, `${method} ${at}: ${answer.status}`).toBe(true);
    return await answer.json();
  };
  {
    await using server = await serve();
    await ask(server, '/graphs/kitchen', 'PUT', { revision: 0, graph: titled('First') });
    await ask(server, '/graphs/kitchen', 'PUT', { revision: 1, graph: titled('Second') });
    await ask(server, '/graphs/kitchen/deploy', 'POST', { revision: 1 });
    writeFileSync(path.join(env.WORKSPACE, 'hall.0001.mcap'), 'what was recorded');
    await shell(backUp, { TOKEN: token, SERVER: server.url });
    // kill -9, and the disk is gone.
  }
  for (const lost of [env.WORKSPACE, env.HOME_FOLDER]) rmSync(lost, { recursive: true });
  await shell(restore);

  await using server = await serve();
  expect(await ask(server, '/graphs/kitchen')).toMatchObject({ revision: 2, graph: { title: 'Second' } });
  expect(await ask(server, '/graphs/kitchen/revisions')).toMatchObject({
    revisions: [
      { revision: 2, title: 'Second' },
      { revision: 1, title: 'First' },
    ],
  });
  await expect
    .poll(() => ask(server, '/runs/kitchen'), { timeout: 10_000 })
    .toMatchObject({ title: 'First', state: 'running' });
  const { events } = (await ask(server, '/events')) as { events: { action: string; by: { kind: string } }[] };
  expect(events.map(({ action, by }) => [action, by.kind])).toEqual([
    ['deployGraph', 'token'],
    ['putGraph', 'token'],
    ['putGraph', 'token'],
  ]);
  expect(readFileSync(path.join(env.WORKSPACE, 'hall.0001.mcap'), 'utf8')).toBe('what was recorded');
}, 120_000);
