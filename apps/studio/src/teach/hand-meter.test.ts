import { LANDMARK_STRIDE } from '@kinegraph/core';
import type { Landmarks } from '@kinegraph/core';
import { signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { describe, expect, it } from 'vitest';
import { HandMeter } from './hand-meter.js';

const SIZE = { frameWidth: 640, frameHeight: 480 };

/** Hands of a take as results have them. */
function frames(): readonly { readonly timestampMs: number; readonly landmarks: Landmarks }[] {
  return signTake(0, 0).frames.map(({ timestampMs, hands }) => ({
    timestampMs,
    landmarks: {
      ...SIZE,
      tracks: hands.map(({ trackId, score, points }) => {
        const image = new Float32Array((points.length / 3) * LANDMARK_STRIDE);
        for (let point = 0; point < points.length / 3; point += 1)
          image.set(points.subarray(point * 3, point * 3 + 3), point * LANDMARK_STRIDE);
        return { trackId, score, skeleton: 'hand-21', image };
      }),
    },
  }));
}

describe('HandMeter', () => {
  it('thinks as well of what comes as of the take that it comes from', () => {
    const meter = new HandMeter();
    expect(meter.quality()).toBeUndefined();
    for (const { timestampMs, landmarks } of frames()) meter.push(5000 + timestampMs, landmarks);
    expect(meter.quality()).toMatchObject({ verdict: 'good', seenShare: 1 });
  });

  it('says that no hand is there once two seconds have passed without one', () => {
    const meter = new HandMeter();
    let now = 0;
    for (const { timestampMs, landmarks } of frames()) meter.push((now = timestampMs), landmarks);
    for (let later = 33; later < 2100; later += 33) meter.push(now + later, { ...SIZE, tracks: [] });
    expect(meter.quality()).toMatchObject({ verdict: 'poor', seenShare: 0 });
  });

  it('begins anew with a source that begins anew', () => {
    const meter = new HandMeter();
    for (const { timestampMs, landmarks } of frames()) meter.push(60_000 + timestampMs, landmarks);
    meter.push(5, { ...SIZE, tracks: [] });
    expect(meter.quality()).toMatchObject({ seenShare: 0 });
  });
});
