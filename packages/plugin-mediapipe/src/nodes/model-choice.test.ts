import { describe, expect, it } from 'vitest';
import { HAND_MODELS, modelReference } from './model-choice.js';

describe('modelReference', () => {
  const paths = { resolve: (path: string) => `/graphs/${path}` };

  it.each([
    ['full', 'mediapipe.hands.full'],
    ['lite', 'mediapipe.hands.lite'],
    ['heavy', '/graphs/heavy'],
    ['my/hands.task', '/graphs/my/hands.task'],
    ['toString', '/graphs/toString'],
    ['https://example.org/hand_landmarker.task#sha256=00', 'https://example.org/hand_landmarker.task#sha256=00'],
  ])('takes "%s" as %s', (model, reference) => {
    expect(modelReference(HAND_MODELS, model, paths)).toBe(reference);
  });
});
