import type { SeededRandom } from '@kinegraph/signer';

/** Lengths of a body in metres. */
export interface BodyProportions {
  readonly torso: number;
  /** From the middle to a shoulder, and to a hip. */
  readonly halfShoulders: number;
  readonly halfHips: number;
  readonly upperArm: number;
  readonly forearm: number;
  readonly thigh: number;
  readonly shank: number;
  /** The nose from the middle of the shoulders, upwards and forwards; eyes and ears go with it. */
  readonly noseUp: number;
  readonly noseForward: number;
  readonly halfEyes: number;
  readonly halfEars: number;
}

/**
 * A person. Lengths are shares of the stature (Drillis and Contini, "Body segment parameters", 1966; Winter, "Biomechanics
 * and Motor Control of Human Movement", 2009, figure 4.1), each varied by itself, on statures of adults from 1.45 to 1.98 m.
 */
export function personProportions(random: SeededRandom): BodyProportions {
  const stature = random.normal(1.7, 0.09);
  const part = (share: number, deviation = 0.05): number => stature * share * random.normal(1, deviation);
  return {
    torso: part(0.288),
    halfShoulders: part(0.108, 0.06),
    halfHips: part(0.055, 0.08),
    upperArm: part(0.186, 0.04),
    forearm: part(0.146, 0.04),
    thigh: part(0.245, 0.04),
    shank: part(0.246, 0.04),
    noseUp: part(0.112, 0.08),
    noseForward: part(0.06, 0.12),
    halfEyes: part(0.019, 0.06),
    halfEars: part(0.044, 0.06),
  };
}
