import { ageMs, toJson, type NodeIdentity, type ProcessInfo } from '@kinegraph/core/plugin';

/** Decimals of times, in milliseconds. */
const TIME_DIGITS = 3;

/**
 * One value as a receiver elsewhere gets it. A message may come twice: `run`, `sink`, `source` and `sequence` together tell
 * that it is the same.
 */
export interface ResultMessage {
  readonly run: string;
  /** The sink's name in the graph. */
  readonly sink: string;
  /** The name of the source whose frame this comes from. */
  readonly source: string;
  /** The sender's own count of that frame. */
  readonly sequence: number;
  /** The place in the stream, in milliseconds. */
  readonly timestampMs: number;
  /** The sender's clock at capture, as it was sent. */
  readonly capturedAtMs: number;
  /** From capture to this sink; the way to the receiver comes on top. */
  readonly ageMs: number;
  /** As `core.sink.ndjson` writes it. */
  readonly value: unknown;
}

/** @param nowMs - on the run's clock. */
export function resultMessage(
  value: unknown,
  { timestampMs, trace }: Pick<ProcessInfo, 'timestampMs' | 'trace'>,
  { runId, name }: NodeIdentity,
  nowMs: number,
  digits: number,
): ResultMessage {
  const time = (ms: number): number => toJson(ms, TIME_DIGITS) as number; // a number stays one; those here are finite
  return {
    run: runId,
    sink: name,
    source: trace.source,
    sequence: trace.sequence,
    timestampMs: time(timestampMs),
    capturedAtMs: time(trace.capturedAtMs),
    ageMs: time(ageMs(trace, nowMs)),
    value: toJson(value, digits),
  };
}
