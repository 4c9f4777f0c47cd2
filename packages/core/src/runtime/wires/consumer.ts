import type { Packet } from '../../kinds/index.js';

/** The receiving end of a wire. */
export interface Consumer {
  /** True when `accept` may be called right now. */
  readonly ready: boolean;
  /** Takes over the packet. Only called while `ready`. */
  accept(packet: Packet): void;
  /** No more packets will come. */
  end(): void;
  /** Set by the producer's outlet; the consumer calls it whenever `ready` may have turned true. */
  onReady: () => void;
}
