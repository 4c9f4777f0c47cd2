import { inject, injectable } from 'inversify';
import { z } from 'zod';
import { Clock } from '../../base/index.js';
import { Inlets, NodeConfig, NodeIdentity, NodeMetrics, SourceStatus } from '../../kinds/index.js';
import type { FrameSource } from '../../kinds/index.js';
import type { Frame } from '../../vision/index.js';
import { LiveInlet, stalledAfterMs } from './live-inlet.js';

export const FramesSourceConfig = z.strictObject({ stalledAfterMs });
export type FramesSourceConfig = z.infer<typeof FramesSourceConfig>;

/** The frames that the embedding program brings: on the server, those of a client's socket. LiveInlet says which, and when. */
@injectable()
export class FramesSource implements FrameSource {
  readonly #inlet: LiveInlet<'frames'>;

  constructor(
    @inject(NodeConfig) config: FramesSourceConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(Inlets) private readonly inlets: Inlets,
    @inject(SourceStatus) status: SourceStatus,
    @inject(NodeMetrics) metrics: NodeMetrics,
    @inject(Clock) clock: Clock,
  ) {
    this.#inlet = new LiveInlet({
      takes: 'frames',
      stalledAfterMs: config.stalledAfterMs,
      status,
      metrics,
      clock,
      place: (frame, timestampMs) => (timestampMs === frame.timestampMs ? frame : frame.restamp(timestampMs)),
      discard: (frame) => frame.close(),
    });
  }

  get clockOffsetMs(): number {
    return this.#inlet.clockOffsetMs;
  }

  open(): void {
    this.#inlet.open(this.inlets.open(this.identity.runId, this.identity.name, this.#inlet));
  }

  feed(give: (frame: Frame) => void): void {
    this.#inlet.feed(give);
  }

  /** It ends with the run alone. */
  read(signal: AbortSignal): Promise<undefined> {
    return this.#inlet.ended(signal);
  }

  close(): void {
    this.#inlet.close();
  }
}
