import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schemaText } from '../graph/index.js';
import { CORE_VERSION } from '../plugins/index.js';
import type { PluginModule } from '../plugins/index.js';
import { pluginContractFaults } from './plugin-contract.js';

const BlurConfig = z.strictObject({ radius: z.number().default(2), mode: z.enum(['box', 'gauss']).default('box') });
const schemas = { 'blur.json': BlurConfig };
const module: PluginModule = { activate: (context) => context.nodes.register('acme.blur', class {}) };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-contract-'));
  for (const inside of ['schemas', 'docs']) await mkdir(path.join(folder, inside));
  await write('schemas/blur.json', schemaText(BlurConfig));
  await write('docs/blur.md', '`radius` in pixels; `mode` of blurring.');
  await write('index.js', '');
  await write('package.json', JSON.stringify(manifest()));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function write(file: string, text: string): Promise<void> {
  await writeFile(path.join(folder, file), text);
}

function manifest(extra: Record<string, unknown> = {}): Record<string, unknown> {
  const ports = { inputs: { in: { type: 'frame' } }, outputs: { out: { type: 'frame' } } };
  const paths = { config: './schemas/blur.json', docs: './docs/blur.md' };
  return {
    name: 'kinegraph-plugin-acme',
    version: '1.0.0',
    engines: { kinegraph: `^${CORE_VERSION}` },
    main: './index.js',
    contributes: { nodes: [{ type: 'acme.blur', kind: 'transform', title: 'Blur', ...ports, ...paths, ...extra }] },
  };
}

describe('the plugin contract', () => {
  it('finds nothing wrong with a good plugin', async () => {
    expect(await pluginContractFaults({ folder, module, schemas })).toEqual({});
    expect(await pluginContractFaults({ folder, module: () => Promise.resolve(module), schemas })).toEqual({});
  });

  it('finds a manifest at fault', async () => {
    await write('package.json', JSON.stringify(manifest({ kind: 'filter' })));
    const faults = await pluginContractFaults({ folder, module, schemas });
    expect(faults['has a manifest that a host accepts']?.[0]).toContain('contributes.nodes[0].kind is "filter"');
  });

  it('finds a written schema that is out of step', async () => {
    const wider = { 'blur.json': BlurConfig.extend({ radius: z.number().default(3) }) };
    expect(await pluginContractFaults({ folder, module, schemas: wider })).toEqual({
      'has written JSON Schemas in step with its zod schemas': [
        expect.stringContaining('schemas/blur.json is out of step'),
      ],
      'takes every configuration schema from a zod schema': [expect.stringContaining('"acme.blur"')],
    });
  });

  it('finds a page that leaves out a configuration key, and one that is not there', async () => {
    await write('docs/blur.md', 'The radius and the `mode`.');
    expect(await pluginContractFaults({ folder, module, schemas })).toEqual({
      'has a page for every node type that tells of each configuration key': [
        'The page of node type "acme.blur" does not tell of `radius`.',
      ],
    });
    await write('package.json', JSON.stringify(manifest({ docs: undefined })));
    expect(Object.values(await pluginContractFaults({ folder, module, schemas }))).toEqual([
      [expect.stringContaining('has no page')],
    ]);
  });

  it('finds an activation that leaves out a type, and an end that fails', async () => {
    const silent: PluginModule = { activate: () => {} };
    expect(Object.values(await pluginContractFaults({ folder, module: silent, schemas }))).toEqual([
      [expect.stringContaining('activate() did not register that')],
    ]);
    const leaky: PluginModule = {
      activate(context) {
        void module.activate(context);
        context.subscriptions.push(() => Promise.reject(new Error('device busy')));
      },
    };
    expect(Object.values(await pluginContractFaults({ folder, module: leaky, schemas }))).toEqual([
      [expect.stringContaining('device busy')],
    ]);
  });
});
