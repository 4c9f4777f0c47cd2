import { inject, injectable } from 'inversify';
import { z } from 'zod';
import {
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  PortTypes,
  closePacket,
  skipPacket,
  valuePacket,
} from '../../kinds/index.js';
import type { Packet, PacketBuffer, PacketWindow, ValuePacket } from '../../kinds/index.js';
import type { Landmarks } from '../../vision/index.js';
import { DROP_REPLACED } from './drop-causes.js';
import { resampleWindow } from './resample-window.js';
import { takesPlace } from './skips.js';
import { WindowInputError } from './window-input-error.js';
import { WindowSnapshot } from './window-snapshot.js';

export const WindowBufferConfig = z.strictObject({
  count: z
    .int()
    .min(1)
    .max(10_000)
    .default(30)
    .meta({ title: 'Count', description: 'The most packets a window holds. With resample it says nothing.' }),
  spanMs: z.number().positive().optional().meta({
    title: 'Span (ms)',
    description:
      'Packets older than this, seen from the newest, leave the window. Left out: only the count limits it; with resample 1000 ms.',
  }),
  resample: z.int().min(2).max(1000).optional().meta({
    title: 'Resample to',
    description:
      'For landmarks: this many even moments over the span in place of the packets as they came. A track that is absent from one was not seen then.',
  }),
  maxGapMs: z.number().positive().max(60_000).default(250).meta({
    title: 'Longest gap (ms)',
    description: 'With resample: between two sightings of a track further apart nothing is made up.',
  }),
  strideCount: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .meta({ title: 'Stride (packets)', description: 'Packets from one snapshot to the next.' }),
  strideMs: z.number().positive().optional().meta({
    title: 'Stride (ms)',
    description: 'Time from one snapshot to the next, instead of the stride in packets; with resample on average.',
  }),
  whole: z.boolean().default(true).meta({
    title: 'Whole windows only',
    description: 'No snapshot before the window has been filled once.',
  }),
});
export type WindowBufferConfig = z.infer<typeof WindowBufferConfig>;

/** What a window with `resample` spans unless told otherwise. */
const RESAMPLED_SPAN_MS = 1000;
/** More packets than this are held by no window, however long its span. */
const MOST_PACKETS = 10_000;

/**
 * Collects a sliding window and emits a snapshot of it each stride. It never holds up its producer: a snapshot that
 * nobody has taken when the next one is due is replaced. Rules BUF1-BUF6 and BUF40-BUF49.
 */
@injectable()
export class WindowBuffer implements PacketBuffer<unknown, PacketWindow> {
  readonly accepting = true;
  readonly #window: ValuePacket[] = [];
  #pending: Packet<PacketWindow> | undefined;
  #sinceSnapshot = 0;
  #lastSnapshotMs = Number.NEGATIVE_INFINITY;
  #firstMs: number | undefined;
  #hasBeenFull = false;

  constructor(
    @inject(NodeConfig) private readonly config: WindowBufferConfig,
    @inject(NodeMetrics) private readonly metrics: NodeMetrics,
    @inject(NodeIdentity) private readonly identity: Pick<NodeIdentity, 'name'>,
    @inject(PortTypes) private readonly portTypes: PortTypes,
  ) {}

  get size(): number {
    return this.#pending === undefined ? 0 : 1;
  }

  /** @throws WindowInputError - where the graph tells already that no landmarks will come to be resampled */
  open(): void {
    const type = this.portTypes.inputs['in'] ?? 'any';
    const mayBeLandmarks = type.split('|').some((choice) => choice === 'any' || choice.startsWith('landmarks/'));
    if (this.config.resample !== undefined && !mayBeLandmarks) throw this.#notLandmarks(`"${type}"`);
  }

  /** @throws WindowInputError - for a value that is no landmarks where they are to be resampled */
  push(packet: Packet): void {
    if (packet.skip) {
      this.#hold(packet);
      return;
    }
    if (this.config.resample !== undefined && !isLandmarks(packet.value))
      throw this.#notLandmarks('a value without tracks');
    const { timestampMs } = packet;
    this.#firstMs ??= timestampMs;
    this.#window.push(packet);
    this.#sinceSnapshot += 1;
    this.#trim(timestampMs);
    if (!this.#isDue(timestampMs)) return;
    this.#sinceSnapshot = 0;
    this.#lastSnapshotMs = this.#countsFrom(timestampMs);
    this.#hold(this.#snapshot(packet));
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

  #snapshot({ timestampMs, trace }: ValuePacket): Packet<PacketWindow> {
    const { resample: count, maxGapMs } = this.config;
    if (count === undefined) return valuePacket<PacketWindow>(timestampMs, trace, WindowSnapshot.of(this.#window));
    const landmarks = this.#window as ValuePacket<Landmarks>[]; // `push` refuses anything else
    const window = resampleWindow(landmarks, { spanMs: this.#resampledSpanMs, count, maxGapMs });
    return window === undefined ? skipPacket(timestampMs, trace) : valuePacket(timestampMs, trace, window);
  }

  #hold(packet: Packet<PacketWindow>): void {
    if (!takesPlace(packet, this.#pending)) return;
    if (this.#pending?.skip === false) {
      closePacket(this.#pending);
      this.metrics.drop(DROP_REPLACED, 1, this.#pending.trace);
    }
    this.#pending = packet;
  }

  #trim(newestMs: number): void {
    const { resample, maxGapMs } = this.config;
    const isResampled = resample !== undefined;
    const count = isResampled ? MOST_PACKETS : this.config.count;
    // What was seen a little before the span leads into it.
    const spanMs = isResampled ? this.#resampledSpanMs + maxGapMs : (this.config.spanMs ?? Infinity);
    for (let oldest = this.#window[0]; oldest !== undefined; oldest = this.#window[0]) {
      const tooMany = this.#window.length > count;
      if (!tooMany && newestMs - oldest.timestampMs <= spanMs) break;
      this.#hasBeenFull = true; // something had to leave, so the window was whole
      this.#window.shift();
      closePacket(oldest);
    }
    if (this.#window.length === count) this.#hasBeenFull = true;
    if (isResampled && newestMs - (this.#firstMs ?? newestMs) >= this.#resampledSpanMs) this.#hasBeenFull = true;
  }

  #isDue(nowMs: number): boolean {
    if (this.config.whole && !this.#hasBeenFull) return false;
    if (this.config.strideMs !== undefined) return nowMs - this.#lastSnapshotMs >= this.config.strideMs;
    return this.#sinceSnapshot >= this.config.strideCount || this.#lastSnapshotMs === Number.NEGATIVE_INFINITY;
  }

  /** From when the next stride counts: resampled snapshots keep to their rate, however it meets that of the packets. */
  #countsFrom(nowMs: number): number {
    const { resample, strideMs } = this.config;
    if (resample === undefined || strideMs === undefined) return nowMs;
    const dueMs = this.#lastSnapshotMs + strideMs;
    return nowMs - dueMs < strideMs ? dueMs : nowMs;
  }

  get #resampledSpanMs(): number {
    return this.config.spanMs ?? RESAMPLED_SPAN_MS;
  }

  #notLandmarks(found: string): WindowInputError {
    return new WindowInputError({ node: this.identity.name, found });
  }
}

function isLandmarks(value: unknown): value is Landmarks {
  return (
    typeof value === 'object' &&
    value !== null &&
    'tracks' in value &&
    'frameWidth' in value &&
    Array.isArray(value.tracks)
  );
}
