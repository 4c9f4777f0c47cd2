import { SeededRandom } from '../random.js';

/** One camera and one seat before it: what stays the same while a person signs. */
export interface TakeSession {
  readonly seed: number;
  /** Width by height of the frames. */
  readonly aspect: number;
  /** Frames a second. */
  readonly fps: number;
  /** The distance of the picture plane, in heights of the frame. */
  readonly focal: number;
  /** From the camera to the hand, metres. */
  readonly distance: number;
  /** Where the hand is held in the picture, fractions of width and height. */
  readonly x: number;
  readonly y: number;
  /** How the camera looks at the signer, in degrees. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** How uneasy the landmarks are: 1 is usual. */
  readonly jitter: number;
  /** How often a frame has no hand, how often a run of them, and how often the wrong hand is said. */
  readonly missed: number;
  readonly gaps: number;
  readonly wrongHand: number;
}

const ASPECTS = [4 / 3, 16 / 9, 16 / 9, 4 / 3, 9 / 16, 3 / 4, 1] as const;
const RATES = [30, 30, 30, 25, 24, 20, 15, 12, 10, 60, 50] as const;

/** A palm, and how near people come to a camera. */
const PALM_M = 0.1;
const NEAREST_M = 0.4;

/** The session with this seed. */
export function sessionOf(seed: number): TakeSession {
  const random = new SeededRandom(seed).fork('session');
  const aspect = ASPECTS[Math.floor(random.next() * ASPECTS.length)] ?? 1;
  const view = random.between(34, 66);
  const focal = 0.5 / Math.tan((view * Math.PI) / 360);
  // The palm is 8-32 % of the shorter side of the picture.
  const size = random.between(0.08, 0.32) * Math.min(1, aspect);
  const distance = Math.max(NEAREST_M, (PALM_M * focal) / size);
  const isCalm = random.next() < 0.75;
  return {
    seed,
    aspect,
    fps: RATES[Math.floor(random.next() * RATES.length)] ?? 30,
    focal,
    distance,
    x: random.between(0.3, 0.7),
    y: random.between(0.45, 0.8),
    yaw: random.normal(0, 10),
    pitch: random.normal(0, 8),
    roll: random.normal(0, 5),
    jitter: random.between(0.5, 1.6),
    missed: isCalm ? random.between(0, 0.03) : random.between(0.03, 0.25),
    gaps: isCalm ? 0.05 : 0.3,
    wrongHand: isCalm ? 0.005 : 0.05,
  };
}
