import { scale, type Vec3 } from '../geometry/vec3.js';
import type { Capsule } from './capsule.js';

/** A distance beyond everything in the scene, in metres. */
export const FAR = 1e3;
/** Over which difference of distance (metres) the parts of the hand melt into each other. */
const BODY_BLEND = 0.014;
const WEB_BLEND = 0.009;
const FINGER_BLEND = 0.0012;
const TOUCH_BLEND = 0.0018;
/** How far the blended surface may stand out beyond the capsules, in metres (a quarter of the widest blend). */
export const BLEND_BULGE = BODY_BLEND / 4;

/**
 * The smooth minimum of two distances (Quilez' quadratic form): equal to the plain minimum where they differ by more
 * than `blend`, and at most `blend / 4` below it elsewhere.
 */
export function smoothMin(a: number, b: number, blend: number): number {
  const nearness = blend - Math.abs(a - b);
  const least = a < b ? a : b;
  return nearness <= 0 ? least : least - (nearness * nearness) / (4 * blend);
}

/** Orders capsules as {@link distanceTo} wants them: the body first, then finger by finger from root to tip, the sleeve last. */
export function inFieldOrder(capsules: readonly Capsule[]): Capsule[] {
  const rank = (capsule: Capsule): number => {
    if (capsule.role === 'body') return 0;
    if (capsule.role === 'sleeve') return 100;
    return 1 + capsule.finger * 2 + (capsule.role === 'finger' ? 1 : 0);
  };
  return capsules.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * How far a point is from the flesh.
 * @param capsules - in the order of {@link inFieldOrder}; may leave out any that are far from the point.
 * @returns metres, negative inside, about {@link FAR} when there are no capsules.
 */
export function distanceTo(capsules: readonly Capsule[], x: number, y: number, z: number): number {
  let body = FAR;
  let total = FAR;
  let chain = FAR;
  let finger = -1;
  for (const capsule of capsules) {
    const distance = capsule.distance(x, y, z);
    if (capsule.role === 'body') {
      body = smoothMin(body, distance, BODY_BLEND);
      continue;
    }
    if (capsule.role === 'sleeve') {
      if (distance < total) total = distance;
      continue;
    }
    if (capsule.finger !== finger) {
      total = smoothMin(total, chain, TOUCH_BLEND);
      chain = FAR;
      finger = capsule.finger;
    }
    if (capsule.role === 'finger-root') {
      const web = smoothMin(body, distance, WEB_BLEND);
      if (web < total) total = web;
      chain = distance;
    } else {
      chain = smoothMin(chain, distance, FINGER_BLEND);
    }
  }
  total = smoothMin(total, chain, TOUCH_BLEND);
  return body < total ? body : total;
}

/** The capsule whose own surface is nearest to a point, and how skin is turned there. */
export interface NearestFlesh {
  readonly capsule: Capsule;
  /** The direction of the palm's side, flowing from one capsule into the next; about of length 1. */
  readonly palmar: Vec3;
}

/** Over which difference of distance (metres) the palm's side of one capsule flows into that of the next. */
const PALMAR_BLEND = 0.006;

/** Finds the capsule that a point on the surface belongs to, or undefined when there are none. */
export function nearestFlesh(capsules: readonly Capsule[], x: number, y: number, z: number): NearestFlesh | undefined {
  let nearest: Capsule | undefined;
  let least = FAR;
  for (const capsule of capsules) {
    const distance = capsule.distance(x, y, z);
    if (distance < least) [least, nearest] = [distance, capsule];
  }
  if (!nearest) return undefined;
  let palmar: Vec3 = [0, 0, 0];
  let weights = 0;
  for (const capsule of capsules) {
    // Neighbouring fingers touch without sharing skin.
    if (capsule.finger !== nearest.finger && capsule.role !== 'body' && nearest.role !== 'body') continue;
    const beyond = (capsule.distance(x, y, z) - least) / PALMAR_BLEND;
    if (beyond > 3) continue;
    const weight = Math.exp(-beyond * beyond);
    palmar = [
      palmar[0] + capsule.palmar[0] * weight,
      palmar[1] + capsule.palmar[1] * weight,
      palmar[2] + capsule.palmar[2] * weight,
    ];
    weights += weight;
  }
  return { capsule: nearest, palmar: scale(palmar, 1 / weights) };
}
