import type { MachineCheck } from '../check.js';
import { fault, good } from '../finding.js';

/** The oldest Node that this server runs on, as its package.json says in `engines`. */
export const OLDEST_NODE = '20.19.0';

/** Whether Node is new enough. */
export const nodeVersion: MachineCheck = {
  name: 'Node',
  of: 'machine',
  run: async () => {
    const { node } = process.versions;
    const what = `Node ${node} on ${process.platform} ${process.arch}`;
    return await Promise.resolve([
      isOlder(node, OLDEST_NODE)
        ? fault(`${what} is too old; allowed: ${OLDEST_NODE} and newer.`, 'Install a newer Node.')
        : good(`${what}.`),
    ]);
  },
};

/** Exported for its test. */
export function isOlder(version: string, oldest: string): boolean {
  const [these, those] = [version, oldest].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (let index = 0; index < 3; index += 1) {
    const difference = (these?.[index] ?? 0) - (those?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
