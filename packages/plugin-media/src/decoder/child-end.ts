import type { ChildProcess } from 'node:child_process';

/** How a child process ended. */
export interface ChildEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** After SIGKILL only the kernel can hold a process; then it is let go rather than waited for. */
const KILL_WAIT_MS = 5000;

/**
 * Asks a child and all that it started to end, then makes it: SIGTERM, SIGKILL after `graceMs`. Resolves when it is gone.
 *
 * @param ended - resolves when the child has ended
 */
export async function endChild(child: ChildProcess, ended: Promise<unknown>, graceMs: number): Promise<void> {
  if (child.pid === undefined) return; // never started
  signalGroup(child, 'SIGTERM');
  if (await within(ended, graceMs)) return;
  signalGroup(child, 'SIGKILL');
  if (await within(ended, KILL_WAIT_MS)) return;
  child.unref();
}

/** On POSIX the child leads a process group of its own (`detached`), so that what it started goes with it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function within(done: Promise<unknown>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const inTime = await Promise.race([done.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
