import { clonePacket, closePacket } from '../../kinds/index.js';
import type { PacketWindow, ValuePacket } from '../../kinds/index.js';

/** Several packets as one value, which owns a clone of each. */
export class WindowSnapshot<T = unknown> implements PacketWindow<T> {
  constructor(readonly packets: readonly ValuePacket<T>[]) {}

  /** A snapshot with owners of its own. */
  static of<T>(packets: readonly ValuePacket<T>[]): WindowSnapshot<T> {
    return new WindowSnapshot(packets.map((packet) => clonePacket(packet) as ValuePacket<T>)); // a clone of a value packet is one
  }

  get startMs(): number {
    return this.packets[0]?.timestampMs ?? Number.NaN;
  }

  get endMs(): number {
    return this.packets.at(-1)?.timestampMs ?? Number.NaN;
  }

  clone(): WindowSnapshot<T> {
    return WindowSnapshot.of(this.packets);
  }

  close(): void {
    for (const packet of this.packets) closePacket(packet);
  }
}
