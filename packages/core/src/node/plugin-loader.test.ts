import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CORE_VERSION, PluginHost, PluginLoadError, builtInPlugin, pluginSourceOf } from '../plugins/index.js';
import { testPlatform } from '../testing/index.js';
import { addPlugins, loadPluginSource } from './plugin-loader.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kinegraph-plugins-'));
});
afterEach(async () => await rm(root, { recursive: true, force: true }));

const node = {
  type: 'acme.blur',
  kind: 'transform',
  title: 'Blur',
  inputs: { in: { type: 'any' } },
  outputs: { out: { type: '$in' } },
};
const CODE = `export class Blur { transform(value) { return value; } }
export function activate(context) { context.nodes.register('acme.blur', Blur); }`;

async function write(folder: string, files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return path.join(root, folder);
}

function manifest(extra: Record<string, unknown> = {}): string {
  return JSON.stringify({
    name: 'kinegraph-plugin-acme',
    version: '1.0.0',
    type: 'module',
    engines: { kinegraph: `^${CORE_VERSION}` },
    main: 'dist/node.js',
    exports: { './nothing': './nothing.js' },
    contributes: { nodes: [node] },
    ...extra,
  });
}

async function loadError(name: string): Promise<PluginLoadError> {
  const error: unknown = await loadPluginSource(name, { from: root }).catch((thrown: unknown) => thrown);
  if (!(error instanceof PluginLoadError)) throw new TypeError(`No PluginLoadError: ${String(error)}`);
  return error;
}

describe('loadPluginSource', () => {
  it.each(['kinegraph-plugin-acme', './node_modules/kinegraph-plugin-acme', 'absolute', 'url'])(
    'finds a package by name, path or URL (%s), whatever its exports hide, and runs it',
    async (how) => {
      const folder = await write('node_modules/kinegraph-plugin-acme', {
        'package.json': manifest(),
        'dist/node.js': CODE,
      });
      const name = how === 'absolute' ? folder : how === 'url' ? pathToFileURL(folder).href : how;
      const source = await loadPluginSource(name, { from: root });
      const host = new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin() });
      expect(host.add(source).problems).toEqual([]);
      expect((await host.nodeClass('acme.blur')).nodeClass.name).toBe('Blur');
      await host.deactivate();
    },
  );

  it('gives a source that another thread can make again from its plain data', async () => {
    await write('node_modules/kinegraph-plugin-acme', { 'package.json': manifest(), 'dist/node.js': CODE });
    const { plugin } = await loadPluginSource('kinegraph-plugin-acme', { from: path.join(root, 'node_modules') });
    const again = pluginSourceOf(structuredClone(plugin));
    expect(typeof (await again.load()).activate).toBe('function');
  });

  it('goes by the real folder of a linked package', async () => {
    await write('real/acme', { 'package.json': manifest(), 'dist/node.js': CODE });
    await mkdir(path.join(root, 'node_modules'));
    await symlink(path.join(root, 'real/acme'), path.join(root, 'node_modules/kinegraph-plugin-acme'), 'dir');
    const { plugin } = await loadPluginSource('kinegraph-plugin-acme', { from: root });
    expect(plugin.folderUrl).toBe(`${pathToFileURL(path.join(root, 'real/acme')).href}/`);
  });

  it('tells how to install what is not there', async () => {
    const error = await loadError('@acme/kinegraph-plugin');
    expect(error.code).toBe('PLUGIN_LOAD_FAILED');
    expect(error.data.problem.code).toBe('PLUGIN_NOT_INSTALLED');
    expect(error.message).toContain('the package is not installed');
    expect(error.message).toContain('Run: npm install @acme/kinegraph-plugin');
  });

  it.each([
    ['./none', {}, 'PLUGIN_NOT_INSTALLED', /there is no folder .*none/],
    ['./file', { file: '' }, 'PLUGIN_NOT_INSTALLED', /there is no folder .*file/],
    ['./empty', { 'empty/x': '' }, 'PLUGIN_NOT_A_PLUGIN', /there is no .*package\.json/],
    ['./broken', { 'broken/package.json': '{' }, 'PLUGIN_NOT_JSON', /package\.json is not JSON/],
    ['./other', { 'other/package.json': '{"name":"x"}' }, 'PLUGIN_NOT_A_PLUGIN', /has no "contributes"/],
    ['NOT a name', {}, 'PLUGIN_NAME_INVALID', /no package name, and no path/],
    ['a/../b', {}, 'PLUGIN_NAME_INVALID', /no package name, and no path/],
  ])('refuses %s in one sentence', async (name, files, code, message) => {
    await write('.', files);
    const error = await loadError(name);
    expect(error.data.problem.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('tells that a package is not built, with every other fault of its manifest', async () => {
    await write('acme', {
      'package.json': manifest({ contributes: { nodes: [{ ...node, docs: './docs/blur.md', kind: 'filter' }] } }),
    });
    const { plugin } = await loadPluginSource('./acme', { from: root });
    expect(plugin.problems.map(({ code }) => code)).toEqual(['PLUGIN_MANIFEST_INVALID', 'PLUGIN_NOT_BUILT']);
  });

  it('tells a fault of the code itself when it is activated', async () => {
    await write('acme', { 'package.json': manifest(), 'dist/node.js': 'import "./missing.js";' });
    const host = new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin() });
    host.add(await loadPluginSource('./acme', { from: root }));
    await expect(host.nodeClass('acme.blur')).rejects.toThrow(
      /^Plugin "kinegraph-plugin-acme" could not be activated: .*missing\.js/,
    );
  });
});

describe('addPlugins', () => {
  it('adds what can be loaded and lists the rest as refused', async () => {
    await write('good', { 'package.json': manifest(), 'dist/node.js': CODE });
    const host = new PluginHost({ platform: testPlatform(), builtIn: builtInPlugin() });
    const results = await addPlugins(host, ['@acme/none', './good', './good'], { from: root });
    expect(results.map(({ accepted }) => accepted)).toEqual([false, true, false]);
    expect(host.plugins().map(({ name, state }) => [name, state])).toEqual([
      ['@kinegraph/core', 'active'],
      ['kinegraph-plugin-acme', 'listed'],
      ['@acme/none', 'refused'],
      ['kinegraph-plugin-acme', 'refused'],
    ]);
  });
});
