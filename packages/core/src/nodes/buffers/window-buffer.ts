import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { NodeConfig, NodeMetrics, closePacket, valuePacket } from '../../kinds/index.js';
import type { Packet, PacketBuffer, PacketWindow, ValuePacket } from '../../kinds/index.js';
import { DROP_REPLACED } from './drop-causes.js';
import { takesPlace } from './skips.js';
import { WindowSnapshot } from './window-snapshot.js';

export const WindowBufferConfig = z.strictObject({
  count: z
    .int()
    .min(1)
    .max(10_000)
    .default(30)
    .meta({ title: 'Count', description: 'The most packets a window holds.' }),
  spanMs: z.number().positive().optional().meta({
    title: 'Span (ms)',
    description: 'Packets older than this, seen from the newest, leave the window. Left out: only the count limits it.',
  }),
  strideCount: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .meta({ title: 'Stride (packets)', description: 'Packets from one snapshot to the next.' }),
  strideMs: z.number().positive().optional().meta({
    title: 'Stride (ms)',
    description: 'Time from one snapshot to the next, instead of the stride in packets.',
  }),
  whole: z.boolean().default(true).meta({
    title: 'Whole windows only',
    description: 'No snapshot before the window has been filled once.',
  }),
});
export type WindowBufferConfig = z.infer<typeof WindowBufferConfig>;

/**
 * Collects a sliding window and emits a snapshot of it each stride. It never holds up its producer: a snapshot that
 * nobody has taken when the next one is due is replaced. Rules BUF1-BUF6 and BUF40-BUF44.
 */
@injectable()
export class WindowBuffer implements PacketBuffer<unknown, PacketWindow> {
  readonly accepting = true;
  readonly #window: ValuePacket[] = [];
  #pending: Packet<PacketWindow> | undefined;
  #sinceSnapshot = 0;
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;
  #hasBeenFull = false;

  constructor(
    @inject(NodeConfig) private readonly config: WindowBufferConfig,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
  ) {}

  get size(): number {
    return this.#pending === undefined ? 0 : 1;
  }

  push(packet: Packet): void {
    if (packet.skip) {
      this.#hold(packet);
      return;
    }
    const { timestampMs, trace } = packet;
    this.#window.push(packet);
    this.#sinceSnapshot += 1;
    this.#trim(timestampMs);
    if (!this.#isDue(timestampMs)) return;
    this.#sinceSnapshot = 0;
    this.#lastSnapshotMs = timestampMs;
    this.#hold(valuePacket<PacketWindow>(timestampMs, trace, WindowSnapshot.of(this.#window)));
  }

  take(): Packet<PacketWindow> | undefined {
    const packet = this.#pending;
    this.#pending = undefined;
    return packet;
  }

  clear(): void {
    if (this.#pending !== undefined) closePacket(this.#pending);
    this.#pending = undefined;
    for (const packet of this.#window.splice(0)) closePacket(packet);
  }

  #hold(packet: Packet<PacketWindow>): void {
    if (!takesPlace(packet, this.#pending)) return;
    if (this.#pending?.skip === false) {
      closePacket(this.#pending);
      this.metrics.drop(DROP_REPLACED);
    }
    this.#pending = packet;
  }

  #trim(newestMs: number): void {
    const { count, spanMs = Infinity } = this.config;
    for (let oldest = this.#window[0]; oldest !== undefined; oldest = this.#window[0]) {
      const tooMany = this.#window.length > count;
      if (!tooMany && newestMs - oldest.timestampMs <= spanMs) break;
      this.#hasBeenFull = true; // something had to leave, so the window was whole
      this.#window.shift();
      closePacket(oldest);
    }
    if (this.#window.length === count) this.#hasBeenFull = true;
  }

  #isDue(nowMs: number): boolean {
    if (this.config.whole && !this.#hasBeenFull) return false;
    if (this.config.strideMs !== undefined) return nowMs - this.#lastSnapshotMs >= this.config.strideMs;
    return this.#sinceSnapshot >= this.config.strideCount || this.#lastSnapshotMs === Number.NEGATIVE_INFINITY;
  }
}
