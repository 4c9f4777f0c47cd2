import { beforeAll, describe, expect, it } from 'vitest';
import { type Finding, lintFiles } from './support/lint-workspace.js';

interface Case {
  readonly title: string;
  readonly file: string;
  readonly source: string;
  /** What the message must say, the allowed imports with it; nothing where the import is fine. */
  readonly says?: readonly string[];
  /** The rule that speaks; the import direction unless told otherwise. */
  readonly rule?: string;
}

const LAYERS = ['plugins', 'runtime', 'graph', 'nodes', 'kinds', 'vision', 'base'];

const importOf = (specifier: string): string => `import { thing } from '${specifier}';\nexport const used = thing;\n`;

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

const packageCases: Case[] = [
  {
    title: 'core imports no other package of the workspace',
    file: 'packages/core/src/runtime/plugin.ts',
    source: importOf('@kinegraph/plugin-media'),
    says: ['packages/core may not import "@kinegraph/plugin-media"', 'Allowed here: no other workspace package'],
  },
  {
    title: 'core does not import itself by name',
    file: 'packages/core/src/runtime/self.ts',
    source: importOf('@kinegraph/core/plugin'),
    says: ['Allowed here: no other workspace package'],
  },
  {
    title: 'a test of core may import the built core by name',
    file: 'packages/core/test/self.int.test.ts',
    source: importOf('@kinegraph/core/node'),
  },
  {
    title: 'a plugin imports the plugin entry',
    file: 'packages/plugin-media/src/good.ts',
    source: importOf('@kinegraph/core/plugin'),
  },
  {
    title: 'a plugin may import Node',
    file: 'packages/plugin-media/src/child.ts',
    source: importOf('node:child_process'),
  },
  ...[
    '@kinegraph/core',
    '@kinegraph/core/node',
    '@kinegraph/core/testing',
    '@kinegraph/plugin-yolo',
    '@kinegraph/ui',
    '@kinegraph/server',
    '@kinegraph/studio',
  ].map((specifier): Case => ({
    title: `a plugin may not import ${specifier}`,
    file: `packages/plugin-media/src/bad-${specifier.replaceAll(/\W/g, '-')}.ts`,
    source: importOf(specifier),
    says: [`packages/plugin-media may not import "${specifier}"`, 'Allowed here: only @kinegraph/core/plugin.'],
  })),
  ...['@kinegraph/core', '@kinegraph/core/node', '@kinegraph/core/testing', '@kinegraph/core/plugin'].map(
    (specifier): Case => ({
      title: `a plugin's test may import ${specifier}`,
      file: `packages/plugin-media/src/good-${specifier.replaceAll(/\W/g, '-')}.test.ts`,
      source: importOf(specifier),
    }),
  ),
  {
    title: "a plugin's test may not import another plugin",
    file: 'packages/plugin-media/test/other.int.test.ts',
    source: importOf('@kinegraph/plugin-yolo'),
    says: ['A test or tool of packages/plugin-media may not import', '@kinegraph/core/testing'],
  },
  {
    title: 'another package is not reached by path',
    file: 'packages/plugin-media/src/by-path.ts',
    source: importOf('../../core/src/index.js'),
    says: ['reaches into packages/core', 'only @kinegraph/core/plugin'],
  },
  { title: 'the ui imports core', file: 'packages/ui/src/good.ts', source: importOf('@kinegraph/core') },
  ...['@kinegraph/plugin-media', '@kinegraph/server', '@kinegraph/studio', '@kinegraph/core/node'].map(
    (specifier): Case => ({
      title: `the ui may not import ${specifier}`,
      file: `packages/ui/src/bad-${specifier.replaceAll(/\W/g, '-')}.ts`,
      source: importOf(specifier),
      says: [`packages/ui may not import "${specifier}"`, 'Allowed here: only @kinegraph/core'],
    }),
  ),
  {
    title: 'the ui may not import Node',
    file: 'packages/ui/src/files.ts',
    source: importOf('node:fs'),
    says: ['packages/ui runs in a page'],
  },
  { title: 'an app imports plugins', file: 'apps/server/src/good.ts', source: importOf('@kinegraph/plugin-media') },
  {
    title: 'an app does not import an app',
    file: 'apps/studio/src/bad.ts',
    source: importOf('@kinegraph/server'),
    says: ['apps/studio may not import "@kinegraph/server"', 'never an app'],
  },
  {
    title: 'a test of the whole workspace may reach a package by path',
    file: 'test/reach.test.ts',
    source: importOf('../packages/core/src/index.js'),
  },
  {
    title: 'but no app',
    file: 'test/reach-app.test.ts',
    source: importOf('../apps/server/src/index.js'),
    says: ['reaches into apps/server', 'never an app'],
  },
  {
    title: 'a tool reaches no package by path',
    file: 'tools/reach.ts',
    source: importOf('../packages/core/src/index.js'),
    says: ['reaches into packages/core', 'packages/* by name'],
  },
  {
    title: 'a benchmark does not import an app',
    file: 'bench/bad.ts',
    source: importOf('@kinegraph/server'),
    says: ['never an app'],
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
