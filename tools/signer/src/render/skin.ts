import { dot, subtract, type Vec3 } from '../geometry/vec3.js';
import type { HandJoints } from '../hand/kinematics.js';
import type { Capsule } from './capsule.js';
import type { NearestFlesh } from './field.js';
import type { Color, Look } from './look.js';

/** The palm's three main lines in the hand's own x and y, metres. */
const PALM_LINES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [0.034, 0.068],
    [0.018, 0.062],
    [0.006, 0.046],
    [0.003, 0.028],
    [0.008, 0.012],
  ],
  [
    [0.034, 0.068],
    [0.012, 0.06],
    [-0.01, 0.05],
    [-0.026, 0.04],
  ],
  [
    [-0.042, 0.062],
    [-0.026, 0.063],
    [-0.008, 0.07],
    [0.008, 0.083],
  ],
];
const LINE_WIDTH = 0.0011;

/** What skin or cloth sends back at one place. */
export interface Surface {
  readonly color: Color;
  /** Strength of the highlight, 0-1. */
  readonly gloss: number;
  /** Whether light seeps through and softens the shadow's edge in red. */
  readonly isSkin: boolean;
}

/**
 * The colour of the hand at a place on its surface: palm and back, blushing tips and knuckles, creases, nails.
 * @param normal - the surface's direction there.
 * @param flesh - what the place belongs to.
 */
export function surfaceAt(look: Look, joints: HandJoints, place: Vec3, normal: Vec3, flesh: NearestFlesh): Surface {
  const { capsule, palmar } = flesh;
  if (capsule.role === 'sleeve') return { color: look.sleeve, gloss: 0, isSkin: false };
  const palmSide = smoothStep(-0.35, 0.5, dot(normal, palmar));
  let color = blend(look.skin, look.palm, palmSide);
  let gloss = 0.16;
  if (capsule.role === 'body') {
    color = darken(color, palmSide * 0.3 * palmLineAt(joints, place));
    return { color, gloss, isSkin: true };
  }
  const share = capsule.shareAt(place[0], place[1], place[2]);
  if (capsule.hasNail) color = blend(color, look.blush, 0.55 * smoothStep(0.2, 1, share));
  const length = Math.hypot(...capsule.along);
  // A finger's first joint lies in the palm; the end of its last bone is no joint.
  const fromStart = capsule.role === 'finger' ? share * length : Infinity;
  const fromEnd = capsule.hasNail ? Infinity : (1 - share) * length;
  const fromJoint = Math.min(fromStart, fromEnd);
  color = blend(color, look.blush, 0.45 * (1 - palmSide) * bump(fromJoint, 0.008));
  color = darken(color, (0.06 + 0.14 * palmSide) * bump(fromJoint, 0.0014));
  if (capsule.role === 'finger-root' && capsule.finger !== 0)
    color = darken(color, 0.14 * palmSide * bump(share * length - 0.017, 0.0014));
  if (capsule.hasNail) {
    const nail = nailAt(capsule, place, share);
    color = blend(color, look.nail, nail * 0.85);
    gloss += nail * 0.3;
  }
  return { color, gloss, isSkin: true };
}

/** 1 on one of the palm's lines, falling to 0 beside it. */
function palmLineAt(joints: HandJoints, place: Vec3): number {
  const wrist = joints.points[0] ?? [0, 0, 0];
  const offset = subtract(place, wrist);
  const x = dot(offset, joints.axes.x);
  const y = dot(offset, joints.axes.y);
  let nearest = Infinity;
  for (const line of PALM_LINES) {
    for (let index = 1; index < line.length; index += 1) {
      const [from, to] = [line[index - 1], line[index]];
      if (from && to) nearest = Math.min(nearest, distanceToSegment(x, y, from, to));
    }
  }
  return bump(nearest, LINE_WIDTH);
}

function distanceToSegment(
  x: number,
  y: number,
  from: readonly [number, number],
  to: readonly [number, number],
): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const share = Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - from[0] - dx * share, y - from[1] - dy * share);
}

/** 1 on the nail, 0 off it: an oval on the back of a finger's last bone. */
function nailAt(capsule: Capsule, place: Vec3, share: number): number {
  const radius = capsule.fromRadius + capsule.radiusChange * share;
  const length = Math.hypot(...capsule.along);
  const offset = subtract(place, capsule.from);
  const along = dot(offset, capsule.along) / length;
  const back = -dot(offset, capsule.palmar) / radius;
  const lengthways = (along - length * 0.86) / (length * 0.42);
  const sideways = Math.sqrt(Math.max(0, 1 - back * back)) / 0.8;
  if (back < 0) return 0;
  return 1 - smoothStep(0.8, 1.05, lengthways ** 4 + sideways ** 4);
}

/** A bell of height 1 around 0. */
function bump(distance: number, width: number): number {
  return Math.exp(-((distance / width) ** 2));
}

function smoothStep(low: number, high: number, value: number): number {
  const share = Math.max(0, Math.min(1, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

function blend(a: Color, b: Color, share: number): Color {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

function darken(color: Color, amount: number): Color {
  // Blood shows in a crease: it loses less red than green and blue.
  return [color[0] * (1 - amount * 0.75), color[1] * (1 - amount), color[2] * (1 - amount)];
}
