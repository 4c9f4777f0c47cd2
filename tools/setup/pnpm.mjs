// Runs the pinned pnpm through npx, so that a machine with nothing but Node and npm can do it.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from './errors.mjs';

const KEPT_OUTPUT_CHARS = 20_000;
const OFFLINE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|ERR_PNPM_META_FETCH_FAIL|ERR_PNPM_NO_OFFLINE_TARBALL)\b/;

/**
 * Runs one pnpm command, silently unless it fails.
 * @param {string} root - Folder of the workspace.
 * @param {string[]} args
 * @param {'install' | 'build' | 'bundle'} step - What the sentence of a failure is about.
 * @returns {Promise<void>}
 * @throws {SetupError}
 */
export async function runPnpm(root, args, step) {
  const pin = pinnedPnpm(root);
  const { code, output } = await spawnNpx(root, ['--yes', pin, ...args], 'captured');
  if (code === 0) return;
  throw new SetupError(failureSentence(step, pin, output), output.trim());
}

/**
 * Runs one pnpm command with its output passed through.
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<number>} Its exit code.
 */
export async function passThroughPnpm(root, args) {
  const { code } = await spawnNpx(root, ['--yes', pinnedPnpm(root), ...args], 'inherited');
  return code;
}

/**
 * The package to run, as `packageManager` pins it.
 * @param {string} root
 * @returns {string} For example `pnpm@10.34.8`.
 */
export function pinnedPnpm(root) {
  const { packageManager } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return packageManager.split('+')[0];
}

/**
 * The sentence for a failed step.
 * @param {'install' | 'build' | 'bundle'} step
 * @param {string} pin
 * @param {string} output - All that was written.
 * @returns {string}
 */
export function failureSentence(step, pin, output) {
  if (step === 'build') return 'The build failed; the lines above say where. Mend that and run the command again.';
  if (step === 'bundle')
    return 'The packages could not be laid out; the lines above say why. Mend that and run the command again.';
  if (output.includes('ERR_PNPM_OUTDATED_LOCKFILE')) {
    return `pnpm-lock.yaml does not fit the package.json files. Run "npx --yes ${pin} install" and commit the lockfile.`;
  }
  if (OFFLINE.test(output)) {
    return 'The packages could not be fetched: the npm registry cannot be reached. Check the network or the proxy and run the command again.';
  }
  return 'The packages could not be installed; the lines above say why. Mend that and run the command again.';
}

function spawnNpx(root, args, output) {
  const windows = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    // On Windows npx is a script, which only a shell can start; no argument here holds a space or a quote.
    const child = spawn(windows ? 'npx.cmd' : 'npx', args, {
      cwd: root,
      env: quietEnvironment(process.env),
      shell: windows,
      stdio: output === 'inherited' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    // A set-up that is told to stop takes its child along.
    const stopChild = () => child.kill();
    process.once('exit', stopChild);
    let text = '';
    const keep = (chunk) => {
      text = (text + chunk).slice(-KEPT_OUTPUT_CHARS);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => {
      reject(
        new SetupError(
          error.code === 'ENOENT'
            ? 'The command npx was not found; it comes with npm. Install npm beside Node and run the command again.'
            : `The command npx could not be started (${error.code}). Check the installation of npm.`,
        ),
      );
    });
    child.once('close', (code) => {
      process.off('exit', stopChild);
      resolve({ code: code ?? 1, output: text });
    });
  });
}

/** Nothing reports home, nothing asks, nothing nags about newer versions. */
function quietEnvironment(environment) {
  return {
    ...environment,
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    // The versions are pinned: what the cache holds needs no second look.
    npm_config_prefer_offline: 'true',
    // Without a network the answer should come in seconds; npm's own pauses add up to more than a minute.
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '5000',
  };
}
