import type { LogFields, LogLevel, LogWriter } from '@kinegraph/core';
import type { Console } from '../cli/console.js';

const LEVEL_RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Lines that are remembered as told: a run may last for weeks. */
const MOST_TOLD = 1_000;

/**
 * Log lines on standard error: warnings and errors, with `debug` everything. Without it, each error code is told once for
 * each node, whatever its message says of the frame, and a line without an error once as it is.
 */
export function logTo(console: Pick<Console, 'tell'>, debug: boolean): LogWriter {
  const told = new Set<string>();
  return (level, message, fields) => {
    if (LEVEL_RANK[level] < (debug ? LEVEL_RANK.debug : LEVEL_RANK.warn)) return;
    const node = typeof fields['node'] === 'string' ? fields['node'] : undefined;
    const line = node === undefined ? `${level}: ${message}` : `${level}: ${node}: ${message}`;
    const code = errorCodeOf(fields);
    const key = node === undefined || code === undefined ? line : JSON.stringify([level, node, code]);
    if (!debug && told.has(key)) return;
    told.add(key);
    for (const oldest of told) {
      if (told.size <= MOST_TOLD) break;
      told.delete(oldest);
    }
    console.tell(line);
  };
}

/** Of the error record that a line is about. */
function errorCodeOf({ error }: LogFields): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
