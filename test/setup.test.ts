import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buildFingerprint,
  installFingerprint,
  outputFingerprint,
  readState,
  writeState,
} from '../tools/setup/fingerprint.mjs';
import { withLock } from '../tools/setup/lock.mjs';
import { failureSentence, pinnedPnpm } from '../tools/setup/pnpm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
const inFolder = (file: string): string => path.join(folder, file);

function write(file: string, text: string): void {
  mkdirSync(path.dirname(inFolder(file)), { recursive: true });
  writeFileSync(inFolder(file), text);
}

/** Runs the real script of a copy, the way npm does. */
function runSetup(options: { node?: string[]; env?: NodeJS.ProcessEnv }): Promise<{ code: number; output: string }> {
  const args = [...(options.node ?? []), inFolder('tools/setup.mjs')];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd: folder, env: options.env ?? process.env },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
      },
    );
  });
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph set-up '));
  write('package.json', '{ "name": "copy", "packageManager": "pnpm@10.34.8+sha512.0" }');
  write('pnpm-lock.yaml', 'lockfileVersion: 9\n');
  write('packages/one/package.json', '{ "name": "one", "dependencies": { "zod": "1.0.0" } }');
  write('packages/one/node_modules/zod/package.json', '{}');
  write('packages/one/src/index.ts', 'export const one = 1;\n');
  write('packages/one/dist/index.js', 'export const one = 1;\n');
  cpSync(path.join(root, 'tools/setup'), inFolder('tools/setup'), { recursive: true });
  cpSync(path.join(root, 'tools/setup.mjs'), inFolder('tools/setup.mjs'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('what the set-up notices', () => {
  const all = (): string[] => [installFingerprint(folder), buildFingerprint(folder), outputFingerprint(folder)];

  /** Which of install, build, outputs changed. */
  function changed(act: () => void): string[] {
    const before = all();
    act();
    const after = all();
    return ['install', 'build', 'outputs'].filter((_, index) => before[index] !== after[index]);
  }

  it.each([
    { what: 'nothing', act: () => {}, expected: [] },
    {
      what: 'an edited source',
      act: () => write('packages/one/src/index.ts', 'export const one = 11;\n'),
      expected: ['build'],
    },
    { what: 'a new source', act: () => write('packages/one/src/two.ts', ''), expected: ['build'] },
    { what: 'a deleted source', act: () => rmSync(inFolder('packages/one/src/index.ts')), expected: ['build'] },
    { what: 'an edited test', act: () => write('packages/one/src/index.test.ts', ''), expected: [] },
    { what: 'another lockfile', act: () => write('pnpm-lock.yaml', 'lockfileVersion: 10\n'), expected: ['install'] },
    {
      what: 'a new dependency',
      act: () => write('packages/one/package.json', '{ "dependencies": { "a": "1" } }'),
      expected: ['install', 'build'],
    },
    {
      what: 'a deleted dist',
      act: () => rmSync(inFolder('packages/one/dist'), { recursive: true }),
      expected: ['outputs'],
    },
    {
      what: 'one deleted file in dist',
      act: () => rmSync(inFolder('packages/one/dist/index.js')),
      expected: ['outputs'],
    },
    {
      what: 'a deleted node_modules',
      act: () => rmSync(inFolder('packages/one/node_modules'), { recursive: true }),
      expected: ['outputs'],
    },
  ])('$what', ({ act, expected }) => {
    expect(changed(act)).toEqual(expected);
  });

  it('a touched source, by its time of change alone', () => {
    const date = new Date(2030, 0, 1);
    expect(changed(() => utimesSync(inFolder('packages/one/src/index.ts'), date, date))).toEqual(['build']);
  });

  it('calls lost dependencies missing, so that they are installed again', () => {
    expect(outputFingerprint(folder)).not.toContain('missing');
    rmSync(inFolder('packages/one/node_modules'), { recursive: true });
    expect(outputFingerprint(folder)).toContain('missing');
  });

  it('keeps its note, and takes a damaged one for none', () => {
    expect(readState(folder)).toBeUndefined();
    writeState(folder, { install: 'a', build: 'b', outputs: 'c' });
    expect(readState(folder)).toEqual({ install: 'a', build: 'b', outputs: 'c' });
    write('node_modules/.kinegraph-setup.json', '{ "inst');
    expect(readState(folder)).toBeUndefined();
  });

  it('does nothing, and runs nothing, when nothing changed', async () => {
    writeState(folder, {
      install: installFingerprint(folder),
      build: buildFingerprint(folder),
      outputs: outputFingerprint(folder),
    });
    // Without a PATH there is no npx: success means that none was wanted.
    expect(await runSetup({ env: { PATH: '' } })).toEqual({ code: 0, output: '' });
  });
});

describe('one set-up at a time', () => {
  const lock = (): string => inFolder('.kinegraph/setup.lock');

  it('lets the second wait for the first', async () => {
    const events: string[] = [];
    let finish = (): void => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let start = (): void => {};
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const first = withLock(lock(), {}, async () => {
      events.push('first starts');
      start();
      await held;
      events.push('first ends');
    });
    await started;
    const second = withLock(
      lock(),
      {
        say: (line) => {
          events.push(line);
          finish();
        },
      },
      async () => {
        events.push('second runs');
      },
    );
    await Promise.all([first, second]);

    expect(events).toEqual([
      'first starts',
      `Waiting for another set-up (process ${process.pid}) to finish ...`,
      'first ends',
      'second runs',
    ]);
    expect(existsSync(lock())).toBe(false);
  });

  it('releases the lock when the work fails', async () => {
    await expect(withLock(lock(), {}, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(lock())).toBe(false);
  });

  it('takes the lock of a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    write('.kinegraph/setup.lock', String(gone.pid));

    expect(await withLock(lock(), {}, () => Promise.resolve('done'))).toBe('done');
  });

  it('takes a lock that nobody has touched for long, though its number is in use again', async () => {
    write('.kinegraph/setup.lock', String(process.ppid));
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock(), longAgo, longAgo);

    expect(await withLock(lock(), {}, () => Promise.resolve('done'))).toBe('done');
  });

  it('gives up with a sentence when the lock stays taken', async () => {
    write('.kinegraph/setup.lock', String(process.ppid));

    await expect(withLock(lock(), { waitLimitMs: 0 }, () => Promise.resolve())).rejects.toThrow(
      `Another set-up (process ${process.ppid}) has held ${lock()} for too long.`,
    );
    expect(readFileSync(lock(), 'utf8')).toBe(String(process.ppid));
  });
});

describe('what the set-up says when it cannot', () => {
  it.each(['18.20.4', '20.18.3'])('Node %s is too old', async (version) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    const { code, output } = await runSetup({
      node: ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`],
    });

    expect(code).toBe(1);
    expect(output).toBe(
      `Kinegraph needs Node 20.19 or newer, and this is Node ${version}. Install a newer Node and run the command again.\n`,
    );
  });

  it.skipIf(process.platform === 'win32')('npx is missing', async () => {
    const { code, output } = await runSetup({ env: { PATH: inFolder('nowhere') } });

    expect(code).toBe(1);
    expect(output).toContain(
      'The command npx was not found; it comes with npm. Install npm beside Node and run the command again.\n',
    );
    expect(output).not.toMatch(/\n\s+at /);
  });

  it.each([
    { output: 'npm error code ENOTFOUND', says: 'cannot be reached' },
    { output: 'request failed, reason: connect ECONNREFUSED', says: 'cannot be reached' },
    { output: ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', says: 'npx --yes pnpm@10.34.8 install' },
    { output: 'ENOSPC: no space left on device', says: 'the lines above say why' },
  ])('an install that ends with "$output"', ({ output, says }) => {
    expect(failureSentence('install', pinnedPnpm(folder), output)).toContain(says);
  });
});
