// One package brings the binaries of all platforms; a bundle is for the platform that it was made on.

import fs from 'node:fs';
import path from 'node:path';

/**
 * Removes the binaries of onnxruntime-node that other platforms load.
 * @param {string} folder - Of a bundle.
 */
export function removeForeignBinaries(folder) {
  const store = path.join(folder, 'node_modules', '.pnpm');
  for (const name of fs.readdirSync(store).filter((entry) => entry.startsWith('onnxruntime-node@'))) {
    const binaries = path.join(store, name, 'node_modules', 'onnxruntime-node', 'bin');
    for (const interfaceVersion of fs.readdirSync(binaries)) {
      keepOnly(path.join(binaries, interfaceVersion), process.platform);
      keepOnly(path.join(binaries, interfaceVersion, process.platform), process.arch);
    }
  }
}

function keepOnly(folder, kept) {
  // A platform that the package has nothing for is left as it is: loading tells what is missing.
  if (!fs.existsSync(path.join(folder, kept))) return;
  for (const name of fs.readdirSync(folder)) {
    if (name !== kept) fs.rmSync(path.join(folder, name), { recursive: true });
  }
}
