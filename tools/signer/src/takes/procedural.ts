import { SeededRandom } from '../random.js';
import { fingerAt, POSTURE_SIZE, type Posture } from './posture.js';
import type { PathName } from './paths.js';
import type { SignSpec, TurnSpec } from './sign-specs.js';

/** The ways in which a finger is held, as knuckle, middle and last joint in degrees: real handshapes are made of these. */
const FINGER_WAYS = {
  straight: [3, 5, 4],
  curled: [78, 93, 51],
  rolled: [55, 106, 62],
  held: [30, 108, 58],
  half: [38, 56, 32],
  round: [16, 46, 28],
  hooked: [12, 86, 46],
  flat: [68, 10, 8],
  raised: [42, 8, 6],
  loose: [20, 30, 18],
} as const;
type FingerWay = keyof typeof FINGER_WAYS;

/** Each thumb as abduction, opposition, roll, MCP and IP. */
const THUMBS: readonly (readonly [number, number, number, number, number])[] = [
  [25, 22, 20, 6, 3], // beside the index
  [54, 16, 16, -2, -5], // stretched away
  [20, 24, 10, 44, 40], // over the fingers
  [30, 42, 18, 34, 38], // over the fingers, loosely
  [8, 32, 12, 42, 34], // across the palm
  [-4, 20, 2, 37, 16], // on the ring finger
  [18, 42, 28, 20, 28], // opposed to the fingers
  [28, 52, 48, 10, 18], // opposed, stretched
  [14, 18, 6, 25, 16], // between the fingers
  [38, 26, 28, 10, 12], // slack
];

/** How the four fingers spread. */
const FAN = [9, 1, -6, -12] as const;
const CROSSING = [-10, 6, 0, 2] as const;

/** How often fingers are held so. */
const WAYS: readonly (readonly [FingerWay, number])[] = [
  ['straight', 0.36],
  ['curled', 0.22],
  ['rolled', 0.08],
  ['held', 0.05],
  ['half', 0.08],
  ['round', 0.07],
  ['hooked', 0.04],
  ['flat', 0.03],
  ['raised', 0.03],
  ['loose', 0.04],
];
/** How often the index and middle finger are crossed. */
const CROSSED = 0.04;

/** The paths of made-up signs; half of them are held. */
const MOVING: readonly (readonly [PathName, SignSpec['kind']])[] = [
  ['wave', 'again'],
  ['circle', 'again'],
  ['hook', 'once'],
  ['zigzag', 'once'],
  ['swipeIn', 'once'],
  ['swipeOut', 'once'],
  ['thrust', 'once'],
  ['rock', 'again'],
  ['fold', 'again'],
  ['morph', 'once'],
];

/** What this made-up sign is: random, and such as a hand can make. The same for the same seed. */
export function proceduralSign(classSeed: number): SignSpec {
  const random = new SeededRandom(classSeed).fork('procedural');
  const shape = randomPosture(random);
  const turns = [randomTurn(random)];
  if (random.next() < 0.5) return { shape, turns, path: 'held', seconds: [0.7, 1.8], kind: 'held' };
  const [path, kind] = MOVING[Math.floor(random.next() * MOVING.length)] ?? ['wave', 'again'];
  const seconds = kind === 'once' ? ([0.5, 0.9] as const) : ([1, 2] as const);
  if (path !== 'morph' && path !== 'fold') return { shape, turns, path, seconds, kind };
  return { shape, to: randomPosture(random), turns, path, seconds, kind };
}

/** A handshape as hands make them: neighbouring fingers mostly do the same. */
export function randomPosture(random: SeededRandom): Posture {
  const posture = new Float64Array(POSTURE_SIZE);
  posture.set(randomThumb(random), 0);
  const fan = random.next() < 0.45 ? random.between(0.6, 1.5) : random.between(-0.3, 0.2);
  const crossed = random.next() < CROSSED;
  let way = drawWay(random);
  for (let finger = 0; finger < 4; finger += 1) {
    if (finger > 0 && random.next() < 0.5) way = drawWay(random);
    const at = fingerAt(finger);
    const isLong = FINGER_WAYS[way][1] < 60;
    const spread = crossed ? (CROSSING[finger] ?? 0) : (FAN[finger] ?? 0) * fan;
    posture[at] = (isLong ? spread : 0) + random.normal(0, 2);
    posture.set(anglesOf(way, random), at + 1);
  }
  return posture;
}

/** A way to hold the thumb: abduction, opposition, roll, MCP and IP in degrees. */
export function randomThumb(random: SeededRandom): readonly number[] {
  const thumb = THUMBS[Math.floor(random.next() * THUMBS.length)] ?? [38, 26, 28, 10, 12];
  return thumb.map((angle) => angle + random.normal(0, 5));
}

/** A way to hold a finger: MCP, PIP and DIP in degrees. */
export function drawFingerWay(random: SeededRandom): readonly number[] {
  return anglesOf(drawWay(random), random);
}

function anglesOf(way: FingerWay, random: SeededRandom): readonly number[] {
  return FINGER_WAYS[way].map((angle) => angle + random.normal(0, 5));
}

function drawWay(random: SeededRandom): FingerWay {
  let left = random.next();
  for (const [way, share] of WAYS) {
    left -= share;
    if (left < 0) return way;
  }
  return 'straight';
}

/** Mostly upright with the palm to the camera; else turned to a side, tipped, lying, or from behind. */
function randomTurn(random: SeededRandom): TurnSpec {
  const kind = random.next();
  const [yaw, pitch, roll] =
    kind < 0.5
      ? [random.normal(0, 12), random.normal(0, 10), random.normal(0, 12)]
      : kind < 0.65
        ? [random.between(35, 95), random.normal(0, 10), random.normal(0, 15)]
        : kind < 0.78
          ? [random.normal(0, 20), random.normal(0, 10), random.between(45, 95) * (random.next() < 0.75 ? 1 : -1)]
          : kind < 0.9
            ? [random.normal(0, 20), random.between(35, 90), random.normal(0, 10)]
            : [random.between(140, 220), random.normal(0, 15), random.normal(0, 15)];
  const around = (angle: number, by: number): readonly [number, number] => [angle - by, angle + by];
  return { yaw: around(yaw, 9), pitch: around(pitch, 7), roll: around(roll, 7) };
}
