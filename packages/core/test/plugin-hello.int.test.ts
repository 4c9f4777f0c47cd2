import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRun, parseGraph, resolveGraph } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import { FramePool } from '@kinegraph/core/plugin';
import { aFrame, pluginContractFaults } from '@kinegraph/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';

const core = fileURLToPath(new URL('..', import.meta.url));
const workspace = path.resolve(core, '../..');
const example = path.join(workspace, 'examples/plugin-hello');

/** A project that has installed the example as anybody would: the package, the core and zod in `node_modules`. */
let project: string;
let installed: string;

beforeAll(async () => {
  project = await realpath(await mkdtemp(path.join(tmpdir(), 'kinegraph-hello-')));
  const modules = path.join(project, 'node_modules');
  installed = path.join(modules, 'kinegraph-plugin-hello');
  await mkdir(path.join(modules, '@kinegraph'), { recursive: true });
  await cp(example, installed, { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' });
  await symlink(core, path.join(modules, '@kinegraph/core'), 'dir');
  await symlink(await realpath(path.join(core, 'node_modules/zod')), path.join(modules, 'zod'), 'dir');
});
afterAll(async () => await rm(project, { recursive: true, force: true }));

interface Brightness {
  readonly brightness: number;
  readonly dark: boolean;
}

describe('the example plugin', () => {
  it('passes the plugin contract', async () => {
    const { schemas } = (await import(pathToFileURL(path.join(installed, 'schemas.js')).href)) as {
      schemas: Record<string, z.ZodType>;
    };
    expect(await pluginContractFaults({ folder: installed, schemas })).toEqual({});
  });

  it('is found by name, activated when its node is needed, and measures', async () => {
    await using platform = createNodeHost({ homeFolder: path.join(project, 'home') });
    const { host } = platform;
    expect(await addPlugins(host, ['kinegraph-plugin-hello'], { from: project })).toEqual([
      { accepted: true, problems: [] },
    ]);
    expect(host.catalog.get('hello.brightness')).toMatchObject({ kind: 'extractor', plugin: 'kinegraph-plugin-hello' });
    expect(host.contributions.portTypes().map(({ type }) => type)).toEqual(['hello.brightness']);
    const stateOf = (): unknown => host.plugins().find(({ name }) => name === 'kinegraph-plugin-hello')?.state;
    expect(stateOf()).toBe('listed');

    const { nodeClass } = await host.nodeClass('hello.brightness');
    expect(stateOf()).toBe('active');
    const make = nodeClass as unknown as new (config: object) => {
      extract(frame: unknown): Brightness;
      reconfigure(config: object): boolean;
    };
    const node = new make({ darkBelow: 0.2, stepPx: 1 });
    using frame = aFrame({ width: 2, height: 1, format: 'rgba8' });
    frame.data.set([255, 255, 255, 0, 51, 51, 51, 255]);
    expect(node.extract(frame)).toEqual({ brightness: 0.6, dark: false });
    expect(node.reconfigure({ darkBelow: 0.7, stepPx: 1 })).toBe(true);
    expect(node.extract(frame)).toEqual({ brightness: 0.6, dark: true });
    expect(node.reconfigure({ darkBelow: 0.7, stepPx: 2 })).toBe(false);
    using encoded = aFrame({ format: 'jpeg' });
    expect(() => node.extract(encoded)).toThrow('Put core.transform.decode in front of it.');
  });

  it('brings a graph that runs on the clip of the examples', async () => {
    await using platform = createNodeHost({ homeFolder: path.join(project, 'home') });
    const { host, container } = platform;
    await addPlugins(host, [path.join(workspace, 'packages/plugin-media'), 'kinegraph-plugin-hello'], {
      from: project,
    });
    const [graph] = host.contributions.graphs();
    const { document } = parseGraph(await readFile(fileURLToPath(graph?.url ?? ''), 'utf8'));
    if (document === undefined) throw new Error('The graph of the example is no graph.');
    document.nodes['results'] = { type: 'core.sink.callback' }; // instead of standard output
    const values: Brightness[] = [];
    const run = createRun({
      graph: resolveGraph(document, host.catalog),
      host,
      platform: container,
      baseFolder: path.join(example, 'graphs'),
      callbacks: { results: (value) => void values.push(value as Brightness) },
    });
    await run.start();
    expect((await run.finished).result).toBe('completed');
    expect(values).toHaveLength(30); // one second of the clip
    for (const { brightness, dark } of values) {
      expect(brightness).toBeGreaterThan(0.2);
      expect(brightness).toBeLessThan(0.9);
      expect(dark).toBe(false);
    }
    expect(container.get(FramePool).inUse).toBe(0);
  });
});

describe('docs/plugins.md', () => {
  const files = [
    'package.json',
    'brightness-config.js',
    'schemas.js',
    'brightness-extractor.js',
    'index.js',
    'docs/brightness.md',
    'graphs/hello.kinegraph.json',
  ];

  it.each(files)('shows %s as it is', async (file) => {
    const page = await readFile(path.join(workspace, 'docs/plugins.md'), 'utf8');
    const text = await readFile(path.join(example, file), 'utf8');
    const shown = new RegExp(`\`${file}\`\n\n\`\`\`\\w+\n([\\s\\S]*?)\n\`\`\`\n`).exec(page)?.[1];
    expect(shown).toBe(text.trimEnd());
  });
});
