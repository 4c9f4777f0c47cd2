import type { Vec3 } from '../geometry/vec3.js';
import type { Capsule } from './capsule.js';
import { distanceTo } from './field.js';

const MAX_STEPS = 72;
/** Nearer than this counts as touched, in metres: a tenth of a pixel's width at the hand. */
const TOUCH = 0.00008;
/** The blended field over-estimates a little beside strong tapers, so each step stops short. */
const CAUTION = 0.92;

/**
 * Follows a ray from the camera to the flesh (sphere tracing).
 * @param direction - of length 1.
 * @param start - where to begin, in metres along the ray; no flesh lies before it.
 * @param end - where to give up.
 * @returns the distance along the ray, or -1 where it passes by.
 */
export function traceRay(capsules: readonly Capsule[], direction: Vec3, start: number, end: number): number {
  const [dx, dy, dz] = direction;
  let travelled = start;
  let distance = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    distance = distanceTo(capsules, dx * travelled, dy * travelled, dz * travelled);
    if (distance < TOUCH) return travelled;
    travelled += distance * CAUTION;
    if (travelled > end) return -1;
  }
  // A ray that slides along the surface runs out of steps close to it.
  return distance < TOUCH * 8 ? travelled : -1;
}

/** The surface's direction at a place on it, from four samples of the field at the corners of a tetrahedron. */
export function normalAt(capsules: readonly Capsule[], place: Vec3): Vec3 {
  const [x, y, z] = place;
  const h = 0.0004;
  const a = distanceTo(capsules, x + h, y - h, z - h);
  const b = distanceTo(capsules, x - h, y - h, z + h);
  const c = distanceTo(capsules, x - h, y + h, z - h);
  const d = distanceTo(capsules, x + h, y + h, z + h);
  const nx = a - b - c + d;
  const ny = c - a - b + d;
  const nz = b - a - c + d;
  const inverse = 1 / (Math.sqrt(nx * nx + ny * ny + nz * nz) || 1);
  return [nx * inverse, ny * inverse, nz * inverse];
}

/** How far from a place {@link opennessAt} looks, in metres. */
export const OPENNESS_REACH = 0.02;

/** How open the space in front of a place is: 1 for all open, towards 0 in a fold. */
export function opennessAt(capsules: readonly Capsule[], place: Vec3, normal: Vec3): number {
  let closed = 0;
  let weight = 1;
  for (const reach of [0.004, 0.01, OPENNESS_REACH]) {
    const x = place[0] + normal[0] * reach;
    const y = place[1] + normal[1] * reach;
    const z = place[2] + normal[2] * reach;
    closed += (weight * (reach - distanceTo(capsules, x, y, z))) / reach;
    weight *= 0.6;
  }
  return Math.max(0.12, 1 - 0.62 * closed);
}

const SHADOW_REACH = 0.13;
const SHADOW_SHARPNESS = 9;
/** Flesh that passes a light's ray at this distance dims it no more, in metres. */
export const SHADOW_SOFTNESS_M = SHADOW_REACH / SHADOW_SHARPNESS;

/**
 * How much of a far light reaches a place, with a soft edge.
 * @returns 1 for all, 0 for none.
 */
export function lightReaching(capsules: readonly Capsule[], place: Vec3, normal: Vec3, towards: Vec3): number {
  let least = 1;
  let travelled = 0.003;
  for (let step = 0; step < 18 && travelled < SHADOW_REACH; step += 1) {
    const x = place[0] + normal[0] * 0.0012 + towards[0] * travelled;
    const y = place[1] + normal[1] * 0.0012 + towards[1] * travelled;
    const z = place[2] + normal[2] * 0.0012 + towards[2] * travelled;
    const distance = distanceTo(capsules, x, y, z);
    if (distance < 0.0003) return 0;
    const share = (SHADOW_SHARPNESS * distance) / travelled;
    if (share < least) least = share;
    travelled += Math.max(0.003, distance);
  }
  return least * least * (3 - 2 * least);
}
