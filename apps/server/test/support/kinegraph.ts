import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** A file of the repository. */
export const inRepository = (file: string): string => path.join(ROOT, file);
export const HANDS = inRepository('examples/graphs/hands.kinegraph.json');
export const DANCE = inRepository('examples/graphs/dance.kinegraph.json');
export const CLIP = inRepository('examples/clips/signer.mp4');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A temporary folder that goes with the test. */
export class TemporaryFolder implements Disposable {
  readonly path = mkdtempSync(path.join(tmpdir(), 'kinegraph-cli-'));
  file(name: string): string {
    return path.join(this.path, name);
  }
  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Settles once standard output holds that many lines. */
  lines(count: number): Promise<void>;
  /** The first group of the pattern, once standard error holds it. */
  said(pattern: RegExp): Promise<string>;
}

/** The command line in another place than the repository. */
export interface Elsewhere {
  /** The file that Node runs. */
  readonly program: string;
  /** The folder where it is started. */
  readonly cwd: string;
}

const HERE: Elsewhere = { program: inRepository('apps/server/bin/kinegraph.js'), cwd: process.cwd() };

/** Starts the real command line in a process of its own, with a home folder of its own. */
export function start(
  args: readonly string[],
  home: string,
  env: NodeJS.ProcessEnv = {},
  { program, cwd }: Elsewhere = HERE,
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, KINEGRAPH_HOME: home, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let onOutput = (): void => {};
  const onError = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    onOutput();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
    for (const look of onError) look();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  const lines = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      onOutput = () => {
        if (out.split('\n').length > count) resolve();
      };
      onOutput();
      void finished.then((end) => reject(new Error(`It ended before ${count} lines had come: ${end.err}`)), reject);
    });
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(err)?.[1];
        if (found === undefined) return;
        onError.delete(look);
        resolve(found);
      };
      onError.add(look);
      look();
      void finished.then((end) => reject(new Error(`It ended without saying ${pattern}: ${end.err}`)), reject);
    });
  return { child, finished, lines, said };
}

/** Runs the command line to its end. */
export async function kinegraph(args: readonly string[], home: string, env?: NodeJS.ProcessEnv): Promise<Finished> {
  return await start(args, home, env).finished;
}
