import { execFile } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { ServerCheck } from '../check.js';
import type { ExaminedServer } from '../examined-server.js';
import { fault, good, warning } from '../finding.js';
import type { Finding } from '../finding.js';

const LOAD_MS = 20_000;

/** How a package with compiled code is tried: a script that has what the package exports as `it`. */
interface NativePackage {
  readonly use: string;
  /** Why its users do without it, where they do. */
  readonly without?: string;
}

/** All packages with compiled code that Kinegraph or its plugins use. */
const NATIVE: Readonly<Record<string, NativePackage>> = {
  sharp: {
    use: `await it({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).jpeg().toBuffer();`,
  },
  '@julusian/jpeg-turbo': {
    use: `it.bufferSize({ width: 2, height: 2, subsampling: it.SAMP_420 });`,
    without: 'pictures are decoded slower',
  },
  libsql: { use: `new it(':memory:').prepare('SELECT 1').all();` },
  'onnxruntime-node': { use: `await it.listSupportedBackends();` },
  bufferutil: {
    use: `it.mask(Buffer.alloc(8), Buffer.alloc(4), Buffer.alloc(8), 0, 8);`,
    without: 'WebSockets take more of the processor',
  },
  'node-av': { use: '', without: 'video is decoded by an ffmpeg of the system only' },
};

/** A package that was found, and where. */
interface FoundPackage {
  readonly name: string;
  /** Undefined where it is not installed. */
  readonly folder: string | undefined;
}

/**
 * Whether the compiled code that the server and its chosen plugins use fits this machine. Each is loaded and used in a process
 * of its own, so that a crash is told and ends nothing.
 */
export const nativePackages: ServerCheck = {
  name: 'native packages',
  of: 'server',
  limitMs: LOAD_MS + 10_000,
  async run(server, signal) {
    const wanted = packagesUsed(await foldersOf(server));
    const findings: Finding[] = [];
    const loaded: string[] = [];
    // One after the other: side by side they would be slower than the machine is.
    for (const { name, folder } of wanted) {
      const failed = folder === undefined ? 'it is not installed' : await load(name, folder, signal);
      const { without } = NATIVE[name] ?? {};
      if (failed === undefined) loaded.push(name);
      else if (without !== undefined)
        findings.push(warning(`${name} does not load: ${failed}. Without it ${without}.`, reinstall(name)));
      else findings.push(fault(`${name} does not load: ${failed}.`, reinstall(name)));
    }
    return findings.length > 0 ? findings : [good(`${loaded.join(', ')} load.`)];
  },
};

const reinstall = (name: string): string =>
  `Install again on this machine, with optional dependencies, for ${process.platform} ${process.arch}: npm install ${name}`;

/** The package of the server, and those of its plugins. */
async function foldersOf(server: ExaminedServer): Promise<readonly string[]> {
  const { host } = await server.platform();
  const plugins = host.plugins().flatMap(({ plugin }) => {
    const url = plugin?.folderUrl;
    return url?.startsWith('file:') === true ? [fileURLToPath(url)] : [];
  });
  return [path.resolve(import.meta.dirname, '../../..'), ...plugins];
}

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
/** Packages of this scope are looked through, too: they may bring compiled code themselves. */
const OURS = '@kinegraph/';

/** The packages with compiled code among what these packages depend on. Plugins count only where they were chosen. */
function packagesUsed(folders: readonly string[]): readonly FoundPackage[] {
  const found = new Map<string, FoundPackage>();
  const seen = new Set<string>();
  const look = (folder: string): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const { dependencies, optionalDependencies } = Manifest.parse(
      JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
    );
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = packageFolder(name, folder);
      if (Object.hasOwn(NATIVE, name)) found.set(place ?? name, { name, folder: place });
      else if (name.startsWith(OURS) && !name.startsWith(`${OURS}plugin-`) && place !== undefined) look(place);
    }
  };
  for (const folder of folders) look(realpathSync(folder));
  return [...found.values()];
}

/** Where Node would find a package, whatever its `exports` say. */
function packageFolder(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(candidate, 'package.json'))) return realpathSync(candidate);
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** @returns why it cannot be used */
async function load(name: string, folder: string, signal: AbortSignal): Promise<string | undefined> {
  // Resolved as the package's own neighbours would: from a file beside it.
  const from = pathToFileURL(path.join(folder, 'package.json')).href;
  const script = `
    const { createRequire } = await import('node:module');
    const { pathToFileURL } = await import('node:url');
    const all = await import(pathToFileURL(createRequire(${JSON.stringify(from)}).resolve(${JSON.stringify(name)})).href);
    const it = all.default ?? all;
    ${NATIVE[name]?.use ?? ''}
    process.exit(0);`;
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { timeout: LOAD_MS, signal, windowsHide: true },
      (error, _out, err) => resolve(error === null ? undefined : whyOf(error, err)),
    );
  });
}

function whyOf(error: Error & { code?: unknown; signal?: unknown; killed?: boolean }, err: string): string {
  if (error.killed === true) return `it did not load within ${LOAD_MS / 1000} s`;
  if (typeof error.signal === 'string') return `its process crashed (${error.signal})`;
  const line = err.split('\n').find((text) => /^\w*Error\b/.test(text)) ?? err.split('\n').find((text) => text !== '');
  return (line ?? `its process ended with code ${String(error.code)}`).replace(/[.\s]+$/, '');
}
