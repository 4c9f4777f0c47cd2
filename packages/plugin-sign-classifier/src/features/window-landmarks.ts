import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import { fillGaps } from './fill-gaps.js';
import type { HandWindow } from './hand-window.js';
import { HAND_POINTS, WINDOW_FRAMES } from './layout.js';

/** From where a model of plain landmarks sees them: the picture's top left, or the wrist of the same moment. */
export const LANDMARK_COORDINATES = ['image', 'wrist'] as const;
export type LandmarkCoordinates = (typeof LANDMARK_COORDINATES)[number];

/**
 * The plain landmarks of a window, as classical pipelines feed them to their models: fractions of the frame, gaps filled in.
 * @returns Shape [30, 21, 3], row-major.
 */
export function windowLandmarks({ landmarks, seen }: HandWindow, coordinates: LandmarkCoordinates): Float32Array {
  const values = new Float32Array(WINDOW_FRAMES * HAND_POINTS * 3);
  for (let point = 0; point < WINDOW_FRAMES * HAND_POINTS; point += 1) {
    const wrist = coordinates === 'wrist' ? point - (point % HAND_POINTS) : undefined;
    for (let axis = 0; axis < 3; axis += 1) {
      const origin = wrist === undefined ? 0 : (landmarks[wrist * LANDMARK_STRIDE + axis] ?? 0);
      values[point * 3 + axis] = (landmarks[point * LANDMARK_STRIDE + axis] ?? 0) - origin;
    }
  }
  fillGaps(values, seen, HAND_POINTS * 3);
  return values;
}
