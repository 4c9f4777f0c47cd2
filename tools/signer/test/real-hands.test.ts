import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { missingShared, sharedFile } from '../../../test/support/shared-files.js';
import { LETTER_FILES, LETTERS_ASPECT, letterWindows, readLetters } from '../../../test/support/letters.js';
import { SeededRandom } from '../src/random.js';
import { OTHER_LABELS, sampleTake, SIGN_LABELS, type OtherLabel, type SignLabel } from '../src/takes/index.js';

const VECTORS = [
  ['fist', 'fist'],
  ['thumb_up', 'thumb-up'],
  ['pointing_up', 'point'],
  ['victory', 'v'],
] as const;
const vectorFile = (name: string): string => `landmarks/${name}_landmarks.pbtxt`;

/** The places of 21 points in heights of the frame, as of a right hand. */
function square(image: Float32Array, aspect: number, handedness: 'left' | 'right'): number[][] {
  const across = handedness === 'left' ? -aspect : aspect;
  return Array.from({ length: 21 }, (_, point) => {
    const [x = 0, y = 0, z = 0] = image.subarray(point * 4, point * 4 + 3);
    return [x * across, y, z * aspect];
  });
}

/** The 15 bends of the fingers' joints and the 4 angles between neighbouring fingers, in degrees. */
function jointAngles(points: readonly number[][]): number[] {
  const bone = (from: number, to: number): number[] =>
    [0, 1, 2].map((axis) => (points[to]?.[axis] ?? 0) - (points[from]?.[axis] ?? 0));
  const between = (a: number[], b: number[]): number => {
    const dot = a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
    return (Math.acos(Math.max(-1, Math.min(1, dot / Math.hypot(...a) / Math.hypot(...b)))) * 180) / Math.PI;
  };
  const firsts = [1, 5, 9, 13, 17];
  const bends = firsts.flatMap((first) =>
    [0, 1, 2].map((joint) =>
      between(bone(joint === 0 ? 0 : first + joint - 1, first + joint), bone(first + joint, first + joint + 1)),
    ),
  );
  const spreads = firsts
    .slice(1)
    .map((next, finger) => between(bone(firsts[finger] ?? 0, (firsts[finger] ?? 0) + 1), bone(next, next + 1)));
  return [...bends, ...spreads];
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
/** For each joint the median over frames. */
const middle = (frames: readonly number[][]): number[] =>
  (frames[0] ?? []).map((_, joint) =>
    quantile(
      frames.map((frame) => frame[joint] ?? Number.NaN),
      0.5,
    ),
  );

/** For each joint the spread of the generator, from 2 % to 98 % of 150 takes. */
function spreadOf(label: SignLabel | OtherLabel): { readonly low: number; readonly high: number }[] {
  const random = new SeededRandom(17);
  const takes = Array.from({ length: 150 }, () => {
    const { sightings, aspect } = sampleTake(label, random, { jitter: 1 });
    return middle(sightings.slice(-6).map(({ hand }) => jointAngles(square(hand.image, aspect, hand.handedness))));
  }).filter((angles) => angles.length > 0);
  return (takes[0] ?? []).map((_, joint) => {
    const values = takes.map((take) => take[joint] ?? Number.NaN);
    return { low: quantile(values, 0.02), high: quantile(values, 0.98) };
  });
}

/** Which share of the joints lies inside the spread. */
function inside(angles: readonly number[], spread: ReturnType<typeof spreadOf>): number {
  const hits = angles.filter((angle, joint) => {
    const { low, high } = spread[joint] ?? { low: Number.NaN, high: Number.NaN };
    return angle >= low && angle <= high;
  });
  return hits.length / angles.length;
}

const missing = missingShared(...LETTER_FILES);
describe.skipIf(missing.length > 0)(
  `real letters${missing.length > 0 ? ` (missing: ${missing.join(', ')})` : ''}`,
  () => {
    const real = new Map<string, number[][]>();
    let frames: ReturnType<typeof readLetters> = [];
    beforeAll(() => {
      frames = readLetters();
      for (const window of letterWindows(frames)) {
        const letter = window[0]?.letter ?? '';
        const angles = middle(
          window.map(({ hand }) => jointAngles(square(hand.image, LETTERS_ASPECT, hand.handedness))),
        );
        real.set(letter, [...(real.get(letter) ?? []), angles]);
      }
    });

    it('are all there, 26 letters of about 400 frames', () => {
      expect(frames).toHaveLength(10_508);
      expect([...real.keys()].join('')).toBe('abcdefghijklmnopqrstuvwxyz');
    });

    it('show what looks like a left hand with its palm to the camera', () => {
      for (const letter of ['a', 'b', 'l', 'y']) {
        const of = frames.filter((frame) => frame.letter === letter);
        const isLeft = of.filter(({ hand: { image } }) => (image[5 * 4] ?? 0) < (image[17 * 4] ?? 0));
        expect(isLeft.length / of.length, letter).toBeGreaterThan(0.95);
      }
      const isTipNearer = frames
        .filter(({ letter }) => letter === 'a')
        .filter(({ hand: { image } }) => (image[10 * 4 + 2] ?? 0) < (image[9 * 4 + 2] ?? 0));
      expect(isTipNearer.length).toBeGreaterThan(380);
    });

    const nameOf: Readonly<Record<string, SignLabel>> = { f: 'ok' };
    const known = [...SIGN_LABELS, ...OTHER_LABELS].filter(
      (label) => label.length === 1 && label !== 'j' && label !== 'z',
    );
    const upright = known.filter((letter) => letter !== 'p' && letter !== 'q');
    it.each(['f', ...upright])('of %s bend their joints as the generator may', (letter) => {
      const spread = spreadOf(nameOf[letter] ?? (letter as SignLabel | OtherLabel));
      const shares = (real.get(letter) ?? []).map((angles) => inside(angles, spread));
      expect(quantile(shares, 0.5)).toBeGreaterThan(0.75);
    });
  },
);

const missingVectors = missingShared(...VECTORS.map(([name]) => vectorFile(name)));
describe.skipIf(missingVectors.length > 0)(
  `MediaPipe's own test vectors${missingVectors.length > 0 ? ` (missing: ${missingVectors.join(', ')})` : ''}`,
  () => {
    it.each(VECTORS)('of %s bend their joints as the generator may for %s', (name, label) => {
      const [text = ''] = readFileSync(sharedFile(vectorFile(name)), 'utf8').split('world_landmarks');
      const numbers = [...text.matchAll(/[xyz]: (\S+)/g)].map(([, value]) => Number(value));
      expect(numbers).toHaveLength(63);
      const image = Float32Array.from({ length: 84 }, (_, at) =>
        at % 4 === 3 ? 1 : (numbers[(at >> 2) * 3 + (at % 4)] ?? 0),
      );
      expect(inside(jointAngles(square(image, 1, 'right')), spreadOf(label))).toBeGreaterThan(0.75);
    });
  },
);
