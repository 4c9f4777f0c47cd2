import type { ValuePacket } from '../../src/kinds/index.js';
import { valuePacketOf } from '../../src/testing/index.js';
import type { FrameLedger } from '../../src/testing/index.js';
import type { Frame } from '../../src/vision/index.js';

/** A packet with a counted frame whose sequence number is its timestamp. */
export function aFramePacket(ledger: FrameLedger, timestampMs: number): ValuePacket<Frame> {
  return valuePacketOf(ledger.frame({ timestampMs, sequence: timestampMs }), timestampMs);
}
