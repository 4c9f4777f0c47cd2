import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, NodeMetrics, ageMs, closePacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer } from '../../kinds/index.js';
import { DROP_OVERFLOW, DROP_TOO_OLD } from './skips.js';

export const FifoBufferConfig = z.strictObject({
  capacity: z.int().min(1).max(100_000).default(8).meta({ title: 'Capacity', description: 'Packets that may wait.' }),
  whenFull: z.enum(['block', 'drop-oldest', 'drop-newest']).default('block').meta({
    title: 'When full',
    description: 'block: the producer waits. drop-oldest: the one that waits longest leaves. drop-newest: what arrives is refused.',
  }),
  deadlineMs: z.number().positive().optional().meta({
    title: 'Deadline (ms)',
    description: 'A packet whose age since capture is beyond this when its turn comes is dropped. Left out: none is.',
  }),
});
export type FifoBufferConfig = z.infer<typeof FifoBufferConfig>;

/** Keeps up to n packets in order. */
@injectable()
export class FifoBuffer implements PacketBuffer {
  readonly #waiting: Packet[] = [];
  #config: FifoBufferConfig;

  constructor(
    @inject(NodeConfig) config: FifoBufferConfig,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
  ) {
    this.#config = config;
  }

  get accepting(): boolean {
    return this.#config.whenFull !== 'block' || this.#waiting.length < this.#config.capacity;
  }

  get size(): number {
    return this.#waiting.length;
  }

  push(packet: Packet): void {
    if (this.#waiting.length >= this.#config.capacity) {
      // A skip never costs a value: it goes unless there is room.
      if (packet.skip) return;
      if (!this.#makeRoom()) {
        closePacket(packet);
        this.metrics.drop(DROP_OVERFLOW);
        return;
      }
    }
    this.#waiting.push(packet);
  }

  take(nowMs: number): Packet | undefined {
    const { deadlineMs = Infinity } = this.#config;
    for (let packet = this.#waiting.shift(); packet !== undefined; packet = this.#waiting.shift()) {
      if (packet.skip || ageMs(packet.trace, nowMs) <= deadlineMs) return packet;
      closePacket(packet);
      this.metrics.drop(DROP_TOO_OLD);
    }
    return undefined;
  }

  reconfigure(config: unknown): boolean {
    this.#config = config as FifoBufferConfig; // validated before it comes here
    while (this.#waiting.length > this.#config.capacity && this.#config.whenFull !== 'block') this.#dropOldest();
    return true;
  }

  clear(): void {
    for (const packet of this.#waiting.splice(0)) closePacket(packet);
  }

  /** True when there is a place now. A waiting skip goes before any value does. */
  #makeRoom(): boolean {
    const skip = this.#waiting.findIndex((waiting) => waiting.skip);
    if (skip >= 0) {
      this.#waiting.splice(skip, 1);
      return true;
    }
    if (this.#config.whenFull !== 'drop-oldest') return false;
    this.#dropOldest();
    return true;
  }

  #dropOldest(): void {
    const oldest = this.#waiting.shift();
    if (oldest === undefined) return;
    closePacket(oldest);
    if (!oldest.skip) this.metrics.drop(DROP_OVERFLOW);
  }
}
