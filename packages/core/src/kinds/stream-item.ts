import type { Timed } from '../vision/index.js';

/**
 * What a source of values answers where the value itself does not know its place in the stream: landmarks that were recorded, or
 * that somebody sends. The value alone travels on.
 */
export class StreamItem<T = unknown> implements Timed {
  readonly sequence: number;
  readonly timestampMs: number;
  readonly capturedAtMs: number;

  /** @param value - goes to the caller with the item. */
  constructor(
    place: Timed,
    readonly value: T,
  ) {
    this.sequence = place.sequence;
    this.timestampMs = place.timestampMs;
    this.capturedAtMs = place.capturedAtMs;
  }
}
