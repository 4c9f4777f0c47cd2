import { LANDMARK_STRIDE } from '@kinegraph/core';
import type { Landmarks } from '@kinegraph/core';
import { takeQuality } from '@kinegraph/plugin-sign-classifier/teach';
import type { TakeFrame, TakeHand, TakeQuality } from '@kinegraph/plugin-sign-classifier/teach';

const HAND = 'hand-21';
/** What is told is of the last so many milliseconds. */
const SPAN_MS = 2000;
/** A source that begins anew counts from its own zero. */
const GAP_MS = 1000;

/** How well the hands of the last two seconds could be learned from: the same rules as for a take that was recorded. */
export class HandMeter {
  #frames: TakeFrame[] = [];
  #size = { frameWidth: 1, frameHeight: 1 };

  /** Takes what was found in a frame; none is told of too. */
  push(timestampMs: number, { frameWidth, frameHeight, tracks }: Landmarks): void {
    const last = this.#frames.at(-1)?.timestampMs;
    if (last !== undefined && (timestampMs <= last || timestampMs > last + GAP_MS)) this.clear();
    if (!(frameWidth > 0) || !(frameHeight > 0)) return;
    this.#size = { frameWidth, frameHeight };
    const hands = tracks.filter(({ skeleton }) => skeleton === HAND).map((track) => handOf(track));
    this.#frames.push({ timestampMs, hands });
    while ((this.#frames[0]?.timestampMs ?? timestampMs) < timestampMs - SPAN_MS) this.#frames.shift();
  }

  /** Undefined before anything has come. */
  quality(): TakeQuality | undefined {
    const first = this.#frames[0];
    if (first === undefined) return undefined;
    const frames = this.#frames.map((frame) => ({ ...frame, timestampMs: frame.timestampMs - first.timestampMs }));
    return takeQuality({ ...this.#size, frames });
  }

  clear(): void {
    this.#frames = [];
  }
}

function handOf({ trackId, score, image }: Landmarks['tracks'][number]): TakeHand {
  const count = image.length / LANDMARK_STRIDE;
  const points = new Float32Array(count * 3);
  for (let point = 0; point < count; point += 1)
    points.set(image.subarray(point * LANDMARK_STRIDE, point * LANDMARK_STRIDE + 3), point * 3);
  return { trackId, score, points };
}
