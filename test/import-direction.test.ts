import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, lintFiles } from './support/lint-workspace.js';
import { type ImportCase as Case, importOf, packageCases } from './support/package-import-cases.js';

const LAYERS = ['plugins', 'runtime', 'graph', 'nodes', 'kinds', 'protocol', 'vision', 'base'];

/** Every pair of layers, both ways, and the folders above them. */
const layerCases: Case[] = LAYERS.flatMap((from, index) => [
  ...LAYERS.filter((to) => to !== from).map((to): Case => {
    const allowed = LAYERS.indexOf(to) > index;
    return {
      title: `core/${from} ${allowed ? 'may' : 'may not'} import core/${to}`,
      file: `packages/core/src/${from}/to-${to}.ts`,
      source: importOf(`../${to}/index.js`),
      ...(allowed
        ? {}
        : {
            says: [
              `src/${from} may not import src/${to}`,
              `Allowed here: ${[`files of src/${from}`, ...LAYERS.slice(index + 1).map((name) => `src/${name}/index.js`)].join(', ')}.`,
            ],
          }),
    };
  }),
  ...['node', 'browser', 'testing'].map((to): Case => ({
    title: `core/${from} may not import core/${to}`,
    file: `packages/core/src/${from}/to-${to}.ts`,
    source: importOf(`../${to}/index.js`),
    says: [`src/${from} may not import src/${to}`, 'Allowed here:'],
  })),
]);

const outerCases: Case[] = ['node', 'browser', 'testing'].flatMap((from) => [
  ...LAYERS.map((to): Case => ({
    title: `core/${from} may import core/${to}`,
    file: `packages/core/src/${from}/to-${to}.ts`,
    source: importOf(`../${to}/index.js`),
  })),
  ...['node', 'browser', 'testing']
    .filter((to) => to !== from)
    .map((to): Case => ({
      title: `core/${from} may not import core/${to}`,
      file: `packages/core/src/${from}/to-${to}.ts`,
      source: importOf(`../${to}/index.js`),
      says: [`src/${from} may not import src/${to}`, 'src/plugins/index.js'],
    })),
]);

const faceCases: Case[] = [
  {
    title: 'a folder is entered by its index',
    file: 'packages/core/src/runtime/wires/deep.ts',
    source: importOf('../../vision/frame.js'),
    says: ['Import src/vision/index.js instead', 'allowed here: files of src/runtime, src/graph/index.js'],
  },
  {
    title: 'the index of a folder inside another folder is no public face',
    file: 'packages/core/src/runtime/deep-index.ts',
    source: importOf('../nodes/buffers/index.js'),
    says: ['Import src/nodes/index.js instead'],
  },
  {
    title: 'a folder is free inside itself',
    file: 'packages/core/src/nodes/buffers/beside.ts',
    source: importOf('../transforms/ema.js'),
  },
  {
    title: 'a type counts as an import',
    file: 'packages/core/src/base/type-only.ts',
    source: `import type { Frame } from '../vision/index.js';\nexport type Used = Frame;\n`,
    says: ['src/base may not import src/vision'],
  },
  {
    title: 'a type named in place counts too',
    file: 'packages/core/src/base/type-in-place.ts',
    source: `export type Used = import('../vision/index.js').Frame;\n`,
    says: ['src/base may not import src/vision'],
  },
  {
    title: 'so does an import while running',
    file: 'packages/core/src/base/dynamic.ts',
    source: `export const load = (): Promise<unknown> => import('../vision/index.js');\n`,
    says: ['src/base may not import src/vision'],
  },
  {
    title: 'and an export from elsewhere',
    file: 'packages/core/src/base/re-export.ts',
    source: `export { Frame } from '../vision/index.js';\nexport * from '../kinds/index.js';\n`,
    says: ['src/base may not import src/vision'],
  },
  {
    title: 'a layer may not import an entry of the package',
    file: 'packages/core/src/base/entry.ts',
    source: importOf('../index.js'),
    says: ['imports an entry of the package from below'],
  },
  {
    title: 'an entry may import a layer',
    file: 'packages/core/src/plugin.ts',
    source: importOf('./plugins/index.js'),
  },
  {
    title: 'an entry may not import the platform',
    file: 'packages/core/src/index.ts',
    source: importOf('./node/index.js'),
    says: ['src/index and plugin may not import src/node', 'Allowed here: src/plugins/index.js'],
  },
  {
    title: 'a test in core may import what it needs',
    file: 'packages/core/src/base/clock.test.ts',
    source: importOf('../testing/virtual-clock.js'),
  },
];

const platformCases: Case[] = [
  {
    title: 'a layer may not import Node',
    file: 'packages/core/src/plugins/files.ts',
    source: importOf('node:fs'),
    says: ['src/plugins must run in a browser too and may not import "node:fs"', 'Allowed here: inversify'],
  },
  {
    title: 'nor by its bare name',
    file: 'packages/core/src/runtime/bare.ts',
    source: importOf('worker_threads'),
    says: ['may not import "worker_threads"'],
  },
  {
    title: 'nor a Node-only package',
    file: 'packages/core/src/vision/pixels.ts',
    source: importOf('sharp'),
    says: ['may not import "sharp"', 'Node-only packages belong to src/node'],
  },
  {
    title: 'an entry may not import Node either',
    file: 'packages/core/src/other-entry.ts',
    source: importOf('node:path'),
    says: ['The entries of src must run in a browser too'],
  },
  {
    title: 'src/browser may not import Node',
    file: 'packages/core/src/browser/files.ts',
    source: importOf('node:fs'),
    says: ['only src/node may touch Node'],
  },
  { title: 'src/node may import Node', file: 'packages/core/src/node/files.ts', source: importOf('node:fs') },
  { title: 'src/node may import sharp', file: 'packages/core/src/node/pixels.ts', source: importOf('sharp') },
  { title: 'a layer may import zod', file: 'packages/core/src/graph/schema.ts', source: importOf('zod') },
  { title: 'the test kit may import vitest', file: 'packages/core/src/testing/kit.ts', source: importOf('vitest') },
  {
    title: 'a test in core may import Node',
    file: 'packages/core/src/base/files.test.ts',
    source: `${importOf('node:fs')}export const here = process.cwd();\n`,
  },
  ...['process', 'Buffer', '__dirname', '__filename', 'require', 'global', 'setImmediate'].map((name): Case => ({
    title: `a layer may not use the global ${name}`,
    file: `packages/core/src/base/global-${name.replaceAll('_', '')}.ts`,
    source: `export const used: unknown = ${name};\n`,
    rule: 'eslint/no-restricted-globals',
    says: [name, "Only packages/core/src/node may use Node's globals"],
  })),
  {
    title: 'nor reach it through globalThis',
    file: 'packages/core/src/base/global-this.ts',
    source: `export const used: unknown = globalThis.process;\n`,
    rule: 'eslint/no-restricted-properties',
    says: ["Only packages/core/src/node may use Node's globals"],
  },
  {
    title: 'src/node may use process and Buffer',
    file: 'packages/core/src/node/globals.ts',
    source: `export const used: unknown = [process, Buffer];\n`,
  },
];

describe.each([
  { topic: 'layers of core', cases: layerCases },
  { topic: 'folders above the layers', cases: outerCases },
  { topic: 'public faces', cases: faceCases },
  { topic: 'platform', cases: platformCases },
  { topic: 'packages', cases: packageCases },
])('$topic', ({ cases }) => {
  let findings: Finding[];

  beforeAll(async () => {
    findings = await lintFiles(Object.fromEntries(cases.map(({ file, source }) => [file, source])));
  }, 60_000);

  it.each(cases)('$title', ({ file, says, rule = 'kinegraph/import-direction' }) => {
    const directional = /^kinegraph\/|no-restricted-/;
    const messages = findings.filter((found) => found.file === file && directional.test(found.rule));
    if (says === undefined) {
      expect(messages).toEqual([]);
      return;
    }
    expect(messages.map((found) => found.rule)).toContain(rule);
    const text = messages.map(({ message }) => message).join('\n');
    for (const part of says) expect(text).toContain(part);
  });
});
