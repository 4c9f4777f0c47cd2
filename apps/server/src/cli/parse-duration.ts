import { UsageError } from './usage-error.js';

/** The milliseconds of `--duration`; undefined where it is left out. @throws UsageError */
export function parseDuration(text: string | undefined, command: string): number | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)(s|m|ms)?$/.exec(text);
  const amount = Number(match?.[1]);
  if (match === null || !(amount > 0)) {
    throw new UsageError(
      `--duration is "${text}"; allowed: a positive number of seconds, such as 10, 2.5, 500ms or 2m.`,
      { command },
    );
  }
  return amount * { s: 1000, m: 60_000, ms: 1 }[(match[2] ?? 's') as 's' | 'm' | 'ms'];
}
