import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUNDLED_PLUGINS } from '../bundled-plugins.js';
import { ConfigError } from './config-error.js';
import { CONFIG_KEYS } from './config-keys.js';
import { environmentValues, fileValues } from './config-sources.js';
import { loadConfig } from './load-config.js';
import type { LoadedConfig } from './load-config.js';
import { describeConfig } from './print-config.js';
import { flagValues } from './serve-options.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Sources {
  readonly file?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, string | readonly string[]>>;
}

function load({ file, env = {}, flags = {} }: Sources = {}): LoadedConfig {
  if (file !== undefined)
    writeFileSync(path.join(folder, 'kinegraph.config.json'), typeof file === 'string' ? file : JSON.stringify(file));
  const texts = (name: string): readonly string[] => [flags[name] ?? []].flat();
  return loadConfig({ workingFolder: folder, env, flags: flagValues({ texts, text: (name) => texts(name)[0] }) });
}

function complaint(sources: Sources): string {
  try {
    load(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'none';
}

describe('the configuration', () => {
  it('is safe without any source', () => {
    const { config, plugins, origins, warnings } = load();
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4242,
      workspace: folder,
      access: { tokenOnLoopback: false, allowedOrigins: [], allowedHosts: [], trustProxy: [] },
      limits: { messageBytes: 8 * 2 ** 20, picturePixels: 64 * 2 ** 20, jsonBytes: 2 ** 20, jsonDepth: 32, runs: 16 },
      media: { folders: [], networkAllow: [] },
      gateways: { socketIo: { enabled: false }, liveSigns: { enabled: false } },
    });
    expect(plugins.map(({ package: name }) => name)).toEqual([...BUNDLED_PLUGINS]);
    expect([origins.size, warnings]).toEqual([0, []]);
  });

  it('takes flags over the environment over the file over the defaults, and keeps where each comes from', () => {
    const file = { port: 1, host: '0.0.0.0', limits: { runs: 2, jsonDepth: 8 } };
    const env = { KINEGRAPH_PORT: '3', KINEGRAPH_LIMITS_RUNS: '4' };
    const loaded = load({ file, env, flags: { port: '5' } });
    expect(loaded.config).toMatchObject({
      port: 5,
      host: '0.0.0.0',
      limits: { runs: 4, jsonDepth: 8, connections: 512 },
    });
    expect(describeConfig(loaded).from).toMatchObject({
      port: '--port',
      host: 'kinegraph.config.json at /host',
      'limits.runs': 'KINEGRAPH_LIMITS_RUNS',
      'limits.jsonDepth': 'kinegraph.config.json at /limits/jsonDepth',
      'limits.connections': 'default',
    });
  });

  it('reaches every setting by --set', () => {
    const { config, origins } = load({
      flags: { set: ['limits.runs=7', 'media.networkAllow=a.example, 10.0.0.0/8', 'metrics.enabled=false'] },
    });
    expect(config).toMatchObject({
      limits: { runs: 7 },
      media: { networkAllow: ['a.example', '10.0.0.0/8'] },
      metrics: { enabled: false },
    });
    expect(origins.get('limits.runs')).toEqual({ kind: 'flag', flag: '--set limits.runs' });
  });

  it('adds plugins of flags to those of the sources below, each looked up from where it was written', () => {
    mkdirSync(path.join(folder, 'conf'));
    writeFileSync(
      path.join(folder, 'conf/server.json'),
      JSON.stringify({ plugins: [{ package: './mine', settings: { key: 'k' } }, 'plugin-a'] }),
    );
    const { plugins } = loadConfig({
      workingFolder: folder,
      env: { KINEGRAPH_CONFIG: 'conf/server.json' },
      flags: flagValues({ text: () => undefined, texts: (name) => (name === 'plugin' ? ['./other', 'plugin-b'] : []) }),
    });
    const conf = path.join(folder, 'conf');
    expect(plugins).toEqual([
      { package: path.join(conf, 'mine'), settings: { key: 'k' }, from: conf },
      { package: 'plugin-a', settings: {}, from: conf },
      { package: path.join(folder, 'other'), settings: {}, from: folder },
      { package: 'plugin-b', settings: {}, from: folder },
    ]);
  });

  it('keeps the bundled plugins where a flag adds one', () => {
    const { plugins } = load({ flags: { plugin: ['plugin-b'] } });
    expect(plugins.map(({ package: name }) => name)).toEqual([...BUNDLED_PLUGINS, 'plugin-b']);
  });

  it('resolves paths against the file that names them, or the working folder', () => {
    mkdirSync(path.join(folder, 'conf'));
    writeFileSync(
      path.join(folder, 'conf/kinegraph.config.json'),
      JSON.stringify({ workspace: 'work', tls: { cert: 'c.pem', key: '/k.pem' }, media: { folders: ['clips'] } }),
    );
    const { config } = loadConfig({
      workingFolder: folder,
      env: { KINEGRAPH_GRAPH: 'g.json' },
      flags: [],
      file: 'conf/kinegraph.config.json',
    });
    const conf = path.join(folder, 'conf');
    expect(config).toMatchObject({
      workspace: path.join(conf, 'work'),
      graph: path.join(folder, 'g.json'),
      tls: { cert: path.join(conf, 'c.pem'), key: '/k.pem' },
      media: { folders: [path.join(conf, 'clips')] },
    });
  });

  it('passes over empty variables, and tells of mistyped ones', () => {
    const { config, warnings } = load({
      env: { KINEGRAPH_PORT: '', KINEGRAPH_HOME: '/x', KINEGRAPH_PROT: '1', KINEGRAPH_SEED: '1' },
    });
    expect(config.port).toBe(4242);
    expect(warnings).toEqual(['There is no setting KINEGRAPH_PROT; it is passed over. Did you mean KINEGRAPH_PORT?']);
  });
});

describe('a bad value', () => {
  it.each<[string, Sources, string]>([
    [
      'a file',
      { file: { limits: { runs: 'many' } } },
      'kinegraph.config.json at /limits/runs: "limits.runs" is "many"; allowed: a whole number from 1 to 1000.',
    ],
    [
      'a variable',
      { env: { KINEGRAPH_PORT: '70000' } },
      'KINEGRAPH_PORT: "port" is 70000; allowed: a whole number from 0 to 65535.',
    ],
    [
      'a variable that is no number',
      { env: { KINEGRAPH_PORT: 'http' } },
      'KINEGRAPH_PORT: "port" is "http"; allowed: a whole number from 0 to 65535.',
    ],
    ['a flag', { flags: { port: '1.5' } }, '--port: "port" is 1.5; allowed: a whole number from 0 to 65535.'],
    [
      '--set',
      { flags: { set: 'limits.runs=0' } },
      '--set limits.runs: "limits.runs" is 0; allowed: a whole number from 1 to 1000.',
    ],
    [
      '--set without a value',
      { flags: { set: 'limits.runs' } },
      '--set limits.runs: A value is missing; allowed: limits.runs=VALUE.',
    ],
    [
      '--set of nothing known',
      { flags: { set: 'limits.run=1' } },
      '--set limits.run: There is no setting "limits.run". Did you mean "limits.runs"?',
    ],
    [
      'an unknown key',
      { file: { limits: { run: 1 } } },
      'kinegraph.config.json at /limits/run: There is no key "run" in "limits"',
    ],
    [
      'a section that is none',
      { file: { limits: 5 }, env: { KINEGRAPH_LIMITS_RUNS: '1' } },
      'kinegraph.config.json at /limits: "limits" is 5; allowed: an object with the keys',
    ],
    [
      'an item of a list',
      { file: { access: { allowedOrigins: ['https://a.example/'] } } },
      'kinegraph.config.json at /access/allowedOrigins/0: "access.allowedOrigins[0]" is "https://a.example/"; allowed: a text in the format "web-origin" of at most 300 characters, such as "https://studio.example"',
    ],
    [
      'a network',
      { env: { KINEGRAPH_MEDIA_NETWORK_ALLOW: 'http://x' } },
      'KINEGRAPH_MEDIA_NETWORK_ALLOW: "media.networkAllow[0]" is "http://x"; allowed: a text in the format "network-target" of at most 1010 characters, such as "camera.example", "*.example.com"',
    ],
    ['a key without its certificate', { flags: { 'tls-key': 'k.pem' } }, 'beside --tls-key: "tls.cert" is missing'],
    ['a list', { file: [] }, 'kinegraph.config.json: The configuration is a list; allowed: an object.'],
    ['no JSON', { file: '{"port": }' }, 'kinegraph.config.json: This is not JSON: in line 1, column 10 "}" was met'],
    [
      'a key twice',
      { file: '{"port":1,"port":2}' },
      'kinegraph.config.json at /port: The key "port" stands there twice.',
    ],
    [
      'a key that is none',
      { file: '{"__proto__":{"port":1}}' },
      'kinegraph.config.json at /__proto__: There is no key "__proto__"',
    ],
  ])('of %s is told with its place, itself and what is allowed', (_, sources, sentence) => {
    expect(complaint(sources)).toContain(sentence);
  });

  it('comes with all others', () => {
    const message = complaint({ file: { port: -1 }, env: { KINEGRAPH_LIMITS_RUNS: 'x' }, flags: { host: 'a b' } });
    expect(message.split('\n')).toHaveLength(3);
  });

  it('may be a file that is not there', () => {
    const ask = (): unknown => loadConfig({ workingFolder: folder, env: {}, flags: [], file: 'no.json' });
    expect(ask).toThrow('no.json: There is no such configuration file.');
  });
});

describe('--print-config', () => {
  it('hides the settings of plugins, which may be keys', () => {
    const loaded = load({ file: { plugins: ['a', { package: 'b', settings: { apiKey: 'hunter2' } }] } });
    const text = JSON.stringify(describeConfig(loaded));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('"apiKey":"(hidden)"');
    expect(loaded.plugins[1]?.settings).toEqual({ apiKey: 'hunter2' });
  });

  it('tells of every setting where it comes from', () => {
    expect(Object.keys(describeConfig(load()).from)).toEqual(CONFIG_KEYS.map(({ name }) => name));
  });
});

describe('any input', () => {
  it('is read or refused with a ConfigError, as a file', () => {
    const key = fc.constantFrom(
      'port',
      'limits',
      'tls',
      'plugins',
      'access',
      '__proto__',
      'constructor',
      'toString',
      '',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.dictionary(key, tie('value'))),
    }));
    const before = Object.keys(Object.prototype);
    fc.assert(
      fc.property(fc.oneof(value, fc.dictionary(key, value)), (document) => {
        const message = complaint({ file: JSON.stringify(document) });
        expect(message === 'none' || message.startsWith('kinegraph.config.json') || message.startsWith('beside ')).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
    expect(Object.keys(Object.prototype)).toEqual(before);
  });

  it('is read or refused with a ConfigError, as a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          fileValues('f', text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
        for (const { value } of environmentValues({ KINEGRAPH_PLUGINS: text, KINEGRAPH_PORT: text }).values)
          expect(value).toBeDefined();
      }),
    );
  });
});
