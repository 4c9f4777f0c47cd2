import type { ResultMessage } from '@kinegraph/core/protocol';
import { ResultInterpolator } from '../drawing/index.js';
import type { DisplayedTrack } from '../drawing/index.js';
import { boxesOf, trackValuesOf } from './result-values.js';
import type { FoundBox, TrackValues } from './result-values.js';

/** All that is drawn over a picture. */
export interface LiveScene {
  readonly tracks: readonly DisplayedTrack[];
  readonly values: readonly TrackValues[];
  readonly boxes: readonly FoundBox[];
}

/** Boxes, labels and angles are shown for so long after their frame, and skeletons between results so far apart. */
const HOLD_MS = 500;
/** Results that a skeleton at one time can depend on lie this near. */
const NEAR_MS = 700;

/** What was found by a time, of the newest result of each sink: boxes, labels and angles do not lie between results. */
export function valuesAt(results: readonly ResultMessage[], atMs: number): Omit<LiveScene, 'tracks'> {
  const seen = new Set<string>();
  const values: TrackValues[] = [];
  const boxes: FoundBox[] = [];
  for (let index = results.length - 1; index >= 0; index -= 1) {
    const result = results[index];
    if (result === undefined || result.capturedAtMs > atMs) continue;
    if (result.capturedAtMs < atMs - HOLD_MS) break; // they are in order
    for (const [sink, value] of Object.entries(result.values)) {
      if (seen.has(sink)) continue;
      seen.add(sink);
      values.push(...trackValuesOf(value));
      boxes.push(...boxesOf(value));
    }
  }
  return { values, boxes };
}

/** The scene at a time of the past, from results in the order of their times. */
export function sceneAt(results: readonly ResultMessage[], atMs: number): LiveScene {
  const between = new ResultInterpolator(undefined, Number.POSITIVE_INFINITY);
  for (const result of results) if (Math.abs(result.capturedAtMs - atMs) <= NEAR_MS) between.add(result);
  return { tracks: between.at(atMs), ...valuesAt(results, atMs) };
}
