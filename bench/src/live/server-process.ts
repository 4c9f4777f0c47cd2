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
  ) {}

  static async start(args: readonly string[]): Promise<ServerProcess> {
    const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--log-format', 'text', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /Kinegraph is at (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`The server ended: ${said}`)));
    });
    return new ServerProcess(child, url);
  }

  get socketUrl(): string {
    return this.url.replace(/^http/, 'ws');
  }

  /** Milliseconds of CPU that the process has used. Linux only. */
  async cpuMs(): Promise<number> {
    return await cpuOf(this.child.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }
}
