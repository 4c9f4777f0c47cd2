import { describe, expect, it } from 'vitest';
import type { Awaitable } from '../../base/index.js';
import type { Extractor } from '../../kinds/index.js';
import { LANDMARK_STRIDE } from '../../vision/index.js';
import type { Frame, Landmarks } from '../../vision/index.js';
import { aProcessInfo } from '../packets.js';

export interface ExtractorContractOptions {
  /** A new extractor, not yet open. */
  readonly make: () => Awaitable<Extractor<Landmarks>>;
  /** A new frame on which it finds something; the contract closes it. */
  readonly frame: (timestampMs: number) => Awaitable<Frame>;
  /** Points of each landmark array, by skeleton. */
  readonly points: Readonly<Record<string, number>>;
}

/**
 * What graphs rely on in every extractor of landmarks: it leaves the frame alone and answers well-formed tracks. Call it
 * in a test file of the package that brings the extractor.
 */
export function describeExtractorContract(name: string, { make, frame, points }: ExtractorContractOptions): void {
  describe(`${name} keeps the contract of an extractor`, () => {
    it('answers well-formed tracks, leaves the frame as it was, and closes', async () => {
      const extractor = await make();
      try {
        await extractor.open?.(new AbortController().signal);
        for (const timestampMs of [0, 33, 66.5]) {
          using image = await frame(timestampMs);
          const before = image.data.slice();
          const answer = await extractor.extract(image, aProcessInfo(timestampMs));
          expect(image.closed).toBe(false);
          expect(image.data).toEqual(before);
          expect(answer).toMatchObject({ frameWidth: image.width, frameHeight: image.height });
          expectWellFormed(answer, points);
        }
      } finally {
        await extractor.close?.();
      }
    });

    it('closes without having been opened', async () => {
      const extractor = await make();
      await extractor.close?.();
    });
  });
}

/** Every track of an answer has an identity of its own, scores within 0-1, and finite landmarks of the right number. */
export function expectWellFormed(landmarks: Landmarks | undefined, points: Readonly<Record<string, number>>): void {
  const tracks = landmarks?.tracks ?? [];
  expect(tracks.length).toBeGreaterThan(0);
  expect(new Set(tracks.map(({ skeleton, trackId }) => `${skeleton}/${trackId}`)).size).toBe(tracks.length);
  for (const track of tracks) {
    expect(points).toHaveProperty(track.skeleton);
    for (const array of track.world === undefined ? [track.image] : [track.image, track.world]) {
      expect(array).toBeInstanceOf(Float32Array);
      expect(array.length / LANDMARK_STRIDE).toBe(points[track.skeleton]);
      expect(array.every(Number.isFinite)).toBe(true);
      expect(array.every((value, index) => index % LANDMARK_STRIDE !== 3 || (value >= 0 && value <= 1))).toBe(true);
    }
    for (const score of [track.score, track.handednessScore ?? 0]) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  }
}
