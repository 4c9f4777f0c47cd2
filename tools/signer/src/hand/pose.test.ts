import { describe, expect, it } from 'vitest';
import { HANDSHAPES } from './handshapes.js';
import { bendKnuckles, mixPose } from './pose.js';

describe('mixPose', () => {
  it('starts at the first pose and ends at the second', () => {
    expect(mixPose(HANDSHAPES.open, HANDSHAPES.fist, () => 0)).toEqual(HANDSHAPES.open);
    expect(mixPose(HANDSHAPES.open, HANDSHAPES.fist, () => 1)).toEqual(HANDSHAPES.fist);
  });

  it('moves each finger by its own share', () => {
    const mixed = mixPose(HANDSHAPES.open, HANDSHAPES.fist, (finger) => (finger === 'index' ? 0.5 : 0));
    expect(mixed.index.pip).toBeCloseTo((HANDSHAPES.open.index.pip + HANDSHAPES.fist.index.pip) / 2);
    expect({ ...mixed, index: null }).toEqual({ ...HANDSHAPES.open, index: null });
  });
});

describe('bendKnuckles', () => {
  it('adds to the four knuckles and leaves the thumb', () => {
    const bent = bendKnuckles(HANDSHAPES.open, 10);
    expect(bent.ring.mcp).toBe(HANDSHAPES.open.ring.mcp + 10);
    expect(bent.ring.pip).toBe(HANDSHAPES.open.ring.pip);
    expect(bent.thumb).toEqual(HANDSHAPES.open.thumb);
  });
});
