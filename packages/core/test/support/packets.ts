import { skipPacket, valuePacket } from '../../src/kinds/index.js';
import type { Packet, Trace, ValuePacket } from '../../src/kinds/index.js';
import type { FrameLedger } from '../../src/testing/index.js';
import type { Frame } from '../../src/vision/index.js';

/** A trace of a test's source whose capture was at `timestampMs`. */
export function aTrace(timestampMs: number): Trace {
  return { source: 'source', sequence: timestampMs, capturedAtMs: timestampMs, clockOffsetMs: 0 };
}

export function aValue<T>(timestampMs: number, value: T): ValuePacket<T> {
  return valuePacket(timestampMs, aTrace(timestampMs), value);
}

export function aSkip(timestampMs: number): Packet {
  return skipPacket(timestampMs, aTrace(timestampMs));
}

/** A packet with a counted frame whose sequence number is its timestamp. */
export function aFramePacket(ledger: FrameLedger, timestampMs: number): ValuePacket<Frame> {
  return aValue(timestampMs, ledger.frame({ timestampMs, sequence: timestampMs }));
}
