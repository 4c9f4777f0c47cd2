import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Oldest version whose options we use (`-fps_mode`). */
export const OLDEST_FFMPEG = { major: 5, minor: 1 } as const;
const VERSION_TIMEOUT_MS = 10_000;

/** An ffmpeg that can be used, or why there is none. */
export type FfmpegSearch =
  | { readonly found: true; readonly executable: string }
  | { readonly found: false; readonly reason: string };

/**
 * Looks for a usable `ffmpeg`.
 *
 * @param configuredPath - the program itself; left out or empty: `ffmpeg` on the PATH
 * @param env - where PATH is read from
 */
export async function findFfmpeg(
  configuredPath: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FfmpegSearch> {
  const executable =
    configuredPath === undefined || configuredPath === '' ? await onPath('ffmpeg', env) : configuredPath;
  if (executable === undefined) return { found: false, reason: 'there is no ffmpeg on the PATH' };
  if (!(await isProgram(executable))) return { found: false, reason: `"${executable}" is no program that can be run` };
  let banner: string;
  try {
    ({ stdout: banner } = await promisify(execFile)(executable, ['-hide_banner', '-version'], {
      timeout: VERSION_TIMEOUT_MS,
      windowsHide: true,
    }));
  } catch {
    return { found: false, reason: `"${executable}" does not answer to -version` };
  }
  return judgeBanner(executable, banner);
}

/** Exported for its test. */
export function judgeBanner(executable: string, banner: string): FfmpegSearch {
  const name = /^ffmpeg version (\S+)/.exec(banner)?.[1];
  if (name === undefined) return { found: false, reason: `"${executable}" is not ffmpeg` };
  const release = /^n?(\d+)\.(\d+)/.exec(name);
  if (release === null) return { found: true, executable }; // a build from the development branch, newer than all releases we knew
  const [major, minor] = [Number(release[1]), Number(release[2])];
  const isTooOld = major < OLDEST_FFMPEG.major || (major === OLDEST_FFMPEG.major && minor < OLDEST_FFMPEG.minor);
  return isTooOld
    ? { found: false, reason: `"${executable}" is version ${name}, older than 5.1` }
    : { found: true, executable };
}

async function onPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const extensions = process.platform === 'win32' ? (env['PATHEXT'] ?? '.EXE').split(';') : [''];
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    for (const extension of extensions) {
      const candidate = path.join(folder, name + extension);
      if (await isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
