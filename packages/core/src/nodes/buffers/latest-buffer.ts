import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, NodeMetrics, closePacket, skipPacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer, PushContext } from '../../kinds/index.js';
import { DROP_BUSY, DROP_REPLACED } from './drop-causes.js';
import { NewestSlot } from './newest-slot.js';

export const LatestBufferConfig = z.strictObject({
  admit: z.enum(['newest', 'fresh']).default('newest').meta({
    title: 'Admit',
    description:
      'newest: hands over what waits when the consumer is ready (highest rate). fresh: drops what came while the consumer was busy (lowest age).',
  }),
});
export type LatestBufferConfig = z.infer<typeof LatestBufferConfig>;

/** Keeps one packet: the newest replaces the one that waits (latest wins). Rules BUF1-BUF5 and BUF10-BUF12. */
@injectable()
export class LatestBuffer implements PacketBuffer {
  readonly accepting = true;
  readonly #slot = new NewestSlot<unknown>();
  #admit: LatestBufferConfig['admit'];

  constructor(
    @inject(NodeConfig) config: LatestBufferConfig,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
  ) {
    this.#admit = config.admit;
  }

  get size(): number {
    return this.#slot.size;
  }

  push(packet: Packet, context: PushContext): void {
    if (!packet.skip && this.#admit === 'fresh' && !context.consumerReady) {
      closePacket(packet);
      this.metrics.drop(DROP_BUSY);
      this.#slot.put(skipPacket(packet.timestampMs, packet.trace));
      return;
    }
    if (this.#slot.put(packet)) this.metrics.drop(DROP_REPLACED);
  }

  take(): Packet | undefined {
    return this.#slot.take();
  }

  reconfigure(config: unknown): boolean {
    this.#admit = (config as LatestBufferConfig).admit; // validated before it comes here
    return true;
  }

  clear(): void {
    this.#slot.clear();
  }
}
