import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random.js';
import { idlePosture, NEGATIVE_KINDS, type IdleKind } from './negatives.js';
import { postureOf } from './posture.js';
import { distanceToSigns, LOOKS_ALIKE_DEGREES, shapeDistance } from './shape-distance.js';
import { SHAPES, type ShapeName } from './shapes.js';
import { OTHER_LABELS, SIGN_LABELS, SIGN_SPECS } from './sign-specs.js';
import { signerOf } from './signer.js';

const moving: ReadonlySet<string> = new Set(['transition', 'enter', 'leave']);
const idleKinds = NEGATIVE_KINDS.filter((kind): kind is IdleKind => !moving.has(kind));

describe('negatives', () => {
  it.each(idleKinds)('of kind %s never hold a shape near a letter or a sign', (kind) => {
    const random = new SeededRandom(11);
    const signs = Object.entries(SHAPES).flatMap(([name, variants]) =>
      name === 'rest' || name === 'bent' || name === 'flat' ? [] : variants.map(postureOf),
    );
    for (let seed = 0; seed < 300; seed += 1) {
      const posture = idlePosture(kind, signerOf(seed), random);
      const nearest = Math.min(...signs.map((sign) => shapeDistance(posture, sign)));
      expect(nearest).toBeGreaterThan(LOOKS_ALIKE_DEGREES);
    }
  });

  it('are measured against every letter and every held sign', () => {
    const letters = 'abcdeghiklmnorstuvwxy'.split('');
    const held = [...SIGN_LABELS, ...OTHER_LABELS]
      .filter((label) => SIGN_SPECS[label].kind === 'held')
      .map((label) => SIGN_SPECS[label].shape as ShapeName);
    for (const name of new Set([...letters, 'ok', ...held] as ShapeName[])) {
      expect(SHAPES[name].map((variant) => distanceToSigns(postureOf(variant)))).toEqual(SHAPES[name].map(() => 0));
    }
  });
});

describe('handshapes', () => {
  it('are 27 or more', () => {
    expect(Object.keys(SHAPES).length).toBeGreaterThanOrEqual(27);
  });

  it('round C and O: thumb opposed to bent fingers, apart in C and tip to tip in O', async () => {
    const { HandSolver } = await import('./hand-solver.js');
    const { MEDIAPIPE_HAND } = await import('../hand/proportions.js');
    const gap = (name: ShapeName): number[] =>
      SHAPES[name].map((pose) => {
        const joints = new Float64Array(63);
        new HandSolver(MEDIAPIPE_HAND).solve(postureOf(pose), joints);
        const between = (tip: number): number =>
          Math.hypot(...[0, 1, 2].map((axis) => (joints[12 + axis] ?? 0) - (joints[tip * 3 + axis] ?? 0)));
        return Math.min(between(8), between(12));
      });
    expect(Math.min(...gap('c'))).toBeGreaterThan(0.04);
    expect(Math.max(...gap('o'))).toBeLessThan(0.04);
    expect(Math.max(...gap('ok'))).toBeLessThan(0.04);
  });
});
