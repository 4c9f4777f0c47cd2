import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuOf } from './process-cpu.js';

const PROGRAM = fileURLToPath(new URL('../../../apps/server/bin/kinegraph.js', import.meta.url));

/** `kinegraph serve` in a process of its own, so that clients do not share its thread. */
export class ServerProcess implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Where its inspector listens; undefined unless `--inspect` was among the arguments for Node. */
    readonly inspectorUrl: string | undefined,
  ) {}

  /** @param nodeArgs - for Node itself. */
  static async start(args: readonly string[], nodeArgs: readonly string[] = []): Promise<ServerProcess> {
    const command = [...nodeArgs, PROGRAM, 'serve', '--port', '0', '--log-format', 'text', ...args];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += chunk.toString();
        const found = /Kinegraph is at (\S+)/.exec(said)?.[1];
        if (found === undefined) return;
        child.stderr.off('data', listen).resume(); // what it logs over hours is not kept
        resolve(found);
      };
      child.stderr.on('data', listen);
      child.once('exit', () => reject(new Error(`The server ended: ${said}`)));
    });
    return new ServerProcess(child, url, /Debugger listening on (\S+)/.exec(said)?.[1]);
  }

  /** @throws Error where it was never started */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The server has no process.');
    return this.child.pid;
  }

  /** False once it has ended by itself. */
  get isUp(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get socketUrl(): string {
    return this.url.replace(/^http/, 'ws');
  }

  /** Milliseconds of CPU that the process has used. Linux only. */
  async cpuMs(): Promise<number> {
    return await cpuOf(this.child.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.isUp) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }
}
