import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder, inRepository, kinegraph } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';
import { SmallDisk, noSmallDisk } from './support/small-disk.js';

const ECHO = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
const TLS = inRepository('apps/server/test/fixtures/tls');
const OTHER_KEY = inRepository('packages/core/test/fixtures/tls/key.pem');
const STATE = inRepository('apps/server/test/fixtures/states/1');

interface Finding {
  readonly check: string;
  readonly outcome: 'good' | 'warning' | 'fault' | 'skipped';
  readonly message: string;
  readonly mend?: string;
}

let folder: TemporaryFolder;
beforeAll(() => {
  folder = new TemporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

/** A folder of its own for a test. */
function workspace(name: string): string {
  const made = folder.file(name);
  mkdirSync(made, { recursive: true });
  return made;
}

async function doctor(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number | null; readonly findings: readonly Finding[]; of(check: string): Finding[] }> {
  const { code, out, err } = await kinegraph(['doctor', '--json', '--port', '0', ...args], folder.path, env);
  expect(err).toBe('');
  const findings = JSON.parse(out) as readonly Finding[];
  return { code, findings, of: (check) => findings.filter((finding) => finding.check === check) };
}

/** The one fault there is; nothing else may be wrong. */
async function onlyFault(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finding> {
  const { code, findings } = await doctor(args, env);
  const faults = findings.filter(({ outcome }) => outcome === 'fault');
  expect(faults).toHaveLength(1);
  expect(code).toBe(1);
  return faults[0] ?? { check: '', outcome: 'good', message: '' };
}

describe('kinegraph doctor', { timeout: 120_000 }, () => {
  it('finds nothing wrong with this machine, and leaves nothing behind', async () => {
    const fresh = workspace('fresh');
    const { code, findings, of } = await doctor(['--workspace', fresh, '--graph', ECHO]);
    expect(findings.filter(({ outcome }) => outcome === 'fault')).toEqual([]);
    expect(code).toBe(0);
    expect(of('native packages').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^(?=.*sharp)(?=.*jpeg-turbo)(?=.*libsql)(?=.*onnxruntime-node).* load\.$/),
    ]);
    expect(of('graphs').map(({ message }) => message)).toEqual([`${ECHO} is valid.`]);
    expect(readdirSync(fresh)).toEqual([]);
  });

  it('prints rows for people, with the mend of what is wrong, and the count', async () => {
    const { code, out } = await kinegraph(
      ['doctor', '--workspace', workspace('rows'), '--port', '0', '--graph', folder.file('nowhere.kinegraph.json')],
      folder.path,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^good +Node +Node \d+\.\d+\.\d+ on \w+ \w+\.$/m);
    expect(out).toMatch(/^fault +graphs +The graph .*nowhere/m);
    expect(out).toContain('mend: Correct the path or the rights of the file.');
    expect(out).toMatch(/^1 fault\b.*\.$/m);
  });

  it('tells a port that another program has, and one that a Kinegraph has', async () => {
    const other = createServer((socket) => socket.end('hello\n')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // it listens on TCP
    const fault = await onlyFault(['--workspace', workspace('port'), '--port', String(port)]);
    other.close();
    expect(fault).toMatchObject({
      check: 'port',
      message: `The server cannot listen on 127.0.0.1, port ${port}: the port is in use already.`,
      mend: 'Stop what uses it, or choose another port (0 takes any free one).',
    });

    await using server = await LiveServer.start(['--graph', ECHO, '--workspace', workspace('port')]);
    const { port: taken } = new URL(server.url);
    const { code, of } = await doctor(['--workspace', workspace('port'), '--port', taken]);
    expect(of('port')).toEqual([
      expect.objectContaining({ outcome: 'good', message: `A Kinegraph listens on 127.0.0.1, port ${taken} already.` }),
    ]);
    expect(code).toBe(0);
  });

  it('tells a certificate that has ended, and a key that is not its own', async () => {
    const args = ['--workspace', workspace('tls'), '--tls-cert', path.join(TLS, 'expired.pem')];
    expect(await onlyFault([...args, '--tls-key', path.join(TLS, 'key.pem')])).toMatchObject({
      check: 'TLS',
      message: 'The certificate has ended on 2024-02-01.',
    });
    const other = await onlyFault([...args, '--tls-key', OTHER_KEY]);
    expect(other.message).toMatch(/^tls\.key \(.*key\.pem\) cannot be used: .*mismatch/);
    expect(other.mend).toContain('made together');
    expect(await onlyFault([...args, '--tls-key', folder.file('no.pem')])).toMatchObject({
      message: expect.stringContaining('no such file'),
    });
  });

  it('tells a configuration that is none, with all that is wrong with it, and goes on with the machine', async () => {
    const config = folder.file('broken.json');
    writeFileSync(config, '{"port": 1,}');
    const { code, of } = await doctor(['--config', config]);
    expect(of('configuration')).toEqual([
      expect.objectContaining({ outcome: 'fault', message: expect.stringContaining('This is not JSON: in line 1') }),
    ]);
    expect(of('Node')).toEqual([expect.objectContaining({ outcome: 'good' })]);
    expect(of('port')).toEqual([expect.objectContaining({ outcome: 'skipped' })]);
    expect(code).toBe(1);

    writeFileSync(config, '{"limits": {"runs": 0}, "colour": "red"}');
    const two = await doctor(['--config', config, '--set', 'logging.level=loud']);
    expect(two.of('configuration').map(({ message }) => message)).toEqual([
      expect.stringContaining('/limits/runs'),
      expect.stringContaining('--set logging.level'),
      expect.stringContaining('"colour"'),
    ]);
    // A variable that is mistyped is passed over, and told.
    const warned = await doctor(['--workspace', workspace('mistyped')], { KINEGRAPH_PROT: '80' });
    expect(warned.of('configuration').map(({ outcome }) => outcome)).toEqual(['good', 'warning']);
    expect(warned.code).toBe(0);
  });

  it('tells tokens that others may read, without changing it, and a file that holds none', async () => {
    const file = folder.file('tokens-read.json');
    writeFileSync(file, '{"version": 1, "tokens": []}');
    chmodSync(file, 0o644);
    const args = ['--workspace', workspace('tokens'), '--tokens-file', file];
    const readable = await doctor(args);
    expect(readable.of('tokens')).toEqual([
      expect.objectContaining({ outcome: 'warning', mend: `Run: chmod 600 ${file}` }),
    ]);
    chmodSync(file, 0o600);
    writeFileSync(file, '[]');
    expect(await onlyFault(args)).toMatchObject({ check: 'tokens', message: expect.stringContaining(file) });
  });

  it('tells a plugin that is missing, one that is faulty and one whose settings are none', async () => {
    const config = folder.file('plugins.json');
    const settings = { webhooks: { crm: { url: 'ftp://example.org/' } } };
    writeFileSync(
      config,
      JSON.stringify({
        plugins: [
          '@acme/nothing',
          inRepository('apps/server/test/fixtures/plugin-faulty'),
          { package: '@kinegraph/plugin-connect', settings },
        ],
      }),
    );
    const { code, of } = await doctor(['--config', config, '--workspace', workspace('plugins')]);
    expect(code).toBe(1);
    const faults = of('plugins').map(({ message }) => message);
    expect(faults[0]).toContain('@acme/nothing');
    expect(faults.some((text) => text.includes('must be http:// or https://'))).toBe(true);
    expect(of('plugins').every(({ outcome, mend }) => outcome === 'fault' && mend !== '')).toBe(true);
  });

  it('survives compiled code that ends its process', async () => {
    const plugin = workspace('plugin-crash');
    cpSync(inRepository('apps/server/test/fixtures/plugin-throws'), plugin, { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(plugin, 'package.json'), 'utf8')) as Record<string, unknown>;
    writeFileSync(
      path.join(plugin, 'package.json'),
      JSON.stringify({ ...manifest, dependencies: { 'onnxruntime-node': '*' } }),
    );
    const broken = path.join(plugin, 'node_modules/onnxruntime-node');
    mkdirSync(broken, { recursive: true });
    writeFileSync(path.join(broken, 'package.json'), '{"name": "onnxruntime-node", "main": "index.js"}');
    writeFileSync(path.join(broken, 'index.js'), 'process.abort();');
    const { of } = await doctor(['--workspace', workspace('crash'), '--plugin', plugin]);
    expect(of('native packages')).toEqual([
      expect.objectContaining({
        outcome: 'fault',
        message: 'onnxruntime-node does not load: its process crashed (SIGABRT).',
      }),
    ]);
  });

  it('tells models that are not there: by choice, without a network, and as files', async () => {
    const graph = (model: string): string => {
      const file = folder.file(`${model.replaceAll(/\W/g, '-')}.kinegraph.json`);
      const nodes = { camera: { type: 'core.source.frames' }, people: { type: 'yolo.pose', config: { model } } };
      const sink = { out: { type: 'core.sink.results' } };
      const wires = [
        ['camera.frame', 'people.frame'],
        ['people.people', 'out.in'],
      ];
      writeFileSync(file, JSON.stringify({ kinegraph: 1, nodes: { ...nodes, ...sink }, wires }));
      return file;
    };
    const there = workspace('models');
    expect(await onlyFault(['--workspace', there, '--graph', graph('yolo.yolov8n-pose')])).toMatchObject({
      check: 'models',
      message: expect.stringMatching(/^yolo\.yolov8n-pose, which .* needs, is not there, and no run downloads it\.$/),
      mend: 'Run: kinegraph models pull yolo.yolov8n-pose',
    });
    expect(await onlyFault(['--workspace', there, '--graph', graph('mine.onnx')])).toMatchObject({
      check: 'models',
      message: expect.stringContaining(`there is no file ${folder.file('mine.onnx')}`),
    });
  });

  it('tells receivers that graphs name and nobody has set up', async () => {
    const there = workspace('receivers');
    const config = folder.file('receivers.json');
    const webhooks = { crm: { url: 'https://example.org/', secretFile: folder.file('no-secret') } };
    const plugins = [{ package: '@kinegraph/plugin-connect', settings: { webhooks } }];
    writeFileSync(config, JSON.stringify({ plugins }));
    const graph = folder.file('elsewhere.kinegraph.json');
    const nodes = {
      camera: { type: 'core.source.frames' },
      crm: { type: 'connect.sink.webhook', config: { webhook: 'crm' } },
      shop: { type: 'connect.sink.webhook', config: { webhook: 'shop' } },
      hall: { type: 'connect.sink.mqtt', config: { connection: 'hall' } },
    };
    const wires = ['crm', 'shop', 'hall'].map((sink) => ['camera.frame', `${sink}.in`]);
    writeFileSync(graph, JSON.stringify({ kinegraph: 1, nodes, wires }));
    const { code, of } = await doctor(['--config', config, '--workspace', there, '--graph', graph]);
    expect(of('receivers').map(({ outcome, message }) => `${outcome}: ${message}`)).toEqual([
      expect.stringMatching(/^fault: .*"shop" sends to "shop", which is not among the webhooks: there are crm\.$/),
      expect.stringMatching(/^fault: .*"hall" sends to "hall", which is not among the connections: there are none\.$/),
      expect.stringMatching(/^fault: secretFile of webhooks\.crm cannot be read: ENOENT/),
    ]);
    expect(code).toBe(1);
  });

  it('tells names that lead nowhere, or where graphs may not go', async () => {
    const { code, of } = await doctor([
      ...['--workspace', workspace('names')],
      ...['--allow-network', 'no-such-host.invalid', '--allow-network', 'localhost', '--allow-network', '10.0.0.0/8'],
    ]);
    expect(of('allowed names')).toEqual([
      expect.objectContaining({
        outcome: 'warning',
        message: expect.stringContaining('"no-such-host.invalid" cannot be found'),
      }),
    ]);
    expect(code).toBe(0);
  });
});

describe('kinegraph doctor looks into the state', { timeout: 180_000 }, () => {
  it('of a server that runs, was cut off, has ended, and was damaged', async () => {
    const there = workspace('state');
    const args = ['--workspace', there];
    {
      await using server = await LiveServer.start(args);
      const text = JSON.parse(readFileSync(ECHO, 'utf8')) as unknown;
      const put = await server.get('/api/v1/graphs/echo', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ revision: 0, graph: text }),
      });
      expect(put.status).toBe(200);
      expect((await server.post('/api/v1/graphs/echo/deploy', {})).status).toBe(200);
      const running = await doctor(args);
      expect(running.of('state')).toEqual([
        expect.objectContaining({
          outcome: 'good',
          message: expect.stringMatching(/is whole \(\d+ bytes, 1 deployed graph\)/),
        }),
      ]);
      expect(running.code).toBe(0);
      // The server still has it, and was not disturbed.
      expect((await server.get('/api/v1/graphs')).status).toBe(200);
    } // killed: its log is left
    const state = path.join(there, '.kinegraph');
    const left = readdirSync(state).sort();
    expect(left).toContain('kinegraph.db-wal');
    const cut = await doctor(args);
    expect(cut.of('state').map(({ message }) => message)).toEqual([
      expect.stringMatching(/is whole \(\d+ bytes, 1 deployed graph\)\.$/),
    ]);
    expect(cut.of('graphs').map(({ message }) => message)).toEqual(['2 graphs are valid.']); // kept, and deployed
    expect(readdirSync(state).sort()).toEqual(left);

    // In order again, then damaged in the middle.
    const server = await LiveServer.start(args);
    await server.stop();
    await server[Symbol.asyncDispose]();
    const database = path.join(state, 'kinegraph.db');
    const { length } = readFileSync(database);
    const file = openSync(database, 'r+');
    for (let page = 2; page * 4096 < length; page += 1) writeSync(file, Buffer.alloc(2048, 0xab), 0, 2048, page * 4096);
    closeSync(file);
    const broken = readFileSync(database);
    expect(await onlyFault(args)).toMatchObject({ check: 'state', mend: expect.stringContaining('back-up') });
    expect(readFileSync(database).equals(broken)).toBe(true);
    writeFileSync(database, 'This is no database, whatever its name may say.'.repeat(100));
    expect(await onlyFault(args)).toMatchObject({ check: 'state', message: expect.stringContaining('is broken') });
  });

  it('of an older version, and leaves it at that', async () => {
    const there = workspace('older');
    cpSync(path.join(STATE, 'kinegraph.db'), path.join(there, 'kinegraph.db'));
    const before = readFileSync(path.join(there, 'kinegraph.db'));
    const { of } = await doctor(['--workspace', there, '--set', `state.folder=${there}`]);
    expect(of('state')).toEqual([expect.objectContaining({ outcome: 'good' })]);
    expect(of('graphs')[0]?.message).toContain('deployed graph "hands"'); // which is none, but was read
    expect(readFileSync(path.join(there, 'kinegraph.db')).equals(before)).toBe(true);
    expect(readdirSync(there)).toEqual(['kinegraph.db']);
  });

  const reason = noSmallDisk();
  it.skipIf(reason !== undefined)(`on a disk that is read-only, and one that is full ${reason ?? ''}`, async () => {
    using small = new SmallDisk(1024 * 1024);
    const full = await doctor(['--workspace', small.path]);
    expect(full.of('disk')[0]).toMatchObject({
      outcome: 'fault',
      message: expect.stringMatching(/^[01] MiB are free/),
    });
    execFileSync('mount', ['-o', 'remount,ro', small.path]);
    const { code, of } = await doctor(['--workspace', small.path]);
    expect(of('state').map(({ outcome, message }) => `${outcome}: ${message}`)).toEqual([
      expect.stringMatching(
        /^fault: Nothing can be kept in .*\.kinegraph: it is on a file system that is read-only\.$/,
      ),
      expect.stringMatching(/^fault: Nothing can be kept in .*graphs: it is on a file system that is read-only\.$/),
      expect.stringMatching(/^good: There is no database/),
    ]);
    expect(code).toBe(1);
  });
});
