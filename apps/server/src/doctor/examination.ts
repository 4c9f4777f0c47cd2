import { AbortedError, SystemClock, TimeLimitError, withTimeLimit } from '@kinegraph/core';
import type { Clock } from '@kinegraph/core';
import type { Check, ExaminedMachine } from './check.js';
import { ExaminedServer } from './examined-server.js';
import { fault, sentenceOf, skipped } from './finding.js';
import type { Finding } from './finding.js';

/** A finding, and the check that made it. */
export type CheckedFinding = Finding & { readonly check: string };

const LIMIT_MS = 10_000;

/**
 * Runs all checks side by side, each within its time; what one does is no matter of the others.
 * @returns what was found, in the order of the checks
 * @throws AbortedError
 */
export async function examine(
  checks: readonly Check[],
  machine: ExaminedMachine,
  signal: AbortSignal,
  clock: Clock = new SystemClock(),
): Promise<readonly CheckedFinding[]> {
  const { configuration } = machine;
  await using server =
    'loaded' in configuration ? new ExaminedServer({ env: machine.env, loaded: configuration.loaded }) : undefined;
  const findings = await unlessAborted(
    signal,
    Promise.all(
      checks.map(async (check) => {
        const found = await run(check, machine, server, signal, clock);
        return found.map((finding) => ({ ...finding, check: check.name }));
      }),
    ),
  );
  return findings.flat();
}

async function run(
  check: Check,
  machine: ExaminedMachine,
  server: ExaminedServer | undefined,
  signal: AbortSignal,
  clock: Clock,
): Promise<readonly Finding[]> {
  const { name, limitMs = LIMIT_MS } = check;
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const look = async (): Promise<readonly Finding[]> => {
    if (check.of === 'machine') return await check.run(machine, either);
    if (server === undefined) return [skipped('Not looked at, since the configuration cannot be used.')];
    return await check.run(server, either);
  };
  try {
    return await withTimeLimit(clock, limitMs, `The check "${name}"`, look());
  } catch (error) {
    if (error instanceof TimeLimitError) {
      const mend = 'Look for a disk, a network or a program that does not answer.';
      return [fault(`The check did not end within ${limitMs / 1000} s.`, mend)];
    }
    return [fault(`The check itself failed: ${sentenceOf(error)}`, 'Mend what the sentence names, or report it.')];
  } finally {
    over.abort();
  }
}

/** Who gives up waits for no check. */
async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new AbortedError({ what: 'The examination' }));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
