import { LANDMARK_STRIDE, type LandmarkArray } from '@kinegraph/core/plugin';

/** A landmark as MediaPipe gives it. */
export interface MediaPipePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** 0-1; 0 for all points of models that do not tell. */
  readonly visibility: number;
}

/** Points as [points, 4]: x, y, z and the visibility that the model gave. */
export function withVisibility(points: readonly MediaPipePoint[]): LandmarkArray {
  return toArray(points, (point) => point.visibility);
}

/** Points as [points, 4] for models that do not tell visibility: it is 1. */
export function withoutVisibility(points: readonly MediaPipePoint[]): LandmarkArray {
  return toArray(points, () => 1);
}

function toArray(points: readonly MediaPipePoint[], visibilityOf: (point: MediaPipePoint) => number): LandmarkArray {
  const array = new Float32Array(points.length * LANDMARK_STRIDE);
  let at = 0;
  for (const point of points) {
    array[at] = point.x;
    array[at + 1] = point.y;
    array[at + 2] = point.z;
    array[at + 3] = visibilityOf(point);
    at += LANDMARK_STRIDE;
  }
  return array;
}

/** The mean of all visibilities in a landmark array, 0-1. */
export function meanVisibility(landmarks: LandmarkArray): number {
  let sum = 0;
  for (let at = 3; at < landmarks.length; at += LANDMARK_STRIDE) sum += landmarks[at] ?? 0;
  return landmarks.length === 0 ? 0 : sum / (landmarks.length / LANDMARK_STRIDE);
}
