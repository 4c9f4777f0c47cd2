// The steps of the set-up, in order, and what each failure is called.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFingerprint, buildFingerprint, outputFingerprint, readState, writeState } from './fingerprint.mjs';
import { SetupError } from './errors.mjs';
import { withLock } from './lock.mjs';
import { runPnpm } from './pnpm.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Brings the workspace up to date.
 * @param {{ root?: string, say?: (line: string) => void }} [options]
 * @returns {Promise<number>} Exit code: 0 when the workspace is ready.
 */
export async function main({ root = ROOT, say = (line) => process.stderr.write(`${line}\n`) } = {}) {
  try {
    if (isReady(root)) return 0;
    await withLock(path.join(root, '.kinegraph', 'setup.lock'), { say }, async () => {
      // Another process may have done the work while this one waited.
      if (isReady(root)) return;
      await bringUpToDate(root, say);
    });
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    if (error.output !== '') say(error.output);
    say(error.message);
    return 1;
  }
}

/** Everything is as the last successful set-up left it. */
function isReady(root) {
  const state = readState(root);
  return (
    state !== undefined &&
    state.install === installFingerprint(root) &&
    state.build === buildFingerprint(root) &&
    state.outputs === outputFingerprint(root)
  );
}

async function bringUpToDate(root, say) {
  const install = installFingerprint(root);
  // Taken before the build: a source edited meanwhile is then seen as changed by the next run.
  const build = buildFingerprint(root);
  if (readState(root)?.install !== install || outputFingerprint(root).includes('missing')) {
    say('Installing packages ...');
    await runPnpm(
      root,
      ['install', '--frozen-lockfile', '--prod=false', '--config.confirm-modules-purge=false'],
      'install',
    );
    writeState(root, { install });
  }
  say('Building ...');
  await runPnpm(root, ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'], 'build');
  writeState(root, { install, build, outputs: outputFingerprint(root) });
}
