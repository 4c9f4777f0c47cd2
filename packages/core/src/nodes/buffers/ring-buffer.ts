import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, clonePacket, closePacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer, ValuePacket } from '../../kinds/index.js';

export const RingBufferConfig = z.strictObject({
  capacity: z
    .int()
    .min(1)
    .max(100_000)
    .default(64)
    .meta({ title: 'Capacity', description: 'Packets kept for looking back.' }),
});
export type RingBufferConfig = z.infer<typeof RingBufferConfig>;

/**
 * Passes every packet on at once and keeps the last n for looking back by index. Indices count up from 0 and never
 * come again; the place of an index in memory is its remainder by the capacity.
 */
@injectable()
export class RingBuffer implements PacketBuffer {
  readonly #kept: (ValuePacket | undefined)[];
  #passing: Packet | undefined;
  #count = 0;

  constructor(@inject(NodeConfig) private readonly config: RingBufferConfig) {
    this.#kept = Array.from({ length: config.capacity });
  }

  /** The ring itself never fills: it waits only for the consumer of the packet that it passes on. */
  get accepting(): boolean {
    return this.#passing === undefined;
  }

  get size(): number {
    return this.#passing === undefined ? 0 : 1;
  }

  /** Index of the newest value kept; -1 before the first. */
  get latestIndex(): number {
    return this.#count - 1;
  }

  /** Index of the oldest value kept; 0 before the first. */
  get oldestIndex(): number {
    return Math.max(0, this.#count - this.config.capacity);
  }

  /** The value of that index, still the ring's (clone it to keep it); undefined where it has left or not come yet. */
  get(index: number): ValuePacket | undefined {
    if (index < this.oldestIndex || index > this.latestIndex) return undefined;
    return this.#kept[index % this.config.capacity];
  }

  push(packet: Packet): void {
    if (!packet.skip) {
      const place = this.#count % this.config.capacity;
      const leaving = this.#kept[place];
      if (leaving !== undefined) closePacket(leaving);
      this.#kept[place] = clonePacket(packet) as ValuePacket; // a clone of a value packet is one
      this.#count += 1;
    }
    this.#passing = packet;
  }

  take(): Packet | undefined {
    const packet = this.#passing;
    this.#passing = undefined;
    return packet;
  }

  clear(): void {
    if (this.#passing !== undefined) closePacket(this.#passing);
    this.#passing = undefined;
    for (const packet of this.#kept) if (packet !== undefined) closePacket(packet);
    this.#kept.fill(undefined);
    this.#count = 0;
  }
}
