import { closePacket } from '../../src/kinds/index.js';
import type { Packet } from '../../src/kinds/index.js';
import type { Consumer } from '../../src/runtime/wires/consumer.js';

/** A consumer whose readiness a test sets by hand. Closes what it takes, and keeps what can be told of it. */
export class ManualConsumer implements Consumer {
  onReady: () => void = () => {};
  /** Takes one packet, then is not ready any more. */
  #places: number;
  /** What came: the value, or `skip`; frames by their sequence number. */
  readonly values: unknown[] = [];
  readonly timestampsMs: number[] = [];
  ends = 0;
  isIdle = false;
  startMs = Number.NEGATIVE_INFINITY;
  /** Called with each packet after it was recorded and before it is closed. */
  onAccept: (packet: Packet) => void = () => {};

  constructor(places = 0) {
    this.#places = places;
  }

  get ready(): boolean {
    return this.#places > 0;
  }

  /** Becomes ready for so many packets and says so. */
  allow(places = 1): void {
    this.#places += places;
    this.onReady();
  }

  accept(packet: Packet): void {
    if (!this.ready) throw new Error('A packet came although the consumer was not ready.');
    if (this.ends > 0) throw new Error('A packet came after the end.');
    this.#places -= 1;
    this.values.push(packet.skip ? 'skip' : describe(packet.value));
    this.timestampsMs.push(packet.timestampMs);
    this.onAccept(packet);
    closePacket(packet);
  }

  startsAfter(timestampMs: number): void {
    this.startMs = timestampMs;
  }

  end(): void {
    this.ends += 1;
  }

  idle(isIdle: boolean): void {
    this.isIdle = isIdle;
  }
}

function describe(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'sequence' in value ? value.sequence : value;
}
