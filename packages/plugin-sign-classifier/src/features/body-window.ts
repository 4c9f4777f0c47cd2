import { LANDMARK_STRIDE, pose33, resampleLandmarks } from '@kinegraph/core/plugin';
import type { Landmarks, PacketWindow, TrackedLandmarks } from '@kinegraph/core/plugin';
import { MAX_GAP_MS } from './hand-window.js';
import { WINDOW_FRAMES } from './layout.js';

/** A body over the time of a window, as far as signs need it. */
export interface BodyWindow {
  /** Shape [30, 5]: x and y of the middle of the shoulders, x and y of the nose, the width of the shoulders; heights of the frame. */
  readonly places: Float32Array;
  /** Shape [30]: 1 where the body was seen. */
  readonly seen: Uint8Array;
}

const NOSE = pose33.points.indexOf('nose');
const LEFT = pose33.points.indexOf('leftShoulder');
const RIGHT = pose33.points.indexOf('rightShoulder');
/** Shoulders seen from the side have next to no width to measure by. */
const MIN_SHOULDER_WIDTH = 0.02;

/**
 * The body of a window that has the largest shoulders: the person in front.
 * @param endMs - when the window of the hands ends: both must lie on the same moments.
 * @returns undefined where there is none
 */
export function bodyWindow(
  window: PacketWindow<Landmarks>,
  { endMs, spanMs }: { readonly endMs: number; readonly spanMs: number },
): BodyWindow | undefined {
  const trackId = largest(window);
  const newest = window.packets.at(-1)?.value;
  if (trackId === undefined || newest === undefined) return undefined;
  const sightings = window.packets.flatMap(({ timestampMs, value }) => {
    const track = value.tracks.find((each) => each.trackId === trackId);
    return track?.image.length === pose33.points.length * LANDMARK_STRIDE
      ? [{ timestampMs, landmarks: track.image }]
      : [];
  });
  const grid = { endMs, spanMs, count: WINDOW_FRAMES, maxGapMs: MAX_GAP_MS };
  const { values, seen } = resampleLandmarks(sightings, grid);
  const aspect = newest.frameWidth / newest.frameHeight;
  const places = new Float32Array(WINDOW_FRAMES * 5);
  const mask = new Uint8Array(WINDOW_FRAMES);
  for (let frame = 0; frame < WINDOW_FRAMES; frame += 1) {
    const at = (point: number, axis: number): number =>
      (values[(frame * pose33.points.length + point) * LANDMARK_STRIDE + axis] ?? 0) * (axis === 0 ? aspect : 1);
    const width = Math.hypot(at(LEFT, 0) - at(RIGHT, 0), at(LEFT, 1) - at(RIGHT, 1));
    if (seen[frame] !== 1 || width < MIN_SHOULDER_WIDTH) continue;
    mask[frame] = 1;
    const middle = [(at(LEFT, 0) + at(RIGHT, 0)) / 2, (at(LEFT, 1) + at(RIGHT, 1)) / 2];
    places.set([...middle, at(NOSE, 0), at(NOSE, 1), width], frame * 5);
  }
  return { places, seen: mask };
}

function largest({ packets }: PacketWindow<Landmarks>): number | undefined {
  const widths = new Map<number, number>();
  for (const { value } of packets) {
    for (const track of value.tracks) {
      const width = shoulderWidth(track);
      if (width > (widths.get(track.trackId) ?? 0)) widths.set(track.trackId, width);
    }
  }
  return [...widths].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function shoulderWidth({ image }: TrackedLandmarks): number {
  return Math.abs((image[LEFT * LANDMARK_STRIDE] ?? 0) - (image[RIGHT * LANDMARK_STRIDE] ?? 0));
}
