import type { Handedness, LandmarkArray } from '@kinegraph/core/plugin';
import { withoutVisibility, type MediaPipePoint } from '../landmarker/landmark-arrays.js';

/** What MediaPipe's HandLandmarker answers; the three lists go by hand. */
export interface HandResult {
  readonly landmarks: readonly (readonly MediaPipePoint[])[];
  readonly worldLandmarks: readonly (readonly MediaPipePoint[])[];
  /** Best first; two words, `Left` and `Right`. */
  readonly handedness: readonly (readonly { readonly categoryName: string; readonly score: number }[])[];
}

/** A hand without its identity. */
export interface FoundHand {
  readonly score: number;
  readonly handedness: Handedness;
  readonly handednessScore: number;
  readonly image: LandmarkArray;
  readonly world: LandmarkArray;
}

/**
 * The hands of one answer. The landmarker gives no score for a hand as such, only one for its side, so that is both.
 * Its side is the person's own in a picture that is not mirrored.
 */
export function toHands(result: HandResult): FoundHand[] {
  return result.landmarks.map((points, index) => {
    const side = result.handedness[index]?.[0];
    const score = side?.score ?? 0;
    return {
      score,
      handedness: side?.categoryName === 'Left' ? 'left' : 'right',
      handednessScore: score,
      image: withoutVisibility(points),
      world: withoutVisibility(result.worldLandmarks[index] ?? []),
    };
  });
}
