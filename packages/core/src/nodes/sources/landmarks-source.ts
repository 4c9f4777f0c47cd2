import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Clock } from '../../base/index.js';
import {
  Inlets,
  NodeConfig,
  NodeIdentity,
  NodeMetrics,
  SkeletonCatalog,
  SourceStatus,
  StreamItem,
  requireSkeleton,
} from '../../kinds/index.js';
import type { FrameSource, LandmarksReceiver } from '../../kinds/index.js';
import type { LayoutSkeleton } from '../../protocol/index.js';
import { TrackAssigner } from '../../vision/index.js';
import type { Landmarks } from '../../vision/index.js';
import { LiveInlet, stalledAfterMs } from './live-inlet.js';

export const LandmarksSourceConfig = z.strictObject({
  skeleton: z
    .string()
    .min(1)
    .max(100)
    .default('hand-21')
    .meta({
      title: 'Skeleton',
      description: 'Of the landmarks that are sent; it is the type of the output.',
      examples: ['hand-21', 'pose-33'],
    }),
  stalledAfterMs,
});
export type LandmarksSourceConfig = z.infer<typeof LandmarksSourceConfig>;

/**
 * The landmarks that the embedding program brings: on the server, those of a client that finds them itself. LiveInlet says
 * which, and when. Tracks without an identity (`trackId` 0) get one here, by where they were before.
 */
@injectable()
export class LandmarksSource implements FrameSource<StreamItem<Landmarks>>, LandmarksReceiver {
  readonly takes = 'landmarks';
  readonly #inlet: LiveInlet<'landmarks'>;
  readonly #tracks = new TrackAssigner();
  #skeleton: LayoutSkeleton;

  constructor(
    @inject(NodeConfig) private readonly config: LandmarksSourceConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(Inlets) private readonly inlets: Inlets,
    @inject(SkeletonCatalog) private readonly skeletons: SkeletonCatalog,
    @inject(SourceStatus) status: SourceStatus,
    @inject(NodeMetrics) metrics: NodeMetrics,
    @inject(Clock) clock: Clock,
  ) {
    this.#skeleton = { id: config.skeleton, points: 0 };
    this.#inlet = new LiveInlet({
      takes: 'landmarks',
      stalledAfterMs: config.stalledAfterMs,
      status,
      metrics,
      clock,
      place: ({ sequence, capturedAtMs, value }, timestampMs) =>
        new StreamItem({ sequence, capturedAtMs, timestampMs }, this.#identified(value, timestampMs)),
      discard: () => {},
    });
  }

  get clockOffsetMs(): number {
    return this.#inlet.clockOffsetMs;
  }

  /** @throws SkeletonUnknownError */
  open(): void {
    const { id, points } = requireSkeleton(this.skeletons, this.config.skeleton);
    this.#skeleton = { id, points: points.length };
    this.#inlet.open(this.inlets.open(this.identity.runId, this.identity.name, this));
  }

  get skeleton(): LayoutSkeleton {
    return this.#skeleton;
  }

  get isOpen(): boolean {
    return this.#inlet.isOpen;
  }

  push(item: StreamItem<Landmarks>, clockOffsetMs: number): void {
    this.#inlet.push(item, clockOffsetMs);
  }

  connected(isConnected: boolean): void {
    this.#inlet.connected(isConnected);
  }

  feed(give: (item: StreamItem<Landmarks>) => void): void {
    this.#inlet.feed(give);
  }

  /** It ends with the run alone. */
  read(signal: AbortSignal): Promise<undefined> {
    return this.#inlet.ended(signal);
  }

  close(): void {
    this.#inlet.close();
  }

  /** Senders name all of their tracks, or none. */
  #identified(landmarks: Landmarks, timestampMs: number): Landmarks {
    const { tracks } = landmarks;
    if (tracks.every(({ trackId }) => trackId > 0)) return landmarks;
    const ids = this.#tracks.assign(tracks, timestampMs);
    return {
      ...landmarks,
      tracks: tracks.map((track, index) => {
        const trackId = ids[index] ?? 0;
        const handedness = this.#tracks.handednessOf(trackId);
        // One frame's guess at the side does not turn a hand that was followed into the other one.
        return { ...track, trackId, ...(handedness === undefined ? {} : { handedness }) };
      }),
    };
  }
}
