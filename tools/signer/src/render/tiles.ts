import { dot, length, normalize, scale, subtract, type Vec3 } from '../geometry/vec3.js';
import type { Camera } from './camera.js';
import type { Capsule } from './capsule.js';
import { BLEND_BULGE } from './field.js';
import { OPENNESS_REACH, SHADOW_SOFTNESS_M } from './tracer.js';

/** The side of the squares that the picture is cut into, in pixels. */
export const TILE_PX = 16;

/** A square of the picture with the flesh that its rays can meet. */
export interface TileCapsules {
  readonly left: number;
  readonly top: number;
  /** What the rays can meet and what is close to it, in field order. */
  readonly capsules: readonly Capsule[];
  /** What can stand between it and the key light, in field order. */
  readonly shadowers: readonly Capsule[];
  /** Between these distances from the camera, in metres, lies all flesh that the rays can meet. */
  readonly startM: number;
  readonly endM: number;
}

/**
 * Finds the capsules that the rays through one square can meet, and those so near that they shade what the rays meet.
 * @returns undefined where all rays pass by.
 */
export function capsulesInTile(
  camera: Camera,
  capsules: readonly Capsule[],
  keyDirection: Vec3,
  left: number,
  top: number,
): TileCapsules | undefined {
  const towards = (xPx: number, yPx: number): Vec3 =>
    normalize([xPx - camera.widthPx / 2, camera.heightPx / 2 - yPx, -camera.focalPx]);
  const axis = towards(left + TILE_PX / 2, top + TILE_PX / 2);
  const halfAngle = Math.acos(Math.min(1, dot(axis, towards(left, top))));
  const [cosine, sine] = [Math.cos(halfAngle), Math.sin(halfAngle)];
  const near: Capsule[] = [];
  let [startM, endM] = [Infinity, 0];
  let isMet = false;
  for (const capsule of capsules) {
    const along = dot(capsule.center, axis);
    const aside = Math.sqrt(Math.max(0, dot(capsule.center, capsule.center) - along * along));
    // How far the ball around the capsule is from the cone around the square's rays.
    const gap = aside * cosine - along * sine - capsule.reach;
    if (gap > OPENNESS_REACH) continue;
    near.push(capsule);
    if (gap > BLEND_BULGE) continue;
    isMet = true;
    const distance = length(capsule.center);
    startM = Math.min(startM, distance - capsule.reach - BLEND_BULGE);
    endM = Math.max(endM, distance + capsule.reach + BLEND_BULGE);
  }
  if (!isMet) return undefined;
  startM = Math.max(0.01, startM);
  const middle = scale(axis, (startM + endM) / 2);
  const radius = (endM - startM) / 2 + endM * sine;
  const shadowers = capsules.filter((capsule) => {
    const offset = subtract(capsule.center, middle);
    const towardsLight = Math.max(0, dot(offset, keyDirection));
    const aside = length(subtract(offset, scale(keyDirection, towardsLight)));
    return aside < radius + capsule.reach + SHADOW_SOFTNESS_M;
  });
  return { left, top, capsules: near, shadowers, startM, endM };
}
