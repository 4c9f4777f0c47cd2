/** Receivers may ask for patience, not for an end: nobody is waited for longer. */
const LONGEST_MS = 3_600_000;

/**
 * How long a receiver asks to be left alone, by its header Retry-After: whole seconds, or a date (RFC 9110, 10.2.3).
 *
 * @param nowMs - milliseconds since 1970.
 * @returns milliseconds, an hour at most; 0 where it asks for nothing that can be read
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(LONGEST_MS, Number(text) * 1000);
  // Dates begin with the name of a day; of other text the parser would make some date, too.
  const waitMs = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) - nowMs : 0;
  return waitMs > 0 ? Math.min(LONGEST_MS, waitMs) : 0; // NaN is no wait either
}
