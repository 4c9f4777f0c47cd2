import { readFile, readdir, readlink } from 'node:fs/promises';

/** What a process holds at a moment. */
export interface ProcessFigures {
  readonly rssMib: number;
  /** Open files, the sockets among them apart. */
  readonly files: number;
  readonly sockets: number;
  readonly threads: number;
  readonly children: number;
}

/** Reads them from /proc. Linux only. */
export async function processFigures(pid: number): Promise<ProcessFigures> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  const names = await readdir(`/proc/${pid}/fd`);
  const targets = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => undefined)));
  const open = targets.filter((target) => target !== undefined); // some close meanwhile
  const sockets = open.filter((target) => target.startsWith('socket:')).length;
  const tasks = await readdir(`/proc/${pid}/task`);
  const children = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return {
    rssMib: field('VmRSS') / 1024,
    files: open.length - sockets,
    sockets,
    threads: field('Threads'),
    children: children.flatMap((list) => list.split(' ')).filter((id) => id.trim() !== '').length,
  };
}

/** Growth of `values` an hour, by least squares. */
export function slopePerHour(samples: readonly { readonly atMs: number; readonly value: number }[]): number {
  const meanMs = mean(samples.map(({ atMs }) => atMs));
  const meanValue = mean(samples.map(({ value }) => value));
  let [above, below] = [0, 0];
  for (const { atMs, value } of samples) {
    above += (atMs - meanMs) * (value - meanValue);
    below += (atMs - meanMs) ** 2;
  }
  return (above / below) * 3_600_000;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
