import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TemporaryFolder, kinegraph, start } from './support/kinegraph.js';
import { ModelServer, TEST_CERTIFICATE_FILE, sumOf } from './support/model-server.js';

const NET = new Uint8Array(4 * 1024 * 1024).map((_, index) => (index * index) >> 8);
const SUM = sumOf(NET);

let server: ModelServer;
let folder: TemporaryFolder;
beforeEach(async () => {
  server = await ModelServer.start(NET);
  folder = new TemporaryFolder();
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const env = { NODE_EXTRA_CA_CERTS: TEST_CERTIFICATE_FILE, NO_PROXY: 'localhost' };
const home = (): string => folder.file('home');
const cached = (): string => path.join(home(), 'models', SUM);
const pull = (plugin: string, ...args: string[]): string[] => ['models', 'pull', '--plugin', plugin, ...args];

/** A plugin that ships no weights: its models are on the web. */
function aPlugin(...models: { id: string; from?: string }[]): string {
  const plugin = folder.file('plugin');
  mkdirSync(plugin);
  const manifest = {
    name: 'kinegraph-plugin-weightless',
    version: '1.0.0',
    type: 'module',
    engines: { kinegraph: '^0.1.0' },
    contributes: {
      models: models.map(({ id, from = server.url }, index) => ({
        id,
        // Another sum is another model, which is refused or never comes.
        sha256: index === 0 ? SUM : `${index}`.repeat(64),
        bytes: NET.byteLength,
        license: 'MIT',
        from,
      })),
    },
  };
  writeFileSync(path.join(plugin, 'package.json'), JSON.stringify(manifest));
  return plugin;
}

it('fetches what is not there, once, and with --check again what was damaged', async () => {
  const plugin = aPlugin({ id: 'weightless.net' });
  const first = await kinegraph(pull(plugin, 'weightless.net'), home(), env);
  expect(first.out).toMatch(/^weightless\.net +downloaded +4194304 +kinegraph-plugin-weightless$/m);
  expect(first.err).toBe(`weightless.net: 4.2 MB from ${server.url}\n`);
  expect(first.code).toBe(0);
  expect(sumOf(readFileSync(cached()))).toBe(SUM);

  const second = await kinegraph(pull(plugin, 'weightless.net', '--json'), home(), env);
  expect(JSON.parse(second.out)).toMatchObject([{ id: 'weightless.net', outcome: 'there' }]);
  expect(server.ranges).toHaveLength(1);

  writeFileSync(cached(), new Uint8Array(NET.byteLength));
  expect((await kinegraph(pull(plugin, 'weightless.net', '--check'), home(), env)).out).toMatch(/net +downloaded/);
  expect(sumOf(readFileSync(cached()))).toBe(SUM);
});

it('without ids takes all models of all plugins, and one that fails does not keep the others away', async () => {
  const plugin = aPlugin({ id: 'weightless.net' }, { id: 'weightless.other' });
  const { code, out, err } = await kinegraph(pull(plugin), home(), env);
  expect(code).toBe(1);
  expect(out).toMatch(/^weightless\.net +downloaded/m);
  expect(out).toMatch(/^weightless\.other +failed/m);
  expect(out).toMatch(/^mediapipe\.hands\.full +built/m);
  expect(err).toMatch(/weightless\.other: Model "weightless\.other" is not used, because .* \(MODEL_CORRUPT\)/);
  const again = await kinegraph(['models', 'pull'], home(), env);
  expect(again.code).toBe(0);
  expect(again.out).not.toContain('built');
});

it('fetches a URL that a graph names, without showing what may be secret in it', async () => {
  const signed = `${server.url}?token=secret`;
  const { code, out, err } = await kinegraph(['models', 'pull', signed], home(), env);
  expect(out).toMatch(/\/net\.bin\?\.\.\. +downloaded +4194304 *$/m);
  expect(err).toBe(`${server.url}?...: starting\n`);
  expect(code).toBe(0);
  expect(sumOf(readFileSync(cached()))).toBe(SUM);
  const again = await kinegraph(['models', 'pull', signed, '--json'], home(), { ...env, KINEGRAPH_OFFLINE: '1' });
  expect(JSON.parse(again.out)).toMatchObject([{ outcome: 'there' }]);
});

it('goes on where a killed process was', async () => {
  const plugin = aPlugin({ id: 'weightless.net' });
  const arrived = server.stallNextAfter(3 * 1024 * 1024);
  const killed = start(pull(plugin, 'weightless.net'), home(), env);
  await arrived;
  const checkpoint = `${cached()}.part.json`;
  const recorded = (): number => {
    try {
      return (JSON.parse(readFileSync(checkpoint, 'utf8')) as { bytes: number }).bytes;
    } catch {
      return 0; // not written yet
    }
  };
  await expect.poll(recorded, { timeout: 20_000 }).toBeGreaterThan(2 * 1024 * 1024 - 1);
  killed.child.kill('SIGKILL');
  expect((await killed.finished).code).toBeNull();
  const kept = recorded();

  const { code, out } = await kinegraph(pull(plugin, 'weightless.net'), home(), env);
  expect(out).toMatch(/net +downloaded/);
  expect(code).toBe(0);
  expect(server.ranges).toEqual([undefined, `bytes=${kept}-`]);
  expect(sumOf(readFileSync(cached()))).toBe(SUM);
  expect(readdirSync(path.join(home(), 'models'))).toEqual([SUM]);
});

it('is stopped by Ctrl-C, and two at once share one download', async () => {
  const plugin = aPlugin({ id: 'weightless.net' });
  const arrived = server.stallNextAfter(1024);
  const stopped = start(pull(plugin, 'weightless.net'), home(), env);
  await arrived;
  stopped.child.kill('SIGINT');
  expect(await stopped.finished).toMatchObject({ code: 1, err: expect.stringContaining('the next pull goes on') });

  const requests = server.ranges.length;
  const both = await Promise.all([0, 1].map(() => kinegraph(pull(plugin, 'weightless.net'), home(), env)));
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(server.ranges).toHaveLength(requests + 1);
  expect(sumOf(readFileSync(cached()))).toBe(SUM);
});

it('is stopped by Ctrl-C while it waits for a connection, and leaves nothing behind', async () => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const plugin = aPlugin({
    id: 'weightless.net',
    from: `https://localhost:${(silent.address() as AddressInfo).port}/net.bin`,
  });
  const arrived = once(silent, 'connection'); // and never ends its TLS handshake
  const stopped = start(pull(plugin, 'weightless.net'), home(), env);
  await arrived;
  stopped.child.kill('SIGINT');
  expect(await stopped.finished).toMatchObject({ code: 1, err: expect.stringContaining('Stopped.') });
  expect(readdirSync(path.join(home(), 'models'))).toEqual([]);
  silent.close();
});

it('opens no connection while offline, and takes a file put in place by hand', async () => {
  const plugin = aPlugin({ id: 'weightless.net' });
  const offline = { ...env, KINEGRAPH_OFFLINE: '1' };
  const refused = await kinegraph(pull(plugin, 'weightless.net'), home(), offline);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(`Download ${server.url} on a machine that may, and put it in place as ${cached()}`);
  expect(server.connections).toBe(0);

  mkdirSync(path.dirname(cached()), { recursive: true });
  writeFileSync(cached(), NET);
  expect(await kinegraph(pull(plugin, 'weightless.net', '--check'), home(), offline)).toMatchObject({ code: 0 });
  expect(server.connections).toBe(0);
});

it.each([
  [['pull', 'mediapipe.hands.ful'], 'Did you mean "mediapipe.hands.full"?'],
  [['pull', 'https://anna:secret@models.test/'], 'Take them out of the URL'],
  [['list', 'mediapipe.hands.full'], 'does not know what to do with "mediapipe.hands.full"'],
  [['verify', '--check'], 'does not know what to do with "--check"'],
])('refuses %j', async (args, sentence) => {
  const { code, err } = await kinegraph(['models', ...args], home());
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});
