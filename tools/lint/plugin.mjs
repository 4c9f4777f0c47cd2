// Lint rules of this workspace: who may import whom, and that an exception says why.

import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CORE_LAYERS,
  CORE_OUTER_FOLDERS,
  CORE_PORTABLE_PACKAGES,
  CORE_TESTING_PACKAGES,
  LIBRARIES,
  coreFolder,
  foldersBelow,
  packageName,
  placeOf,
  workspacePackage,
} from './folders.mjs';

// Counted from this file, not from the working directory: linting one package from inside it gives the same answer.
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const NODE_BUILTINS = new Set(builtinModules);

/**
 * Says what is wrong with an import, if anything.
 * @param {string} root - Absolute folder of the workspace.
 * @param {string} file - Absolute path of the importing file.
 * @param {string} specifier - What it imports, as written.
 * @returns {string | undefined} A sentence that names the imports allowed there.
 */
export function importFault(root, file, specifier) {
  const from = placeOf(root, file);
  if (from === undefined) return undefined;
  if (specifier.startsWith('.')) return relativeFault(root, file, from, specifier);
  const target = workspacePackage(specifier);
  if (target !== undefined) return workspaceFault(from, target, specifier);
  return outsideFault(from, specifier);
}

function relativeFault(root, file, from, specifier) {
  const to = placeOf(root, path.resolve(path.dirname(file), specifier));
  if (to === undefined) return `"${specifier}" leaves the workspace. Import packages by their name.`;
  // Tests of the workspace as a whole belong to no package and have none of them as a dependency.
  const ofWorkspace = from.unit === '' && from.inside.startsWith('test/') && to.kind !== 'app';
  if (from.unit !== to.unit && to.unit !== '' && !ofWorkspace) {
    return `"${specifier}" reaches into ${to.unit}. Import another package by its name: ${allowedPackages(from)}.`;
  }
  if (from.unit !== to.unit && from.shipped) {
    return `"${specifier}" leaves ${from.unit}. Allowed here: files of this package, and ${allowedPackages(from)}.`;
  }
  if (from.kind !== 'core' || !from.shipped) return undefined;
  return coreFault(from, to, specifier);
}

function coreFault(from, to, specifier) {
  if (!to.inside.startsWith('src/')) {
    return `"${specifier}" leaves src/, and only src/ is built. Allowed here: ${allowedFolders(from)}.`;
  }
  const [here, there] = [coreFolder(from.inside), coreFolder(to.inside)];
  if (here === there) return undefined;
  if (there === '') {
    return `"${specifier}" imports an entry of the package from below. Allowed here: ${allowedFolders(from)}.`;
  }
  if (!foldersBelow(here).includes(there)) {
    return `src/${here === '' ? 'index and plugin' : here} may not import src/${there}: imports go down only. Allowed here: ${allowedFolders(from)}.`;
  }
  if (to.inside.split('/').slice(2).join('/') !== 'index.js') {
    return `"${specifier}" goes past the public face of src/${there}. Import src/${there}/index.js instead; allowed here: ${allowedFolders(from)}.`;
  }
  return undefined;
}

function workspaceFault(from, target, specifier) {
  const allowed = allowedEntries(from);
  // A test may use its own package the way a stranger would, by name.
  const own = from.unit === target.unit && from.test;
  if (own || allowed(target, specifier)) return undefined;
  return `${describe(from)} may not import "${specifier}". Allowed here: ${allowedPackages(from)}.`;
}

function outsideFault(from, specifier) {
  const builtin = specifier.startsWith('node:') || NODE_BUILTINS.has(specifier);
  if (from.kind === 'ui' && from.shipped && builtin) {
    return `packages/ui runs in a page and may not import "${specifier}". Allowed here: ${allowedPackages(from)}, and packages that run in a browser.`;
  }
  if (from.kind !== 'core' || !from.shipped) return undefined;
  const folder = coreFolder(from.inside);
  if (folder === 'node' || folder === 'browser') {
    return folder === 'browser' && builtin
      ? `src/browser may not import "${specifier}": only src/node may touch Node's own modules. Allowed here: ${allowedFolders(from)}, and packages that run in a browser.`
      : undefined;
  }
  const packages =
    folder === 'testing' ? [...CORE_PORTABLE_PACKAGES, ...CORE_TESTING_PACKAGES] : CORE_PORTABLE_PACKAGES;
  if (packages.includes(packageName(specifier))) return undefined;
  const where = folder === '' ? 'The entries of src' : `src/${folder}`;
  return `${where} must run in a browser too and may not import "${specifier}": Node's modules and Node-only packages belong to src/node. Allowed here: ${packages.join(', ')}, and ${allowedFolders(from)}.`;
}

function describe(place) {
  if (place.unit === '') return 'This file';
  return place.shipped ? place.unit : `A test or tool of ${place.unit}`;
}

const CORE_ENTRIES_FOR_TESTS = Object.freeze([
  '@kinegraph/core/plugin',
  '@kinegraph/core/testing',
  '@kinegraph/core',
  '@kinegraph/core/node',
]);

function allowedEntries(from) {
  const core = (entries) => (_target, specifier) => entries.includes(specifier);
  switch (from.kind) {
    case 'core':
      return () => false;
    case 'library':
      return core(from.shipped ? ['@kinegraph/core/plugin'] : CORE_ENTRIES_FOR_TESTS);
    case 'plugin':
      return (target, specifier) =>
        target.kind === 'library' ||
        (from.shipped ? ['@kinegraph/core/plugin'] : CORE_ENTRIES_FOR_TESTS).includes(specifier);
    case 'ui':
      return core([
        '@kinegraph/core',
        '@kinegraph/core/plugin',
        '@kinegraph/core/protocol',
        '@kinegraph/core/browser',
        '@kinegraph/core/testing',
      ]);
    default:
      return (target) => target.kind !== 'app';
  }
}

function allowedPackages(from) {
  const libraries = LIBRARIES.map((name) => `@kinegraph/${name}`).join(', ');
  switch (from.kind) {
    case 'core':
      return 'no other workspace package';
    case 'library':
      return from.shipped ? 'only @kinegraph/core/plugin' : `only ${CORE_ENTRIES_FOR_TESTS.join(', ')}`;
    case 'plugin':
      return from.shipped
        ? `only @kinegraph/core/plugin and ${libraries}`
        : `only ${CORE_ENTRIES_FOR_TESTS.join(', ')} and ${libraries}`;
    case 'ui':
      return 'only @kinegraph/core, @kinegraph/core/plugin, @kinegraph/core/protocol, @kinegraph/core/browser and, in tests, @kinegraph/core/testing';
    default:
      return 'packages/* by name, never an app';
  }
}

function allowedFolders(from) {
  const folder = coreFolder(from.inside);
  const below = foldersBelow(folder).map((name) => `src/${name}/index.js`);
  const own = folder === '' ? [] : [`files of src/${folder}`];
  return [...own, ...below].join(', ');
}

const importDirection = {
  meta: {
    type: 'problem',
    docs: {
      description: `Imports go one way: ${CORE_LAYERS.join(' > ')}; ${CORE_OUTER_FOLDERS.join(', ')} stand above.`,
    },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      const source = node?.type === 'TSLiteralType' ? node.literal : node;
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = importFault(ROOT, context.physicalFilename ?? context.filename, source.value);
      if (message !== undefined) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument),
    };
  },
};

const DISABLE = /^\s*(?:oxlint|eslint)-disable(?:-next-line|-line)?\b/;

const explainedException = {
  meta: {
    type: 'problem',
    docs: { description: 'A disable directive names its rules and, after " -- ", the reason.' },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!DISABLE.test(comment.value) || /\s--\s+\S.{7,}/s.test(comment.value)) continue;
          context.report({
            loc: comment.loc,
            message:
              'A lint rule is switched off here without a reason. Write it behind the rule: "oxlint-disable-next-line rule -- why".',
          });
        }
      },
    };
  },
};

export default {
  meta: { name: 'kinegraph' },
  rules: { 'import-direction': importDirection, 'explained-exception': explainedException },
};
