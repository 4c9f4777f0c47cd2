import { sleep, type Clock } from '@kinegraph/core/plugin';

/** A little faster than the stream, so that it never falls behind: at the end of a segment it waits for the next one. */
const SPEED = 1.01;
/** A frame that would have to wait longer belongs to a stream whose times have jumped. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Spreads the frames of an HLS playlist over the time that they show. They come a whole segment at once; read as fast as
 * they come, all but the newest of each segment would be replaced before anybody could take them.
 */
export class PlaylistPacer {
  #originMs: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Resolves when the frame of this stream time is due. @throws AbortedError */
  async untilDue(streamMs: number, signal: AbortSignal): Promise<void> {
    const nowMs = this.clock.nowMs();
    const waitMs = this.#originMs === undefined ? 0 : this.#originMs + streamMs / SPEED - nowMs;
    if (waitMs > 0 && waitMs < LONGEST_WAIT_MS) await sleep(this.clock, waitMs, signal);
    else this.#originMs = nowMs - streamMs / SPEED; // the first one, a late one, or a jump
  }
}
