const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before a try to connect again: 0.5 s, doubled with each try up to 10 s, of which half is left to chance
 * so that the clients of a server that was restarted do not all come at once.
 *
 * @param attempt - Tries that failed before, from 0.
 * @param chance - 0-1.
 */
export function backOffMs(attempt: number, chance: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.5 + 0.5 * chance);
}
