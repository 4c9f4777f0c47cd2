import { HANDSHAPES } from '../hand/handshapes.js';
import type { HandPose, LongFingerPose, ThumbPose } from '../hand/pose.js';
import { postureOf, type Posture } from './posture.js';

const finger = (spread: number, mcp: number, pip: number, dip: number = pip * 0.65): LongFingerPose => ({
  spread,
  mcp,
  pip,
  dip,
});
const thumb = (abduction: number, opposition: number, roll: number, mcp: number, ip: number): ThumbPose => ({
  abduction,
  opposition,
  roll,
  mcp,
  ip,
});
const hand = (
  thumbPose: ThumbPose,
  index: LongFingerPose,
  middle: LongFingerPose,
  ring: LongFingerPose,
  little: LongFingerPose,
): HandPose => ({ thumb: thumbPose, index, middle, ring, little });

/** Curled into the palm; people press them in more at the knuckles or more at the middle joints. */
const curled = [finger(0, 76, 92, 50), finger(0, 80, 94, 52), finger(0, 80, 94, 52), finger(3, 76, 88, 48)] as const;
const rolled = [
  finger(-2, 54, 106, 62),
  finger(-1, 58, 108, 64),
  finger(0, 56, 108, 62),
  finger(2, 52, 100, 58),
] as const;
const [curledIndex, curledMiddle, curledRing, curledLittle] = curled;
const [rolledIndex, rolledMiddle, rolledRing, rolledLittle] = rolled;
/** Held down by the thumb rather than curled. */
const heldRing = finger(0, 30, 108, 58);
const heldLittle = finger(0, 50, 80, 42);
const straight = [finger(1, 3, 5), finger(0, 3, 5), finger(1, 3, 6), finger(3, 5, 6)] as const;
const [straightIndex] = straight;
const spreadOut = [finger(8, 4, 6), finger(1, 3, 5), finger(-6, 4, 6), finger(-12, 6, 7)] as const;

/** Where thumbs lie. */
const overFingers = thumb(20, 24, 10, 44, 40);
const overMiddle = thumb(12, 22, 6, 40, 26);
const overRing = thumb(4, 20, 4, 38, 20);
const beside = thumb(24, 22, 19, 7, 2);
const besideBent = thumb(22, 24, 16, 16, 18);
const out = thumb(52, 16, 18, -2, -6);
const acrossPalm = thumb(12, 30, 16, 43, 38);
const acrossLow = thumb(-4, 46, -4, 40, 28);

/**
 * The handshapes of the generator by name, each with the variants that people have of it: mostly where the thumb lies.
 * Letters of the American manual alphabet have one letter as their name.
 */
export const SHAPES = {
  a: [hand(beside, ...curled), hand(thumb(30, 20, 24, 2, -2), ...curled), hand(besideBent, ...rolled)],
  b: [
    hand(acrossPalm, finger(-3, 3, 5), finger(-1, 3, 5), finger(3, 3, 6), finger(8, 5, 6)),
    hand(acrossLow, finger(-2, 4, 6), finger(0, 4, 6), finger(3, 5, 7), finger(7, 7, 8)),
    hand(thumb(20, 38, 10, 36, 10), finger(-3, 3, 5), finger(-1, 3, 5), finger(3, 3, 6), finger(8, 5, 6)),
  ],
  c: [
    hand(
      thumb(20, 50, 40, 16, 18),
      finger(0, 20, 42, 28),
      finger(0, 20, 46, 28),
      finger(0, 22, 44, 28),
      finger(1, 26, 36, 22),
    ),
    hand(
      thumb(8, 46, 28, 32, 20),
      finger(-3, 4, 36, 24),
      finger(-3, 4, 52, 30),
      finger(-3, 6, 46, 28),
      finger(0, 18, 24, 16),
    ),
    hand(
      thumb(30, 54, 50, 8, 16),
      finger(1, 34, 46, 28),
      finger(0, 36, 48, 28),
      finger(0, 38, 46, 28),
      finger(1, 40, 42, 26),
    ),
    hand(
      thumb(14, 46, 34, 22, 16),
      finger(0, 12, 54, 36),
      finger(0, 12, 56, 36),
      finger(0, 14, 54, 34),
      finger(1, 20, 42, 26),
    ),
  ],
  d: [
    hand(thumb(19, 42, 28, 27, 31), straightIndex, finger(0, 50, 62, 34), finger(0, 54, 64, 36), finger(2, 56, 62, 36)),
    hand(
      thumb(10, 36, 14, 14, 32),
      finger(-2, -2, 4),
      finger(2, 28, 72, 36),
      finger(-3, 38, 62, 34),
      finger(-2, 42, 40, 26),
    ),
    hand(
      thumb(24, 45, 27, 39, 45),
      finger(0, 2, 4),
      finger(0, 62, 70, 40),
      finger(0, 68, 76, 44),
      finger(2, 70, 78, 46),
    ),
  ],
  e: [
    hand(
      thumb(14, 30, 14, 50, 46),
      finger(-4, 28, 96, 50),
      finger(-4, 28, 104, 58),
      finger(-2, 26, 104, 58),
      finger(2, 24, 86, 50),
    ),
    hand(
      thumb(6, 22, 10, 53, 50),
      finger(-8, 20, 90, 46),
      finger(-8, 18, 106, 62),
      finger(-5, 10, 106, 60),
      finger(3, 8, 74, 48),
    ),
    hand(
      thumb(20, 36, 16, 44, 44),
      finger(0, 44, 100, 56),
      finger(0, 46, 104, 58),
      finger(0, 46, 104, 58),
      finger(2, 44, 94, 54),
    ),
  ],
  ok: [
    HANDSHAPES.ok,
    hand(thumb(22, 38, 28, 21, 34), finger(0, 52, 56, 30), finger(2, 8, 10), finger(-5, 6, 8), finger(-11, 5, 8)),
    hand(thumb(19, 43, 27, 22, 18), finger(-2, 62, 46, 18), finger(1, 16, 12), finger(-5, 10, 10), finger(-10, 6, 8)),
    hand(thumb(10, 51, 2, 15, 25), finger(0, 72, 38, 22), finger(4, 12, 4), finger(-4, 5, 4), finger(-20, -2, 6)),
  ],
  g: [
    hand(thumb(24, 34, 24, 8, 4), finger(0, 24, 6, 4), curledMiddle, curledRing, curledLittle),
    hand(thumb(20, 28, 24, 8, 10), finger(0, 6, 8, 6), curledMiddle, curledRing, curledLittle),
    hand(thumb(26, 38, 16, 16, -2), finger(0, 50, 8, 6), curledMiddle, curledRing, curledLittle),
    hand(thumb(25, 38, 2, 28, -8), finger(4, 80, 5, 4), finger(0, 82, 90, 50), curledRing, finger(-3, 78, 76, 48)),
  ],
  h: [
    hand(overRing, finger(-1, 10, 6), finger(1, 10, 6), heldRing, heldLittle),
    hand(thumb(14, 20, 20, 24, 12), finger(-1, 40, 6), finger(1, 40, 6), curledRing, curledLittle),
    hand(thumb(6, 2, 38, 38, 6), finger(4, 70, 3), finger(2, 70, 2), finger(-10, 73, 94, 50), finger(-12, 70, 82, 56)),
  ],
  i: [
    hand(overFingers, curledIndex, curledMiddle, curledRing, finger(-6, 5, 7)),
    hand(overMiddle, rolledIndex, rolledMiddle, rolledRing, finger(0, 10, 10)),
    hand(besideBent, curledIndex, curledMiddle, curledRing, finger(-8, 8, 6)),
    hand(thumb(24, 54, 24, 48, 26), curledIndex, curledMiddle, curledRing, finger(-4, 22, 5)),
  ],
  k: [
    hand(thumb(22, 36, 26, 10, 6), finger(4, 8, 6), finger(0, 42, 8, 6), curledRing, curledLittle),
    hand(thumb(18, 25, 20, 15, 0), finger(3, 24, 3), finger(6, 60, 5, 4), curledRing, curledLittle),
    hand(thumb(28, 38, 24, 10, 4), finger(8, 3, 5), finger(-6, 22, 8, 6), curledRing, curledLittle),
  ],
  l: [
    HANDSHAPES.l,
    hand(thumb(56, 16, 16, 0, -4), straightIndex, curledMiddle, curledRing, curledLittle),
    hand(thumb(45, 12, 10, -2, -10), finger(0, -4, 4), rolledMiddle, rolledRing, rolledLittle),
    hand(thumb(48, 20, 20, 4, 2), finger(2, 6, 8), curledMiddle, curledRing, curledLittle),
  ],
  m: [
    hand(thumb(4, 20, 4, 42, 22), finger(0, 64, 74, 38), finger(0, 64, 80, 42), finger(0, 62, 84, 42), heldLittle),
    hand(
      thumb(-3, 0, -14, 37, 17),
      finger(-4, 44, 98, 52),
      finger(-5, 44, 100, 52),
      finger(-4, 36, 108, 56),
      finger(-4, 72, 78, 46),
    ),
  ],
  n: [
    hand(thumb(10, 26, 12, 38, 22), finger(0, 64, 76, 38), finger(0, 60, 84, 44), finger(-2, 80, 88, 48), curledLittle),
    hand(
      thumb(4, 5, 0, 33, 24),
      finger(2, 58, 77, 40),
      finger(-2, 44, 88, 46),
      finger(-6, 84, 76, 34),
      finger(-8, 80, 76, 38),
    ),
  ],
  o: [
    hand(
      thumb(21, 40, 26, 22, 32),
      finger(0, 44, 54, 30),
      finger(0, 46, 58, 32),
      finger(0, 48, 56, 32),
      finger(1, 50, 48, 28),
    ),
    hand(
      thumb(10, 33, 16, 6, 55),
      finger(-2, 20, 66, 38),
      finger(0, 22, 80, 41),
      finger(0, 24, 72, 40),
      finger(-1, 34, 38, 26),
    ),
    hand(
      thumb(21, 41, 30, 23, 26),
      finger(0, 54, 42, 22),
      finger(0, 58, 44, 22),
      finger(0, 60, 44, 24),
      finger(1, 60, 42, 22),
    ),
    hand(
      thumb(18, 37, 23, 18, 40),
      finger(0, 34, 66, 38),
      finger(0, 36, 70, 40),
      finger(0, 38, 68, 38),
      finger(1, 42, 54, 32),
    ),
  ],
  r: [
    hand(overRing, finger(-9, 4, 6), finger(7, 12, 12), heldRing, heldLittle),
    hand(overMiddle, finger(-13, -2, 3), finger(4, 8, 11), curledRing, curledLittle),
  ],
  s: [hand(overFingers, ...curled), hand(overMiddle, ...rolled), hand(thumb(18, 12, 4, 50, 52), ...rolled)],
  t: [
    hand(thumb(16, 22, 12, 22, 12), finger(0, 50, 88, 46), curledMiddle, curledRing, curledLittle),
    hand(thumb(13, 14, 4, 25, 18), finger(-1, 38, 92, 48), finger(-6, 86, 82, 40), curledRing, curledLittle),
  ],
  u: [
    hand(overRing, finger(-2, 3, 5), finger(2, 3, 5), curledRing, curledLittle),
    hand(
      thumb(-6, 14, 4, 36, 12),
      finger(-7, -2, 4),
      finger(0, 0, 10),
      finger(-5, 16, 112, 58),
      finger(-3, 46, 76, 42),
    ),
    hand(overMiddle, finger(-4, 4, 6), finger(3, 4, 6), heldRing, heldLittle),
    hand(besideBent, finger(-1, 4, 6), finger(1, 4, 6), curledRing, curledLittle),
  ],
  v: [
    HANDSHAPES.v,
    hand(overRing, finger(12, 4, 6), finger(-8, 4, 6), curledRing, curledLittle),
    hand(
      thumb(-4, 14, 6, 34, 12),
      finger(17, 2, 4),
      finger(-8, -2, 9),
      finger(-10, 34, 100, 56),
      finger(-6, 54, 60, 34),
    ),
    hand(overMiddle, finger(9, 6, 8), finger(-9, 6, 8), heldRing, heldLittle),
  ],
  w: [
    HANDSHAPES.w,
    hand(thumb(16, 42, 16, 44, 34), finger(10, 5, 6), finger(1, 4, 6), finger(-8, 6, 8), finger(4, 62, 82, 46)),
    hand(thumb(-4, 36, -12, 46, 10), finger(15, 2, 4), finger(-6, -4, 4), finger(-14, 4, 5), finger(0, 74, 48, 28)),
    hand(thumb(10, 36, 6, 46, 30), finger(6, 4, 5), finger(0, 3, 5), finger(-6, 4, 6), finger(4, 72, 80, 46)),
  ],
  x: [
    hand(overFingers, finger(0, 20, 84, 44), curledMiddle, curledRing, curledLittle),
    hand(overMiddle, finger(0, 34, 74, 40), curledMiddle, curledRing, curledLittle),
    hand(overRing, finger(4, 8, 48, 34), finger(-8, 40, 100, 56), rolledRing, rolledLittle),
  ],
  y: [
    HANDSHAPES.y,
    hand(out, curledIndex, curledMiddle, curledRing, finger(-10, 6, 8)),
    hand(
      thumb(36, 16, 12, -2, -14),
      finger(0, 86, 68, 34),
      finger(-2, 88, 74, 34),
      finger(-4, 88, 76, 34),
      finger(-20, 10, 3),
    ),
    hand(thumb(46, 20, 16, 2, 0), rolledIndex, rolledMiddle, rolledRing, finger(-8, 8, 10)),
  ],
  fist: [HANDSHAPES.fist, hand(overMiddle, ...curled), hand(overFingers, ...curled), hand(overFingers, ...rolled)],
  point: [
    HANDSHAPES.point,
    hand(overMiddle, straightIndex, curledMiddle, curledRing, curledLittle),
    hand(overFingers, finger(2, 4, 5), rolledMiddle, rolledRing, rolledLittle),
    hand(
      thumb(8, 20, -2, 42, 16),
      finger(0, 10, 4),
      finger(-10, 56, 96, 56),
      finger(-12, 70, 90, 50),
      finger(-12, 72, 76, 46),
    ),
    hand(besideBent, finger(0, 6, 8), curledMiddle, curledRing, curledLittle),
  ],
  open: [
    HANDSHAPES.open,
    hand(thumb(44, 24, 26, 6, 4), ...spreadOut),
    hand(thumb(54, 16, 16, -2, -4), finger(11, 2, 4), finger(2, 1, 3), finger(-8, 2, 4), finger(-16, 4, 6)),
  ],
  flat: [
    HANDSHAPES.flat,
    hand(thumb(26, 16, 30, 4, 4), ...straight),
    hand(thumb(36, 16, 24, 2, 2), finger(0, 5, 6), finger(0, 5, 6), finger(1, 6, 7), finger(3, 7, 8)),
  ],
  ily: [HANDSHAPES.ily, hand(thumb(50, 22, 24, 2, 0), finger(3, 6, 8), curledMiddle, curledRing, finger(-6, 8, 10))],
  'thumb-up': [
    HANDSHAPES['thumb-up'],
    hand(thumb(44, 12, 10, -4, -6), ...curled),
    hand(thumb(50, 14, 8, -6, -12), ...rolled),
  ],
  claw: [
    HANDSHAPES.claw,
    hand(
      thumb(50, 30, 28, 20, 34),
      finger(8, 8, 54, 36),
      finger(1, 8, 56, 36),
      finger(-6, 10, 56, 36),
      finger(-12, 12, 50, 34),
    ),
    hand(
      thumb(44, 36, 34, 16, 26),
      finger(9, 22, 44, 28),
      finger(1, 22, 46, 28),
      finger(-7, 24, 46, 28),
      finger(-13, 26, 42, 26),
    ),
  ],
  rest: [
    HANDSHAPES.rest,
    hand(thumb(34, 30, 30, 12, 16), finger(2, 28, 36), finger(0, 34, 40), finger(-1, 38, 44), finger(-3, 40, 44)),
  ],
  bent: [
    hand(
      thumb(26, 18, 28, 8, 8),
      finger(-1, 62, 8, 6),
      finger(0, 66, 8, 6),
      finger(2, 68, 10, 8),
      finger(5, 70, 12, 8),
    ),
    hand(
      thumb(32, 22, 28, 4, 4),
      finger(0, 66, 44, 24),
      finger(0, 70, 46, 26),
      finger(1, 70, 48, 28),
      finger(3, 70, 46, 26),
    ),
  ],
} as const satisfies Readonly<Record<string, readonly HandPose[]>>;

/** The handshapes that the generator knows. */
export type ShapeName = keyof typeof SHAPES;

/** The variants of each handshape as postures. */
export const POSTURES: Readonly<Record<ShapeName, readonly Posture[]>> = Object.fromEntries(
  Object.entries(SHAPES).map(([name, variants]): [string, readonly Posture[]] => [name, variants.map(postureOf)]),
) as Record<ShapeName, readonly Posture[]>; // fromEntries forgets the names
