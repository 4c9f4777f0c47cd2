// The steps that make a bundle: what the lockfile pins is laid out, what a server never loads is taken out.

import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from '../setup/errors.mjs';
import { runPnpm } from '../setup/pnpm.mjs';
import { keepReachable } from './reachable.mjs';
import { removeForeignBinaries } from './foreign-binaries.mjs';

/** Packages that something depends on and that no server loads. */
const NEVER_LOADED = [
  'onnxruntime-web', // what `@kinegraph/onnx` runs on in a page
  'vitest', // what authors of plugins test with, a peer of the core
  'fast-check', // the same
];
/** What pnpm leaves for its own next run; paths of the machine that built are in it. */
const LEFTOVERS = ['pnpm-lock.yaml', 'node_modules/.modules.yaml', 'node_modules/.pnpm-workspace-state-v1.json'];
const LICENSES = ['LICENSE', 'THIRD_PARTY_NOTICES.md'];

/**
 * Lays the built server out with all that it needs. The workspace must be built.
 * @param {object} options
 * @param {string} options.root - Folder of the repository.
 * @param {string} options.target - The folder to make. It appears when it is whole.
 * @param {string[]} [options.without] - Further packages to leave out, such as `node-av`.
 * @returns {Promise<{ bytes: number }>}
 * @throws {SetupError} The folder is there already, a package that was named is not, or pnpm fails.
 */
export async function bundle({ root, target, without = [] }) {
  if (fs.existsSync(target)) throw new SetupError(`${target} is there already. Name a folder that is not there yet.`);
  const part = `${target}.part`;
  fs.rmSync(part, { recursive: true, force: true });
  try {
    // Injected: workspace packages become copies with their own files, in place of links into the repository.
    const injected = '--config.inject-workspace-packages=true';
    await runPnpm(root, [injected, '--filter', '@kinegraph/server', 'deploy', '--prod', part], 'bundle');
    keepReachable(part, { without: [...NEVER_LOADED, ...without], mustBeThere: without });
    removeForeignBinaries(part);
    for (const file of LEFTOVERS) fs.rmSync(path.join(part, file), { force: true });
    for (const file of LICENSES) fs.copyFileSync(path.join(root, file), path.join(part, file));
    fs.renameSync(part, target);
  } finally {
    fs.rmSync(part, { recursive: true, force: true });
  }
  return { bytes: sizeOf(target) };
}

function sizeOf(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
