// The production dependencies of every package and app, as installed, told the same on every machine.

import fs from 'node:fs';
import path from 'node:path';
import { isPrebuilt, NOT_INSTALLED } from './prebuilt.mjs';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * One package of somebody else's.
 * @typedef {object} Dependency
 * @property {string} name
 * @property {string} version
 * @property {string} licence - SPDX expression as its manifest says.
 * @property {{ file: string, text: string }[]} texts - Its licence and notice files.
 */

/**
 * A native part that comes in one package for each platform; which one is installed depends on the machine.
 * @typedef {object} PrebuiltUse
 * @property {string} name - Name of the platform's package.
 * @property {string} range - As the parent asks for it.
 * @property {string} parent
 */

/**
 * Walks what is installed.
 * @param {string} root - Folder of the workspace.
 * @returns {{ dependencies: Dependency[], prebuilt: PrebuiltUse[] }} Sorted by name and version.
 * @throws {Error} When something is not installed, or an optional dependency is of an unknown sort.
 */
export function collectDependencies(root) {
  const found = new Map();
  const prebuilt = new Map();
  const seen = new Set();

  const visit = (folder, ours) => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const manifest = readManifest(folder);
    if (!ours) found.set(`${manifest.name}@${manifest.version}`, describe(folder, manifest));
    const optional = manifest.optionalDependencies ?? {};
    for (const [name, range] of Object.entries(optional)) {
      if (isPrebuilt(manifest.name, name)) prebuilt.set(`${name}@${range}`, { name, range, parent: manifest.name });
    }
    // What a build puts into its own files is ours to give on, although nobody has to install it.
    const built = ours ? (manifest.bundles ?? []) : [];
    for (const name of [...Object.keys({ ...manifest.dependencies, ...optional }), ...built]) {
      if (isPrebuilt(manifest.name, name) || NOT_INSTALLED.includes(name)) continue;
      const next = resolve(folder, name);
      if (next === undefined)
        throw new Error(`${manifest.name} needs ${name}, which is not installed. Run "npm run setup" first.`);
      // Packages of this workspace are links that lead out of node_modules.
      visit(next, !next.split(path.sep).includes('node_modules'));
    }
  };

  for (const parent of ['packages', 'apps']) {
    for (const name of fs.readdirSync(path.join(root, parent)).sort()) {
      const folder = path.join(root, parent, name);
      if (fs.existsSync(path.join(folder, 'package.json'))) visit(fs.realpathSync(folder), true);
    }
  }
  return { dependencies: sorted(found), prebuilt: sorted(prebuilt) };
}

function sorted(map) {
  // By code unit, not by the machine's language.
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function describe(folder, manifest) {
  const texts = fs
    .readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file) && fs.statSync(path.join(folder, file)).isFile())
    .sort()
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() }));
  return { name: manifest.name, version: manifest.version, licence: licenceOf(manifest), texts };
}

function licenceOf({ name, license, licenses }) {
  if (typeof license === 'string') return license;
  if (typeof license?.type === 'string') return license.type;
  if (Array.isArray(licenses)) return licenses.map(({ type }) => type).join(' OR ');
  throw new Error(`${name} does not say its licence. Find out, and tell tools/notices what it is.`);
}

function resolve(from, name) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(candidate, 'package.json'))) return fs.realpathSync(candidate);
    if (folder === path.dirname(folder)) return undefined;
  }
}

function readManifest(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
