import type { WorkedPacket } from '@kinegraph/core';

/** Frames of a source whose times are kept: those under way, and some. */
const FRAMES_KEPT = 64;

/** Milliseconds that nodes worked on a frame, by node name. */
export type Stages = Readonly<Record<string, number>>;

const NO_STAGES: Stages = {};

/** Remembers what each node took for the frames under way, so that a result can tell. */
export class StageTimes {
  /** By source, then by the frame's timestamp; the oldest first. */
  readonly #sources = new Map<string, Map<number, Record<string, number>>>();

  worked({ node, trace, timestampMs, workMs }: WorkedPacket): void {
    const frames = this.#sources.get(trace.source) ?? new Map<number, Record<string, number>>();
    this.#sources.set(trace.source, frames);
    const stages = frames.get(timestampMs) ?? {};
    stages[node] = Math.round(workMs * 100) / 100;
    frames.set(timestampMs, stages);
    if (frames.size <= FRAMES_KEPT) return;
    for (const oldest of frames.keys()) {
      frames.delete(oldest);
      break;
    }
  }

  /** What is known of a frame so far. */
  of(source: string, timestampMs: number): Stages {
    return this.#sources.get(source)?.get(timestampMs) ?? NO_STAGES;
  }
}
