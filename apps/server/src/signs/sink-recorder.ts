import { randomInt } from 'node:crypto';
import { isLandmarks } from '@kinegraph/core/protocol';
import { TakeRecorder } from '@kinegraph/plugin-sign-classifier/teach';
import type { Take } from '@kinegraph/plugin-sign-classifier/teach';

const HAND = 'hand-21';
const FINEST = 2 ** 32;

/** What to make a take of. */
export interface SinkRecording {
  readonly label: string;
  /** Where from, for people. */
  readonly source: string;
  /** Whose hands. Left out: those of the first sink that gets any. */
  readonly sink?: string;
}

/** What a sink is about to write. */
export interface SinkValue {
  readonly sink: string;
  readonly timestampMs: number;
  readonly value: unknown;
}

/** Makes a take of the hands that reach one sink of a run. */
export class SinkRecorder {
  readonly #recorder: TakeRecorder;
  #sink: string | undefined;
  #hasHands = false;

  /** @throws LabelRefusedError */
  constructor({ label, source, sink }: SinkRecording) {
    this.#recorder = new TakeRecorder({ label, source, recordedAt: new Date(), random: randomInt(FINEST) / FINEST });
    this.#sink = sink;
  }

  get frameCount(): number {
    return this.#recorder.frameCount;
  }

  /** True once the take is as long as one may be: more is let go. */
  get isFull(): boolean {
    return this.#recorder.isFull;
  }

  /** Takes a value, of whatever sink and kind, where it is one to record. */
  push({ sink, timestampMs, value }: SinkValue): void {
    if ((this.#sink !== undefined && sink !== this.#sink) || !isLandmarks(value)) return;
    const isOfHands = value.tracks.some(({ skeleton }) => skeleton === HAND);
    // A sink of bodies gives no hands, ever; one of hands may begin with none.
    if (!isOfHands && value.tracks.length > 0) return;
    if (isOfHands) [this.#sink, this.#hasHands] = [sink, true];
    this.#recorder.push(timestampMs, value);
  }

  /** The take so far; undefined where no hand was seen. */
  take(): Take | undefined {
    return this.#hasHands ? this.#recorder.take() : undefined;
  }
}
