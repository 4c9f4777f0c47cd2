import { FEATURES_1, WINDOW_FRAMES, handWindow, signFeatures1 } from '@kinegraph/plugin-sign-classifier/features';
import type { SignStream, SignTake } from '@kinegraph/signer';

/** The values of one window of features. */
export const WINDOW_VALUES = WINDOW_FRAMES * FEATURES_1;
/** The time of a window in milliseconds. */
export const WINDOW_MS = 1000;

/** `signfeat/1` of the window at the end of a take; undefined where the hand was seen too seldom. */
export function featuresOfTake({ sightings, aspect, endMs }: SignTake): Float32Array | undefined {
  return featuresUpTo({ sightings, aspect }, endMs);
}

/** `signfeat/1` of the window of a stream that ends at `endMs`. */
export function featuresUpTo(
  { sightings, aspect }: Pick<SignStream, 'sightings' | 'aspect'>,
  endMs: number,
): Float32Array | undefined {
  const from = endMs - WINDOW_MS;
  const within = sightings.filter(({ timestampMs }) => timestampMs > from && timestampMs <= endMs);
  const window = handWindow(1, within, aspect, { endMs, spanMs: WINDOW_MS });
  return window && signFeatures1(window);
}
