// Which of the packages that pnpm has laid out a program can come to from its own dependencies.

import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from '../setup/errors.mjs';

/**
 * Removes every package that is reached only through those left out, and the links to it.
 * @param {string} folder - Of a package with its `node_modules/.pnpm`.
 * @param {object} options
 * @param {string[]} options.without - Names of packages to leave out.
 * @param {string[]} [options.mustBeThere] - Those of them that are a mistake where nothing leads to them.
 * @throws {SetupError}
 */
export function keepReachable(folder, { without, mustBeThere = [] }) {
  const store = path.join(folder, 'node_modules', '.pnpm');
  const leftOut = new Set(without);
  const met = new Set();
  const kept = new Set();
  const toSee = [folder];
  for (let at = toSee.pop(); at !== undefined; at = toSee.pop()) {
    for (const name of dependenciesOf(at)) {
      if (leftOut.has(name)) {
        met.add(name);
        continue;
      }
      const found = resolve(name, at, folder);
      // Optional packages for other platforms are not there, nor are optional peers that nobody brought.
      if (found === undefined || kept.has(found)) continue;
      kept.add(found);
      toSee.push(found);
    }
  }
  const unknown = mustBeThere.filter((name) => !met.has(name));
  if (unknown.length > 0) {
    throw new SetupError(`Nothing in the server asks for ${unknown.join(', ')}; leave --without ${unknown[0]} out.`);
  }
  const keptFolders = new Set([...kept].map((file) => path.relative(fs.realpathSync(store), file).split(path.sep)[0]));
  for (const name of fs.readdirSync(store)) {
    if (!keptFolders.has(name)) fs.rmSync(path.join(store, name), { recursive: true });
  }
  removeDeadLinks(path.join(folder, 'node_modules'));
}

function dependenciesOf(folder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

/** The real folder of a package as Node finds it from another: in the `node_modules` at or above it. */
function resolve(name, from, top) {
  for (let at = from; ; at = path.dirname(at)) {
    const found = path.join(at, 'node_modules', name);
    if (fs.existsSync(path.join(found, 'package.json'))) return fs.realpathSync(found);
    if (at === fs.realpathSync(top) || at === path.dirname(at)) return undefined;
  }
}

function removeDeadLinks(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const isCommand = path.basename(path.dirname(file)) === '.bin';
    if (isCommand || (entry.isSymbolicLink() && !fs.existsSync(file))) fs.rmSync(file, { force: true });
  }
}
