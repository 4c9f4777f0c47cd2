// What the set-up depends on, boiled down to short strings that change when it does.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const PACKAGE_PARENTS = ['packages', 'apps', 'tools'];
const SINGLE_PACKAGES = ['bench'];
const INSTALL_FILES = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];
const BUILD_FILES = ['package.json', 'turbo.json', 'tsconfig.base.json'];
/** Outputs of the build, and what no build reads. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'schemas', 'test', '.turbo', '.kinegraph', 'coverage']);
const OUTPUT_FOLDERS = ['dist', 'schemas'];
const NOT_BUILT = /\.(test|bench)\.[cm]?tsx?$|\.md$|\.log$/;

/**
 * Workspace packages, as paths from the root in stable order.
 * @param {string} root
 * @returns {string[]}
 */
export function workspaceFolders(root) {
  const nested = PACKAGE_PARENTS.flatMap((parent) =>
    listNames(path.join(root, parent)).map((name) => path.join(parent, name)),
  );
  return [...nested, ...SINGLE_PACKAGES].filter((folder) => fs.existsSync(path.join(root, folder, 'package.json')));
}

/**
 * Changes when an install could give another result: manifests, lockfile, Node's version, the machine's kind.
 * @param {string} root
 * @returns {string}
 */
export function installFingerprint(root) {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}\n`);
  const files = [...INSTALL_FILES, ...workspaceFolders(root).map((folder) => path.join(folder, 'package.json'))];
  for (const file of files) hash.update(`${file}\n`).update(readIfThere(path.join(root, file)));
  return hash.digest('hex');
}

/**
 * Changes when a build could give another result. Sources count by size and time of change, which is quick and errs
 * only towards one build too many; the build has a cache of its own.
 * @param {string} root
 * @returns {string}
 */
export function buildFingerprint(root) {
  const hash = createHash('sha256');
  for (const file of BUILD_FILES) hash.update(`${file}\n`).update(readIfThere(path.join(root, file)));
  for (const folder of workspaceFolders(root)) {
    for (const file of walk(path.join(root, folder))) {
      const { size, mtimeMs } = fs.statSync(file);
      hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * Changes when built or installed files come or go, so that a deleted `dist` is noticed. The word `missing` is in it
 * when a package lost its installed dependencies.
 * @param {string} root
 * @returns {string}
 */
export function outputFingerprint(root) {
  const hash = createHash('sha256');
  const missing = [];
  for (const folder of workspaceFolders(root)) {
    const absolute = path.join(root, folder);
    if (hasDependencies(absolute) && !fs.existsSync(path.join(absolute, 'node_modules'))) missing.push(folder);
    for (const output of OUTPUT_FOLDERS) {
      for (const file of walk(path.join(absolute, output), new Set())) hash.update(`${path.relative(root, file)}\n`);
    }
  }
  const built = hash.digest('hex');
  return missing.length === 0 ? built : `${built} missing ${missing.join(' ')}`;
}

/** @param {string} root */
function statePath(root) {
  return path.join(root, 'node_modules', '.kinegraph-setup.json');
}

/**
 * What the last successful set-up left behind.
 * @param {string} root
 * @returns {{ install?: string, build?: string, outputs?: string } | undefined} Nothing where there was none, or where
 *   its note cannot be read.
 */
export function readState(root) {
  try {
    return JSON.parse(fs.readFileSync(statePath(root), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {{ install: string, build?: string, outputs?: string }} state
 */
export function writeState(root, state) {
  const file = statePath(root);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // Written beside and renamed, so that a reader never meets half a file.
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${JSON.stringify(state)}\n`);
  fs.renameSync(draft, file);
}

function hasDependencies(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0;
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file) : '';
}

function listNames(folder) {
  return fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
}

function* walk(folder, skipped = NOT_SOURCES) {
  for (const name of listNames(folder)) {
    if (skipped.has(name) || (skipped === NOT_SOURCES && NOT_BUILT.test(name))) continue;
    const absolute = path.join(folder, name);
    const entry = fs.lstatSync(absolute, { throwIfNoEntry: false });
    if (entry === undefined) continue;
    if (entry.isDirectory()) yield* walk(absolute, skipped);
    else if (entry.isFile()) yield absolute;
  }
}
