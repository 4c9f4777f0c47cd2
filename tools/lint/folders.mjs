// Where a file stands in the workspace, and what may be imported there. Plain data and pure functions: the lint
// plugin beside this file turns them into messages.

import path from 'node:path';

/** The folders of `packages/core/src`, top to bottom: each may import those after it, never those before it. */
export const CORE_LAYERS = Object.freeze([
  'plugins',
  'runtime',
  'graph',
  'nodes',
  'kinds',
  'protocol',
  'vision',
  'base',
]);

/** The folders above the layers: they may import every layer, and no layer may import them. */
export const CORE_OUTER_FOLDERS = Object.freeze(['node', 'browser', 'testing']);

/** The packages that run in a page, a worker and a server alike; everything else belongs to `node/` or `browser/`. */
export const CORE_PORTABLE_PACKAGES = Object.freeze(['inversify', 'semver', 'zod']);

/** What the test kit may import besides: it brings contract suites and property generators. */
export const CORE_TESTING_PACKAGES = Object.freeze(['fast-check', 'vitest']);

/** Packages that several plugins build on: no plugins themselves. */
export const LIBRARIES = Object.freeze(['onnx', 'recording']);
const APP_PACKAGES = Object.freeze(['server', 'studio']);
const SCOPE = '@kinegraph/';

/**
 * The place of a file.
 * @typedef {object} Place
 * @property {'core' | 'ui' | 'library' | 'plugin' | 'app' | 'other'} kind - `other`: tools, benchmarks, tests at the root.
 * @property {string} unit - Folder of the package from the root (`packages/core`), empty for files at the root.
 * @property {string} inside - Path inside that folder, with `/`.
 * @property {boolean} shipped - Whether the file is part of what the package publishes: under `src/`, and no test.
 * @property {boolean} test - Whether it is a test or a benchmark, or lives outside `src/`.
 */

/**
 * @param {string} root - Absolute folder of the workspace.
 * @param {string} file - Absolute path of a file.
 * @returns {Place | undefined} Nothing for a file outside the workspace.
 */
export function placeOf(root, file) {
  const relative = path.relative(root, file).split(path.sep).join('/');
  if (relative.startsWith('../') || path.isAbsolute(relative)) return undefined;
  const [top = '', name = ''] = relative.split('/');
  const nested = (top === 'packages' || top === 'apps') && relative.split('/').length > 2;
  const unit = nested ? `${top}/${name}` : '';
  const inside = nested ? relative.slice(unit.length + 1) : relative;
  const shipped = inside.startsWith('src/') && !/\.(test|bench)\.[cm]?tsx?$/.test(inside);
  return { kind: nested ? kindOf(top, name) : 'other', unit, inside, shipped, test: !shipped };
}

function kindOf(top, name) {
  if (top === 'apps') return 'app';
  if (name === 'core' || name === 'ui') return name;
  if (LIBRARIES.includes(name)) return 'library';
  return name.startsWith('plugin-') ? 'plugin' : 'other';
}

/**
 * Splits the name of a workspace package from the entry asked for.
 * @param {string} specifier - As written in the import.
 * @returns {{ name: string, kind: 'core' | 'ui' | 'library' | 'plugin' | 'app' | 'other', unit: string } | undefined}
 */
export function workspacePackage(specifier) {
  if (!specifier.startsWith(SCOPE)) return undefined;
  const name = specifier.slice(SCOPE.length).split('/')[0] ?? '';
  if (APP_PACKAGES.includes(name)) return { name, kind: 'app', unit: `apps/${name}` };
  return { name, kind: kindOf('packages', name), unit: `packages/${name}` };
}

/**
 * The folder of `packages/core/src` a file is in.
 * @param {string} inside - Path inside the package.
 * @returns {string} Empty for an entry file directly in `src`.
 */
export function coreFolder(inside) {
  const parts = inside.split('/');
  return parts.length > 2 ? (parts[1] ?? '') : '';
}

/**
 * The folders of `packages/core/src` that a folder may import, itself apart.
 * @param {string} folder - One of the layers or outer folders, or empty for an entry file.
 * @returns {readonly string[]}
 */
export function foldersBelow(folder) {
  const index = CORE_LAYERS.indexOf(folder);
  return index === -1 ? CORE_LAYERS : CORE_LAYERS.slice(index + 1);
}

/**
 * The name of the npm package that a bare specifier asks for.
 * @param {string} specifier - `zod/v4` or `@scope/name/entry`.
 * @returns {string}
 */
export function packageName(specifier) {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}
