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

const curled = [finger(0, 74, 98, 56), finger(0, 78, 100, 58), finger(0, 78, 100, 58), finger(3, 74, 96, 56)] as const;
const [curledIndex, curledMiddle, curledRing, curledLittle] = curled;
const straight = [finger(1, 3, 5), finger(0, 3, 5), finger(1, 3, 6), finger(3, 5, 6)] as const;
const [straightIndex, straightMiddle] = straight;
const spreadOut = [finger(8, 4, 6), finger(1, 3, 5), finger(-6, 4, 6), finger(-12, 6, 7)] as const;

/** Where thumbs lie. */
const overFingers = thumb(30, 42, 18, 34, 38);
const overMiddle = thumb(24, 48, 20, 38, 30);
const overRing = thumb(26, 50, 22, 46, 38);
const beside = thumb(26, 14, 20, 6, 4);
const besideBent = thumb(24, 24, 18, 16, 18);
const out = thumb(56, 18, 20, -2, -4);
const acrossPalm = thumb(22, 46, 16, 44, 28);
const acrossLow = thumb(30, 52, 24, 34, 40);

/**
 * The handshapes of the generator by name, each with the variants that people have of it: mostly where the thumb lies.
 * Letters of the American manual alphabet have one letter as their name.
 */
export const SHAPES = {
  a: [hand(beside, ...curled), hand(thumb(32, 18, 26, 2, -2), ...curled), hand(besideBent, ...curled)],
  b: [
    hand(acrossPalm, finger(-3, 3, 5), finger(-1, 3, 5), finger(3, 3, 6), finger(8, 5, 6)),
    hand(acrossLow, finger(-2, 4, 6), finger(0, 4, 6), finger(3, 5, 7), finger(7, 7, 8)),
    hand(thumb(20, 38, 10, 36, 10), finger(-3, 3, 5), finger(-1, 3, 5), finger(3, 3, 6), finger(8, 5, 6)),
  ],
  c: [
    hand(
      thumb(38, 54, 52, 6, 16),
      finger(1, 28, 44, 28),
      finger(0, 30, 46, 28),
      finger(1, 32, 46, 28),
      finger(3, 34, 44, 26),
    ),
    hand(
      thumb(34, 50, 48, 14, 24),
      finger(0, 38, 52, 30),
      finger(0, 40, 52, 30),
      finger(1, 42, 50, 30),
      finger(2, 42, 48, 28),
    ),
    hand(
      thumb(42, 52, 56, 2, 8),
      finger(2, 18, 46, 32),
      finger(0, 20, 48, 32),
      finger(0, 22, 48, 32),
      finger(1, 24, 46, 30),
    ),
  ],
  d: [
    hand(thumb(28, 52, 44, 22, 26), straightIndex, finger(0, 56, 62, 34), finger(0, 60, 64, 36), finger(2, 62, 64, 36)),
    hand(thumb(30, 54, 48, 14, 18), straightIndex, finger(0, 48, 60, 30), finger(0, 54, 66, 36), finger(2, 58, 70, 40)),
    hand(
      thumb(26, 50, 38, 28, 30),
      finger(0, 2, 4),
      finger(0, 62, 70, 40),
      finger(0, 68, 76, 44),
      finger(2, 70, 78, 46),
    ),
  ],
  e: [
    hand(
      thumb(22, 46, 18, 44, 44),
      finger(0, 34, 102, 56),
      finger(0, 36, 104, 56),
      finger(0, 38, 104, 56),
      finger(2, 40, 98, 54),
    ),
    hand(
      thumb(24, 42, 16, 38, 50),
      finger(0, 46, 104, 62),
      finger(0, 48, 106, 62),
      finger(0, 50, 106, 62),
      finger(2, 50, 100, 58),
    ),
  ],
  ok: [
    HANDSHAPES.ok,
    hand(thumb(28, 46, 40, 16, 30), finger(0, 52, 56, 30), finger(2, 8, 10), finger(-5, 6, 8), finger(-11, 5, 8)),
    hand(thumb(26, 44, 32, 20, 16), finger(-2, 62, 46, 18), finger(1, 18, 16), finger(-5, 12, 12), finger(-10, 6, 8)),
  ],
  g: [
    hand(thumb(24, 34, 30, 2, 2), finger(0, 24, 6, 4), curledMiddle, curledRing, curledLittle),
    hand(thumb(20, 28, 24, 8, 10), finger(0, 6, 8, 6), curledMiddle, curledRing, curledLittle),
    hand(thumb(28, 40, 36, 0, 0), finger(0, 50, 8, 6), curledMiddle, curledRing, curledLittle),
  ],
  h: [
    hand(overRing, finger(-1, 10, 6), finger(1, 10, 6), curledRing, curledLittle),
    hand(thumb(22, 24, 24, 14, 10), finger(-1, 30, 6), finger(1, 30, 6), curledRing, curledLittle),
  ],
  i: [
    hand(overFingers, curledIndex, curledMiddle, curledRing, finger(-6, 5, 7)),
    hand(overMiddle, curledIndex, curledMiddle, curledRing, finger(0, 8, 10)),
    hand(besideBent, curledIndex, curledMiddle, curledRing, finger(-8, 4, 6)),
  ],
  k: [
    hand(thumb(26, 44, 30, 6, 8), finger(5, 4, 6), finger(-4, 42, 10, 6), curledRing, curledLittle),
    hand(thumb(28, 38, 24, 10, 4), finger(8, 3, 5), finger(-6, 20, 8, 6), curledRing, curledLittle),
  ],
  l: [
    HANDSHAPES.l,
    hand(thumb(58, 16, 16, 0, -2), straightIndex, curledMiddle, curledRing, curledLittle),
    hand(thumb(50, 20, 20, 4, 2), finger(2, 6, 8), curledMiddle, curledRing, curledLittle),
  ],
  m: [
    hand(thumb(18, 50, 24, 46, 30), finger(0, 66, 72, 34), finger(0, 68, 74, 34), finger(0, 70, 74, 36), curledLittle),
  ],
  n: [
    hand(thumb(20, 48, 26, 42, 24), finger(0, 66, 74, 34), finger(0, 68, 76, 36), finger(0, 80, 96, 54), curledLittle),
  ],
  o: [
    hand(
      thumb(32, 54, 50, 16, 24),
      finger(0, 46, 54, 30),
      finger(0, 50, 56, 32),
      finger(1, 52, 56, 32),
      finger(2, 54, 54, 30),
    ),
    hand(
      thumb(30, 52, 44, 22, 30),
      finger(0, 50, 60, 34),
      finger(0, 54, 62, 36),
      finger(1, 58, 64, 38),
      finger(2, 60, 64, 38),
    ),
    hand(
      thumb(34, 56, 54, 10, 18),
      finger(0, 56, 40, 20),
      finger(0, 60, 42, 20),
      finger(1, 62, 42, 22),
      finger(2, 62, 42, 22),
    ),
  ],
  r: [hand(overRing, finger(-7, 6, 8), finger(8, 14, 14), curledRing, curledLittle)],
  s: [hand(overFingers, ...curled), hand(overMiddle, ...curled)],
  t: [hand(thumb(24, 36, 30, 22, 10), finger(0, 62, 84, 44), curledMiddle, curledRing, curledLittle)],
  u: [
    hand(overRing, finger(-2, 3, 5), finger(2, 3, 5), curledRing, curledLittle),
    hand(overMiddle, finger(-4, 4, 6), finger(3, 4, 6), curledRing, curledLittle),
    hand(besideBent, finger(-1, 4, 6), finger(1, 4, 6), curledRing, curledLittle),
  ],
  v: [
    HANDSHAPES.v,
    hand(overRing, finger(12, 4, 6), finger(-8, 4, 6), curledRing, curledLittle),
    hand(overMiddle, finger(9, 6, 8), finger(-9, 6, 8), finger(0, 70, 90, 50), finger(3, 66, 84, 48)),
  ],
  w: [
    HANDSHAPES.w,
    hand(thumb(30, 52, 30, 40, 36), finger(10, 5, 6), finger(1, 4, 6), finger(-8, 6, 8), finger(4, 62, 82, 46)),
    hand(thumb(28, 48, 24, 46, 44), finger(6, 4, 5), finger(0, 3, 5), finger(-6, 4, 6), finger(4, 74, 92, 52)),
  ],
  x: [
    hand(overFingers, finger(0, 20, 84, 44), curledMiddle, curledRing, curledLittle),
    hand(overMiddle, finger(0, 34, 74, 40), curledMiddle, curledRing, curledLittle),
  ],
  y: [
    HANDSHAPES.y,
    hand(out, curledIndex, curledMiddle, curledRing, finger(-10, 6, 8)),
    hand(thumb(50, 20, 16, 2, 0), ...([curledIndex, curledMiddle, curledRing] as const), finger(-8, 8, 10)),
  ],
  fist: [HANDSHAPES.fist as HandPose, hand(overMiddle, ...curled), hand(overFingers, ...curled)],
  point: [
    HANDSHAPES.point,
    hand(overMiddle, straightIndex, curledMiddle, curledRing, curledLittle),
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
    hand(thumb(58, 14, 8, -10, -14), ...curled),
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
