import { skipPacket, valuePacket } from '../kinds/index.js';
import type { ProcessInfo, SkipPacket, Trace, ValuePacket } from '../kinds/index.js';

/** The trace of a packet captured at `capturedAtMs` on the run's own clock. */
export function aTrace(trace: Partial<Trace> = {}): Trace {
  return { source: 'source', sequence: 0, capturedAtMs: 0, clockOffsetMs: 0, ...trace };
}

/** A packet of a source that stamps with the run's clock: captured at its timestamp. */
export function valuePacketOf<T>(value: T, timestampMs = 0, trace: Partial<Trace> = {}): ValuePacket<T> {
  return valuePacket(
    timestampMs,
    aTrace({ sequence: Math.round(timestampMs), capturedAtMs: timestampMs, ...trace }),
    value,
  );
}

/** As `valuePacketOf`, with nothing in it. */
export function skipPacketOf(timestampMs: number, trace: Partial<Trace> = {}): SkipPacket {
  return skipPacket(timestampMs, aTrace({ sequence: Math.round(timestampMs), capturedAtMs: timestampMs, ...trace }));
}

/** What a node is told beside its value, as the runtime would tell it. */
export function aProcessInfo(timestampMs = 0, info: Partial<ProcessInfo> = {}): ProcessInfo {
  const trace = aTrace({ sequence: Math.round(timestampMs), capturedAtMs: timestampMs });
  return { timestampMs, trace, signal: new AbortController().signal, ...info };
}
