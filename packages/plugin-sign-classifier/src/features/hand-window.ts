import { LANDMARK_STRIDE, resampleLandmarks } from '@kinegraph/core/plugin';
import type { Handedness, Landmarks, PacketWindow, SampleGrid, TrackedLandmarks } from '@kinegraph/core/plugin';
import { HAND_POINTS, WINDOW_FRAMES } from './layout.js';

/** With fewer moments in which the hand was seen a window says nothing. */
export const MIN_SEEN_FRAMES = 3;
/** Between two sightings further apart nothing is made up. */
export const MAX_GAP_MS = 250;

/** A hand that was not seen for longer has left: it shows no sign any more, though the window still has some of it. */
export const SEEN_WITHIN_MS = 300;

/** One hand over the time of a window. */
export interface HandWindow {
  readonly trackId: number;
  /** The hand that most sightings said, each as sure as it was; undefined where none said one. */
  readonly handedness: Handedness | undefined;
  readonly startMs: number;
  readonly endMs: number;
  /** Width by height of the frames: what makes x and y comparable. */
  readonly aspect: number;
  /** Shape [30, 21, 4], row-major: image landmarks as they came, unsmoothed. Zeros where `seen` is 0. */
  readonly landmarks: Float32Array;
  /** Shape [30]: 1 where the hand was seen. */
  readonly seen: Uint8Array;
  readonly seenCount: number;
}

/** One sighting of one hand. */
export interface HandSighting {
  readonly timestampMs: number;
  readonly hand: Pick<TrackedLandmarks, 'image' | 'handedness' | 'handednessScore'>;
}

/**
 * One hand on the grid of a window. Sightings with a point missing or more than a hand has count as none.
 * @param sightings - in order of time.
 * @returns undefined with fewer than 3 moments in which it was seen
 */
export function handWindow(
  trackId: number,
  sightings: readonly HandSighting[],
  aspect: number,
  { endMs, spanMs, maxGapMs = MAX_GAP_MS }: Pick<SampleGrid, 'endMs' | 'spanMs'> & { readonly maxGapMs?: number },
): HandWindow | undefined {
  const timed = sightings
    .map(({ timestampMs, hand }) => ({ timestampMs, landmarks: hand.image }))
    .filter(({ landmarks }) => landmarks.length === HAND_POINTS * LANDMARK_STRIDE);
  const grid = { endMs, spanMs, maxGapMs, count: WINDOW_FRAMES };
  const { values, seen, seenCount } = resampleLandmarks(timed, grid);
  if (seenCount < MIN_SEEN_FRAMES) return undefined;
  const handedness = majorityHand(sightings.map(({ hand }) => hand));
  return { trackId, handedness, startMs: endMs - spanMs, endMs, aspect, landmarks: values, seen, seenCount };
}

/**
 * The hands of a window of landmarks, in the order in which they appear. One that `core.buffer.window` has resampled to the
 * same moments is taken as it is: its gaps stay gaps.
 */
export function handWindowsOf(window: PacketWindow<Landmarks>, spanMs: number): HandWindow[] {
  const byTrack = new Map<number, HandSighting[]>();
  let aspect = Number.NaN;
  for (const { timestampMs, value } of window.packets) {
    aspect = value.frameWidth / value.frameHeight;
    for (const hand of value.tracks) {
      const sightings = byTrack.get(hand.trackId);
      if (sightings === undefined) byTrack.set(hand.trackId, [{ timestampMs, hand }]);
      else sightings.push({ timestampMs, hand });
    }
  }
  const stepMs = spanMs / WINDOW_FRAMES;
  const grid = { endMs: window.endMs, spanMs, maxGapMs: isOnGrid(window, stepMs) ? stepMs * 1.5 : MAX_GAP_MS };
  return [...byTrack].flatMap(([trackId, sightings]) => handWindow(trackId, sightings, aspect, grid) ?? []);
}

/** True where the hand was seen just before the end of its window. */
export function isStillThere({ seen, startMs, endMs }: Pick<HandWindow, 'seen' | 'startMs' | 'endMs'>): boolean {
  const unseen = seen.length - 1 - seen.lastIndexOf(1);
  return (unseen * (endMs - startMs)) / seen.length <= SEEN_WITHIN_MS;
}

/** Resampled packets have even moments, and all the trace of the newest. */
function isOnGrid({ packets, startMs, endMs }: PacketWindow<Landmarks>, stepMs: number): boolean {
  if (packets.length !== WINDOW_FRAMES || packets[0]?.trace.sequence !== packets.at(-1)?.trace.sequence) return false;
  return Math.abs(endMs - startMs - stepMs * (WINDOW_FRAMES - 1)) < 1e-3;
}

/** Which hand most sightings say; votes count by how sure each was. */
export function majorityHand(hands: readonly HandSighting['hand'][]): Handedness | undefined {
  let [left, right] = [0, 0];
  for (const { handedness, handednessScore = 1 } of hands) {
    if (handedness === 'left') left += handednessScore;
    if (handedness === 'right') right += handednessScore;
  }
  if (left === right) return hands.findLast(({ handedness }) => handedness !== undefined)?.handedness;
  return left > right ? 'left' : 'right';
}
