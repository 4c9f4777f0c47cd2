import type { Packet } from '../../kinds/index.js';

/** The receiving end of a wire. */
export interface Consumer {
  /** True when `accept` may be called right now. */
  readonly ready: boolean;
  /** Takes over the packet. Only called while `ready`. */
  accept(packet: Packet): void;
  /**
   * The wire was laid in the middle of its stream: what comes is later than this (timestamp in ms), so nobody need wait for
   * anything up to it.
   */
  startsAfter(timestampMs: number): void;
  /** No more packets will come. */
  end(): void;
  /**
   * True: everything before this wire is empty and its sources are held, so nothing comes until this is called with false.
   * What a join waits for will not come either.
   */
  idle(isIdle: boolean): void;
  /** Set by the producer's outlet; the consumer calls it whenever `ready` may have turned true. */
  onReady: () => void;
}
