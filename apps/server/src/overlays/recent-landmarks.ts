import type { Landmarks, RunObserver } from '@kinegraph/core';
import { isLandmarks } from '@kinegraph/core/protocol';

/** Frames of a source whose landmarks are kept: those that a picture may still be asked for. */
const FRAMES_KEPT = 12;

/** What sinks got of the newest frames of each source, to be drawn over their pictures. */
export class RecentLandmarks {
  /** By source, then by timestamp and sink; the oldest first. */
  readonly #sources = new Map<string, Map<number, Map<string, Landmarks>>>();

  /** What the run tells it. */
  readonly observer: RunObserver = {
    sinkValue: ({ sink, trace, timestampMs, value }) => {
      if (isLandmarks(value)) this.#keep(trace.source, timestampMs, sink, value);
    },
    connection: (source, state) => state !== 'live' && this.#sources.delete(source),
  };

  /** Landmarks of a frame by sink; undefined where there are none yet. */
  of(source: string, timestampMs: number): ReadonlyMap<string, Landmarks> | undefined {
    return this.#sources.get(source)?.get(timestampMs);
  }

  clear(): void {
    this.#sources.clear();
  }

  #keep(source: string, timestampMs: number, sink: string, landmarks: Landmarks): void {
    const frames = this.#sources.get(source) ?? new Map<number, Map<string, Landmarks>>();
    this.#sources.set(source, frames);
    const sinks = frames.get(timestampMs) ?? new Map<string, Landmarks>();
    frames.set(timestampMs, sinks.set(sink, landmarks));
    if (frames.size <= FRAMES_KEPT) return;
    for (const oldest of frames.keys()) {
      frames.delete(oldest);
      return;
    }
  }
}
