import type { LandmarkArray } from '@kinegraph/core/plugin';
import { meanVisibility, withVisibility, type MediaPipePoint } from '../landmarker/landmark-arrays.js';

/** What MediaPipe's PoseLandmarker answers; both lists go by person. */
export interface PoseResult {
  readonly landmarks: readonly (readonly MediaPipePoint[])[];
  readonly worldLandmarks: readonly (readonly MediaPipePoint[])[];
}

/** A person without identity. */
export interface FoundPose {
  readonly score: number;
  readonly image: LandmarkArray;
  readonly world: LandmarkArray;
}

/** The persons of one answer. The landmarker gives no score for a person, so it is the mean visibility of the landmarks. */
export function toPoses(result: PoseResult): FoundPose[] {
  return result.landmarks.map((points, index) => {
    const image = withVisibility(points);
    return { score: meanVisibility(image), image, world: withVisibility(result.worldLandmarks[index] ?? []) };
  });
}
