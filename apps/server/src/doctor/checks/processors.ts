import { availableParallelism } from 'node:os';
import { cpuQuota } from '../cgroup.js';
import type { MachineCheck } from '../check.js';
import { fault, good, warning } from '../finding.js';
import type { Finding } from '../finding.js';

/** What Node takes where UV_THREADPOOL_SIZE says nothing, and the most that it takes. */
const DEFAULT_THREADS = 4;
const MOST_THREADS = 1024;

/** Whether pictures are decoded on as many threads as there are processors. */
export const processors: MachineCheck = {
  name: 'processors',
  of: 'machine',
  run: async ({ env }) => {
    const quota = cpuQuota();
    return await Promise.resolve([
      judgeProcessors({
        cores: availableParallelism(),
        ...(quota === undefined ? {} : { quota }),
        threads: env['UV_THREADPOOL_SIZE'],
      }),
    ]);
  },
};

/** Exported for its test. */
export function judgeProcessors(facts: {
  readonly cores: number;
  /** Processors that a container allows. */
  readonly quota?: number;
  /** `UV_THREADPOOL_SIZE` */
  readonly threads: string | undefined;
}): Finding {
  const { cores, quota = cores, threads: text } = facts;
  const usable = Math.min(cores, quota);
  const what = usable < cores ? `The container may use ${round(usable)} of ${cores} processors` : `${cores} processors`;
  if (text !== undefined && text !== '' && !isThreadCount(text))
    return fault(
      `UV_THREADPOOL_SIZE is "${text}"; allowed: a whole number from 1 to ${MOST_THREADS}.`,
      `Set UV_THREADPOOL_SIZE=${Math.max(DEFAULT_THREADS, Math.ceil(usable))}, or unset it.`,
    );
  const threads = text === undefined || text === '' ? DEFAULT_THREADS : Number(text);
  if (usable < 1)
    return warning(
      `${what}, which is less than one graph of pictures mostly takes.`,
      'Give the container one or more.',
    );
  if (threads < Math.floor(usable))
    return warning(
      `${what}, but pictures are decoded on ${threads} threads only.`,
      `Set UV_THREADPOOL_SIZE=${Math.floor(usable)} where the server is started.`,
    );
  return good(`${what}, ${threads} threads for pictures and files.`);
}

function isThreadCount(text: string): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_THREADS;
}

const round = (value: number): number => Math.round(value * 100) / 100;
