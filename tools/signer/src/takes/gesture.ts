import { SeededRandom } from '../random.js';
import { FINGER_DELAYS, MOMENT_SIZE, POSTURE_SIZE, type Moment, type Posture } from './posture.js';
import { PATHS, type Path } from './paths.js';
import { habitOf, type TakeSigner } from './signer.js';
import type { Range, SignSpec } from './sign-specs.js';

/** One making of a sign, or of what is none: all that is drawn by chance is drawn. */
export interface Gesture {
  readonly label: string | null;
  readonly durationMs: number;
  /** Fills `out` with what the hand does `ms` after the beginning, 0 to `durationMs`. */
  write(ms: number, out: Moment): void;
}

/** What a gesture is made of. */
export interface GestureParts {
  readonly label: string | null;
  readonly durationMs: number;
  readonly posture: Posture;
  /** The posture to which `path` morphs. */
  readonly toPosture?: Posture;
  /** Metres and degrees: x, y, z, yaw, pitch, roll. */
  readonly stand: ArrayLike<number>;
  readonly path: Path;
}

/** Puts a gesture together. */
export function gestureOf({ label, durationMs, posture, toPosture, stand, path }: GestureParts): Gesture {
  return {
    label,
    durationMs,
    write(ms, out) {
      for (let at = 0; at < POSTURE_SIZE; at += 1) out[at] = posture[at] ?? 0;
      for (let at = POSTURE_SIZE; at < MOMENT_SIZE; at += 1) out[at] = stand[at - POSTURE_SIZE] ?? 0;
      const morphed = path(ms <= 0 ? 0 : ms >= durationMs ? 1 : ms / durationMs, out);
      if (toPosture === undefined || morphed === 0) return;
      for (let at = 0; at < POSTURE_SIZE; at += 1) {
        // Fingers a little one after another: those that start late hurry.
        const delay = FINGER_DELAYS[at] ?? 0;
        const share = morphed <= delay ? 0 : (morphed - delay) / (1 - delay);
        out[at] = (out[at] ?? 0) + ((toPosture[at] ?? 0) - (posture[at] ?? 0)) * share;
      }
    },
  };
}

/**
 * This signer making a sign once.
 * @param durationMs - how long; by default as long as the sign takes at the signer's tempo.
 */
export function makeSign(
  label: string,
  spec: SignSpec,
  signer: TakeSigner,
  random: SeededRandom,
  durationMs = (random.between(...spec.seconds) * 1000) / signer.tempo,
): Gesture {
  const posture = new Float64Array(POSTURE_SIZE);
  habitOf(signer, spec.shape, posture);
  loosen(posture, random);
  const toPosture = spec.to === undefined ? undefined : new Float64Array(POSTURE_SIZE);
  if (toPosture !== undefined && spec.to !== undefined) {
    habitOf(signer, spec.to, toPosture);
    loosen(toPosture, random);
  }
  const chosen = new SeededRandom(signer.seed).fork(label).next();
  const turn = spec.turns[Math.floor(chosen * spec.turns.length)] ?? { yaw: [0, 0], pitch: [0, 0], roll: [0, 0] };
  const around = (range: Range, habit: number): number => random.between(...range) + habit + random.normal(0, 3);
  const stand = [
    random.normal(0, 0.02),
    random.normal(0, 0.02),
    random.normal(0, 0.02),
    around(turn.yaw, signer.slant.yaw),
    around(turn.pitch, signer.slant.pitch),
    around(turn.roll, signer.slant.roll),
  ];
  const { tempo, amplitude } = signer;
  const path = PATHS[spec.path]({ random, seconds: durationMs / 1000, tempo, amplitude });
  return gestureOf({ label, durationMs, posture, ...(toPosture && { toPosture }), stand, path });
}

/** No hand makes a shape twice alike: a few degrees from take to take, all fingers a little together, spreads less than bends. */
export function loosen(posture: Posture, random: SeededRandom, degrees = 3.5): void {
  const together = random.normal(0, degrees * 0.8);
  for (let at = 0; at < POSTURE_SIZE; at += 1) {
    const isThumb = at < 5;
    const isSpread = !isThumb && (at - 5) % 4 === 0;
    const own = random.normal(0, isSpread ? degrees * 0.55 : degrees);
    posture[at] = (posture[at] ?? 0) + own + (isThumb || isSpread ? 0 : together);
  }
}

/** A hand that rests: relaxed, its own way for each signer. */
export function relaxed(signer: TakeSigner, random: SeededRandom): Posture {
  const posture = new Float64Array(POSTURE_SIZE);
  habitOf(signer, 'rest', posture);
  loosen(posture, random, 6);
  return posture;
}
