import type { TimedLandmarks } from '@kinegraph/core';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { landmarksOf } from '../results/index.js';
import { identityOf, tracksBetween, tracksBeyond } from './track-display.js';
import type { DisplayedTrack } from './track-display.js';

/** Enough for a display that runs late by a few results. */
const KEPT_RESULTS = 8;
/** A capture time that goes back by more belongs to another sender, or to its clock after a restart. */
const RESTART_MS = 1000;

/**
 * The landmarks to draw at any time, from results that come a few dozen times a second: between two results each track
 * lies on the way from one to the other, by when their frames were captured. It never guesses ahead. A track that only
 * one of them has fades, and so does everything when results stay away.
 *
 * Sinks are told apart: hands and bodies may come with different results of one frame. Of a track that several sinks
 * have, that of the first is drawn.
 */
export class ResultInterpolator {
  readonly #sinks: readonly string[] | undefined;
  readonly #kept = new Map<string, TimedLandmarks[]>();

  /**
   * @param sinks - Those to draw, the first ones first. Default: all, by name.
   * @param keptResults - Of each sink, the newest. Default: enough for a display that runs late by a few.
   */
  constructor(
    sinks?: readonly string[],
    private readonly keptResults = KEPT_RESULTS,
  ) {
    this.#sinks = sinks;
  }

  /** Takes a result; values that are no landmarks are left out, and so are results older than one of their sink. */
  add(result: ResultMessage): void {
    for (const [sink, value] of Object.entries(result.values)) {
      if (this.#sinks?.includes(sink) === false) continue;
      const landmarks = landmarksOf(value);
      if (landmarks !== undefined) this.#keep(sink, { timestampMs: result.capturedAtMs, value: landmarks });
    }
  }

  /** When the frame of the newest result was captured, by the sender's clock; undefined where there is none. */
  get newestMs(): number | undefined {
    const ends = [...this.#kept.values()].flatMap((list) => list.at(-1)?.timestampMs ?? []);
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  /** The tracks to draw over what was captured at a time of the sender's clock. */
  at(capturedAtMs: number): DisplayedTrack[] {
    const shown = new Map<string, DisplayedTrack>();
    for (const sink of this.#sinks ?? [...this.#kept.keys()].toSorted()) {
      for (const track of tracksAt(this.#kept.get(sink) ?? [], capturedAtMs)) {
        const identity = identityOf(track);
        if (!shown.has(identity)) shown.set(identity, track);
      }
    }
    return [...shown.values()];
  }

  /** Forgets all results. */
  clear(): void {
    this.#kept.clear();
  }

  #keep(sink: string, result: TimedLandmarks): void {
    if (!Number.isFinite(result.timestampMs)) return;
    const list = this.#kept.get(sink) ?? [];
    this.#kept.set(sink, list);
    const aheadMs = result.timestampMs - (list.at(-1)?.timestampMs ?? Number.NEGATIVE_INFINITY);
    if (aheadMs < -RESTART_MS) list.length = 0;
    else if (aheadMs <= 0) return;
    list.push(result);
    if (list.length > this.keptResults) list.shift();
  }
}

function tracksAt(results: readonly TimedLandmarks[], timeMs: number): DisplayedTrack[] {
  const next = results.findIndex(({ timestampMs }) => timestampMs > timeMs);
  const before = results.at(next === -1 ? -1 : next - 1);
  const after = results[next];
  if (next === 0 || before === undefined) return []; // before the first of them nothing is known
  if (after !== undefined) return tracksBetween(before, after, timeMs);
  const previous = results.at(-2);
  return tracksBeyond(before, previous && before.timestampMs - previous.timestampMs, timeMs);
}
