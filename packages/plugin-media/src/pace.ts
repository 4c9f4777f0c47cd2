import { sleep, type Clock } from '@kinegraph/core/plugin';
import { z } from 'zod';

/** How fast a recording is played. */
export const Pace = z
  .enum(['realtime', 'as-fast-as-possible'])
  .default('realtime')
  .meta({
    title: 'Pace',
    description:
      'realtime hands a frame over no earlier than its time, as a camera would, and catches up after a hold-up; ' +
      'as-fast-as-possible hands the next frame over as soon as the graph takes it.',
  });
export type Pace = z.infer<typeof Pace>;

/** Holds frames back until their time has come. The first frame it is asked about starts the clock. */
export class FramePacer {
  #originMs: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly pace: Pace,
  ) {}

  /** Resolves when a frame of this stream time is due. @throws AbortedError */
  async untilDue(timestampMs: number, signal: AbortSignal): Promise<void> {
    if (this.pace === 'as-fast-as-possible') return;
    this.#originMs ??= this.clock.nowMs() - timestampMs;
    const waitMs = this.#originMs + timestampMs - this.clock.nowMs();
    if (waitMs > 0) await sleep(this.clock, waitMs, signal);
  }
}
