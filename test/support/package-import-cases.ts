/** An import in some file of the workspace, and whether the linter lets it pass. */
export interface ImportCase {
  readonly title: string;
  readonly file: string;
  readonly source: string;
  /** What the message must say, the allowed imports with it; nothing where the import is fine. */
  readonly says?: readonly string[];
  /** The rule that speaks; the import direction unless told otherwise. */
  readonly rule?: string;
}

/** A source that imports and uses something. */
export const importOf = (specifier: string): string =>
  `import { thing } from '${specifier}';\nexport const used = thing;\n`;

/** Imports from one package of the workspace to another. */
export const packageCases: ImportCase[] = [
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
  ...['@kinegraph/onnx', '@kinegraph/onnx/node', '@kinegraph/recording'].map((specifier): ImportCase => ({
    title: `a plugin imports the library ${specifier}`,
    file: `packages/plugin-media/src/good-${specifier.replaceAll(/\W/g, '-')}.ts`,
    source: importOf(specifier),
  })),
  {
    title: 'a library imports the plugin entry',
    file: 'packages/onnx/src/good.ts',
    source: importOf('@kinegraph/core/plugin'),
  },
  ...['@kinegraph/core', '@kinegraph/plugin-yolo', '@kinegraph/server'].map((specifier): ImportCase => ({
    title: `a library may not import ${specifier}`,
    file: `packages/onnx/src/bad-${specifier.replaceAll(/\W/g, '-')}.ts`,
    source: importOf(specifier),
    says: [`packages/onnx may not import "${specifier}"`, 'Allowed here: only @kinegraph/core/plugin.'],
  })),
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
  ].map((specifier): ImportCase => ({
    title: `a plugin may not import ${specifier}`,
    file: `packages/plugin-media/src/bad-${specifier.replaceAll(/\W/g, '-')}.ts`,
    source: importOf(specifier),
    says: [
      `packages/plugin-media may not import "${specifier}"`,
      'Allowed here: only @kinegraph/core/plugin and @kinegraph/onnx, @kinegraph/recording.',
    ],
  })),
  ...['@kinegraph/core', '@kinegraph/core/node', '@kinegraph/core/testing', '@kinegraph/core/plugin'].map(
    (specifier): ImportCase => ({
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
    (specifier): ImportCase => ({
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
