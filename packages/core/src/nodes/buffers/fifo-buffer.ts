import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, NodeMetrics, ageMs, closePacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer, PushContext } from '../../kinds/index.js';
import { DROP_OVERFLOW, DROP_TOO_OLD } from './drop-causes.js';

export const FifoBufferConfig = z.strictObject({
  capacity: z.int().min(1).max(100_000).default(8).meta({ title: 'Capacity', description: 'Packets that may wait.' }),
  whenFull: z.enum(['block', 'drop-oldest', 'drop-newest']).default('block').meta({
    title: 'When full',
    description:
      'block: the producer waits. drop-oldest: the one that waits longest leaves. drop-newest: what arrives is refused.',
  }),
  deadlineMs: z.number().positive().optional().meta({
    title: 'Deadline (ms)',
    description: 'A packet whose age since capture is beyond this when its turn comes is dropped. Left out: none is.',
  }),
});
export type FifoBufferConfig = z.infer<typeof FifoBufferConfig>;

/** Keeps up to n packets in order. Rules BUF1-BUF6 and BUF20-BUF26. */
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

  push(packet: Packet, context: PushContext): void {
    if (this.#hasRoom(packet, context.nowMs)) this.#waiting.push(packet);
    else if (!packet.skip) this.#drop(packet, DROP_OVERFLOW);
  }

  take(nowMs: number): Packet | undefined {
    for (let packet = this.#waiting.shift(); packet !== undefined; packet = this.#waiting.shift()) {
      if (!this.#isTooOld(packet, nowMs)) return packet;
      this.#drop(packet, DROP_TOO_OLD);
    }
    return undefined;
  }

  reconfigure(config: unknown): boolean {
    this.#config = config as FifoBufferConfig; // validated before it comes here
    const { whenFull, capacity } = this.#config;
    // When blocking, what is too much simply leaves in its turn.
    while (whenFull !== 'block' && this.#waiting.length > capacity) if (!this.#removeOneSkip()) this.#dropByPolicy();
    return true;
  }

  clear(): void {
    for (const packet of this.#waiting.splice(0)) closePacket(packet);
  }

  /** Makes room where the policy allows it. A skip never costs a value; a waiting skip leaves before any value does. */
  #hasRoom(packet: Packet, nowMs: number): boolean {
    const { capacity, whenFull } = this.#config;
    if (this.#waiting.length < capacity) return true;
    if (packet.skip) return false;
    this.#dropTooOld(nowMs);
    if (this.#waiting.length >= capacity) this.#removeOneSkip();
    if (this.#waiting.length >= capacity && whenFull === 'drop-oldest') this.#dropByPolicy();
    return this.#waiting.length < capacity;
  }

  #dropTooOld(nowMs: number): void {
    for (let index = this.#waiting.length - 1; index >= 0; index -= 1) {
      const packet = this.#waiting[index];
      if (packet === undefined || !this.#isTooOld(packet, nowMs)) continue;
      this.#waiting.splice(index, 1);
      this.#drop(packet, DROP_TOO_OLD);
    }
  }

  #removeOneSkip(): boolean {
    const index = this.#waiting.findIndex((waiting) => waiting.skip);
    if (index < 0) return false;
    this.#waiting.splice(index, 1);
    return true;
  }

  #dropByPolicy(): void {
    const packet = this.#config.whenFull === 'drop-newest' ? this.#waiting.pop() : this.#waiting.shift();
    if (packet !== undefined) this.#drop(packet, DROP_OVERFLOW);
  }

  #drop(packet: Packet, cause: string): void {
    closePacket(packet);
    this.metrics.drop(cause, 1, packet.trace);
  }

  #isTooOld(packet: Packet, nowMs: number): boolean {
    return !packet.skip && ageMs(packet.trace, nowMs) > (this.#config.deadlineMs ?? Infinity);
  }
}
