import { LANDMARK_STRIDE } from '@kinegraph/core';
import type { TrackedLandmarks } from '@kinegraph/core';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { findInResults } from '../found-in-results.js';

/** What the published front ends read. */
export interface LiveSignsMessage {
  /** The count of the picture in its buffer. */
  readonly frame: number;
  /**
   * 96 rows [x, y, z], fractions of the picture: 0-5 shoulders, elbows and wrists, 6-73 the face (no graph here finds one: zeros),
   * 74-84 the right hand, 85-95 the left. Left out where nothing was found, or nobody wants them.
   */
  readonly landmarks?: readonly (readonly [number, number, number])[];
  readonly detected_sign?: { readonly sign_ar: string; readonly sign_en: string };
  /** 0-1. */
  readonly confidence?: number;
  /** All labels that it might be, best first. */
  readonly signs?: readonly { readonly label: string; readonly score: number }[];
  /** Nothing moves: nobody is there. */
  readonly status?: 'idle';
}

const BODY_POINTS = [11, 12, 13, 14, 15, 16] as const;
const FACE_ROWS = 68;
const HAND_POINTS = [0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20] as const;
const NOWHERE = [0, 0, 0] as const;
const DIGITS = 1e4;

/** A result in the protocol's words. */
export function liveSignsMessage({ values, sequence }: ResultMessage, wantsLandmarks: boolean): LiveSignsMessage {
  const { body, hands, classification } = findInResults(values);
  const isSomebody = body !== undefined || hands.left !== undefined || hands.right !== undefined;
  if (!isSomebody && classification === undefined) return { frame: sequence, status: 'idle' };
  return {
    frame: sequence,
    ...(wantsLandmarks && isSomebody
      ? {
          landmarks: [
            ...rows(body, BODY_POINTS),
            ...Array.from({ length: FACE_ROWS }, () => NOWHERE),
            ...rows(hands.right, HAND_POINTS),
            ...rows(hands.left, HAND_POINTS),
          ],
        }
      : {}),
    ...(classification === undefined
      ? {}
      : {
          detected_sign: { sign_ar: classification.label, sign_en: classification.label },
          confidence: classification.score,
          signs: [{ label: classification.label, score: classification.score }, ...classification.alternatives],
        }),
  };
}

function rows(
  track: TrackedLandmarks | undefined,
  points: readonly number[],
): readonly (readonly [number, number, number])[] {
  return points.map((point) => {
    if (track === undefined) return NOWHERE;
    const at = point * LANDMARK_STRIDE;
    const value = (offset: number): number => {
      const number = track.image[at + offset] ?? 0;
      return Number.isFinite(number) ? Math.round(number * DIGITS) / DIGITS : 0; // JSON has no NaN
    };
    return [value(0), value(1), value(2)];
  });
}
