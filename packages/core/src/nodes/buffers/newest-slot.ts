import { closePacket } from '../../kinds/index.js';
import type { Packet, SkipPacket, ValuePacket } from '../../kinds/index.js';

/**
 * One place for the newest value, and behind it the newest timestamp that brought none. A skip never costs a value, and
 * no timestamp vanishes: a join fed by another branch would otherwise wait for it for ever.
 */
export class NewestSlot<T> {
  #value: ValuePacket<T> | undefined;
  /** Always newer than the value. */
  #skip: SkipPacket | undefined;

  /** Packets that wait: 0 to 2. */
  get size(): number {
    return (this.#value === undefined ? 0 : 1) + (this.#skip === undefined ? 0 : 1);
  }

  /** Takes over a packet newer than all before. True when a waiting value had to leave for it; it is closed. */
  put(packet: Packet<T>): boolean {
    if (packet.skip) {
      this.#skip = packet;
      return false;
    }
    const replaced = this.#value;
    if (replaced !== undefined) closePacket(replaced);
    this.#value = packet;
    this.#skip = undefined; // the value's own timestamp says as much
    return replaced !== undefined;
  }

  /** The oldest that waits, with its ownership. */
  take(): Packet<T> | undefined {
    const packet = this.#value ?? this.#skip;
    if (packet === this.#skip) this.#skip = undefined;
    else this.#value = undefined;
    return packet;
  }

  clear(): void {
    if (this.#value !== undefined) closePacket(this.#value);
    this.#value = undefined;
    this.#skip = undefined;
  }
}
