import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, NodeMetrics, closePacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer, PushContext } from '../../kinds/index.js';
import { DROP_BUSY, DROP_REPLACED } from './drop-causes.js';
import { takesPlace } from './skips.js';

export const LatestBufferConfig = z.strictObject({
  admit: z.enum(['newest', 'fresh']).default('newest').meta({
    title: 'Admit',
    description:
      'newest: hands over what waits when the consumer is ready (highest rate). fresh: drops what came while the consumer was busy (lowest age).',
  }),
});
export type LatestBufferConfig = z.infer<typeof LatestBufferConfig>;

/** Keeps one packet: the newest replaces the one that waits (latest wins). Rules BUF1-BUF6 and BUF10-BUF12. */
@injectable()
export class LatestBuffer implements PacketBuffer {
  readonly accepting = true;
  #waiting: Packet | undefined;
  #admit: LatestBufferConfig['admit'];

  constructor(
    @inject(NodeConfig) config: LatestBufferConfig,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
  ) {
    this.#admit = config.admit;
  }

  get size(): number {
    return this.#waiting === undefined ? 0 : 1;
  }

  push(packet: Packet, context: PushContext): void {
    if (!packet.skip && this.#admit === 'fresh' && !context.consumerReady) {
      closePacket(packet);
      this.metrics.drop(DROP_BUSY, 1, packet.trace);
      return;
    }
    if (!takesPlace(packet, this.#waiting)) return;
    if (this.#waiting?.skip === false) {
      closePacket(this.#waiting);
      this.metrics.drop(DROP_REPLACED, 1, this.#waiting.trace);
    }
    this.#waiting = packet;
  }

  take(): Packet | undefined {
    const packet = this.#waiting;
    this.#waiting = undefined;
    return packet;
  }

  reconfigure(config: unknown): boolean {
    this.#admit = (config as LatestBufferConfig).admit; // validated before it comes here
    return true;
  }

  clear(): void {
    if (this.#waiting !== undefined) closePacket(this.#waiting);
    this.#waiting = undefined;
  }
}
