import { spawn } from 'node:child_process';
import { access, constants, mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What finding Chromium needs of the machine; a test gives another. */
export interface ChromiumHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Runs a command to its end. @throws Where it fails. */
  readonly run: (command: string, args: readonly string[]) => Promise<void>;
  /** Held by who installs, so that two files of tests do not at once. */
  readonly lockFolder: string;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** A lock that old was left behind by a test that was killed. */
const STALE_LOCK_MS = 10 * 60_000;

/** Flags for a browser in a test: no screen, no sandbox (tests may run as root), no calls home. */
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** How long finding Chromium may take where it has to be installed first. */
export const CHROMIUM_LIMIT_MS = 10 * 60_000;

/**
 * The path of a Chromium: that of KINEGRAPH_CHROMIUM, or one on the PATH, or, as root on Debian, one installed now.
 * @throws With one line that says how to get it.
 */
export async function findChromium(host: ChromiumHost = thisHost()): Promise<string> {
  const named = host.env['KINEGRAPH_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (await isProgram(named)) return named;
    throw new Error(`KINEGRAPH_CHROMIUM is "${named}", which is no program. Set it to a Chromium, or unset it.`);
  }
  const found = await onPath(host);
  if (found !== undefined) return found;
  const aptGet = await programOnPath(host, 'apt-get');
  if (!host.isRoot || aptGet === undefined) throw new Error(HOW_TO_GET_IT);
  await withLock(host.lockFolder, async () => {
    if ((await onPath(host)) !== undefined) return; // another file of tests was quicker
    await host.run(aptGet, ['update']);
    await host.run(aptGet, ['install', '-y', '--no-install-recommends', 'chromium']);
  });
  const installed = await onPath(host);
  if (installed === undefined) throw new Error(HOW_TO_GET_IT);
  return installed;
}

const HOW_TO_GET_IT =
  'The tests in a browser need Chromium: install it (Debian: apt-get install chromium), or set KINEGRAPH_CHROMIUM to its path.';

async function onPath(host: ChromiumHost): Promise<string | undefined> {
  for (const name of NAMES) {
    const program = await programOnPath(host, name);
    if (program !== undefined) return program;
  }
  return undefined;
}

async function programOnPath({ env }: ChromiumHost, name: string): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    const candidate = path.join(folder, name);
    if (folder !== '' && (await isProgram(candidate))) return candidate;
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

async function withLock(folder: string, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await mkdir(folder);
      break;
    } catch {
      const sinceMs = await stat(folder).then(
        ({ mtimeMs }) => mtimeMs,
        () => Date.now(),
      );
      if (Date.now() - sinceMs > STALE_LOCK_MS) await rm(folder, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function thisHost(): ChromiumHost {
  return {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    run: runToEnd,
    lockFolder: path.join(tmpdir(), 'kinegraph-chromium.lock'),
  };
}

async function runToEnd(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`"${command} ${args.join(' ')}" ended with ${code}. ${HOW_TO_GET_IT}\n${errors}`);
}
