import { readFile } from 'node:fs/promises';

/** Ticks a second of the times in /proc; Linux tells every program 100. */
const TICKS_PER_SECOND = 100;

/** Milliseconds of CPU that a process has used, its threads and what the system did for it included. Linux only. */
export async function cpuOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
