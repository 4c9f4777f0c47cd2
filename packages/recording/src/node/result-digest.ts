import { createHash } from 'node:crypto';
import { valueText, isLandmarks } from '../codec/index.js';

/** A result of a run: what a sink was given. */
export interface DigestedResult {
  /** The name of the sink. */
  readonly sink: string;
  /** The name of the source it comes from. */
  readonly source: string;
  readonly sequence: number;
  readonly timestampMs: number;
  readonly value: unknown;
}

/**
 * SHA-256 over the results of a run in hex: each value to its last bit, with sink, source, sequence and timestamp, in the order
 * of each sink. Ages and stage times are no part of it, nor how sinks took turns.
 * @throws NotRecordableError for frames and what else has no exact text
 */
export function resultDigest(results: Iterable<DigestedResult>): string {
  const bySink = new Map<string, ReturnType<typeof createHash>>();
  for (const { sink, source, sequence, timestampMs, value } of results) {
    let hash = bySink.get(sink);
    if (hash === undefined) {
      hash = createHash('sha256');
      bySink.set(sink, hash);
    }
    hash.update(`${valueText([source, sequence, timestampMs], false)}${valueText(value, isLandmarks(value))}\n`);
  }
  const whole = createHash('sha256');
  for (const [sink, hash] of [...bySink].sort(([a], [b]) => (a < b ? -1 : 1)))
    whole.update(`${JSON.stringify(sink)}${hash.digest('hex')}\n`);
  return whole.digest('hex');
}
