import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { memoryLimit } from '../cgroup.js';
import type { MachineCheck } from '../check.js';
import { good, warning } from '../finding.js';
import type { Finding } from '../finding.js';

const MIB = 1024 ** 2;
/** What raw frames may take at the most. */
const FRAMES_MIB = 1024;
/** Models, pictures on their way, the program itself: what a server takes besides frames and JavaScript's heap. */
const REST_MIB = 512;

/** Whether the process may have the memory that it may come to want. */
export const memory: MachineCheck = {
  name: 'memory',
  of: 'machine',
  run: async () => {
    const limit = memoryLimit();
    return await Promise.resolve([
      judgeMemory({
        mib: Math.floor((limit ?? totalmem()) / MIB),
        isLimited: limit !== undefined,
        heapMib: Math.floor(getHeapStatistics().heap_size_limit / MIB),
      }),
    ]);
  },
};

/** Exported for its test. */
export function judgeMemory(facts: {
  /** What there is, in MiB. */
  readonly mib: number;
  /** Whether a container says so, and not the machine. */
  readonly isLimited: boolean;
  /** Up to which JavaScript's heap may grow, in MiB. */
  readonly heapMib: number;
}): Finding {
  const { mib, isLimited, heapMib } = facts;
  const there = isLimited ? `The container may use ${mib} MiB` : `The machine has ${mib} MiB`;
  if (mib < FRAMES_MIB + REST_MIB)
    return warning(
      `${there}, and raw frames alone may take ${FRAMES_MIB} MiB.`,
      `Give it ${FRAMES_MIB + REST_MIB} MiB or more, or run few graphs with small frames.`,
    );
  if (isLimited && heapMib + REST_MIB > mib)
    return warning(
      `${there}, and JavaScript's heap may grow to ${heapMib} MiB before it is cleared up: the system would end the process first.`,
      `Set NODE_OPTIONS=--max-old-space-size=${Math.floor(mib / 4)}.`,
    );
  return good(`${there}.`);
}
