import type { HandPose, LongFingerPose, ThumbPose } from './pose.js';

/** The handshapes that the tool knows, by the name that the truth file gives. */
export const HANDSHAPE_NAMES = [
  'open',
  'flat',
  'ily',
  'v',
  'point',
  'l',
  'y',
  'w',
  'ok',
  'claw',
  'thumb-up',
  'fist',
  'rest',
] as const;
export type HandshapeName = (typeof HANDSHAPE_NAMES)[number];

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

const curledIndex = finger(0, 78, 102, 60);
const curledMiddle = finger(0, 80, 104, 62);
const curledRing = finger(0, 80, 104, 62);
const curledLittle = finger(3, 78, 100, 60);
/** The thumb laid over the curled fingers. */
const thumbOverFingers = thumb(30, 42, 18, 34, 38);
/** The thumb stretched away from the palm. */
const thumbOut = thumb(56, 18, 20, -4, -6);

/** The joint angles of each handshape. */
export const HANDSHAPES: Readonly<Record<HandshapeName, HandPose>> = {
  open: {
    thumb: thumb(50, 22, 20, 2, 0),
    index: finger(7, 2, 4),
    middle: finger(1, 0, 4),
    ring: finger(-5, 2, 5),
    little: finger(-10, 4, 6),
  },
  flat: {
    thumb: thumb(20, 12, 30, 8, 6),
    index: finger(-3, 3, 4),
    middle: finger(0, 3, 4),
    ring: finger(4, 3, 4),
    little: finger(8, 4, 5),
  },
  ily: { thumb: thumbOut, index: finger(5, 4, 5), middle: curledMiddle, ring: curledRing, little: finger(-8, 6, 6) },
  v: {
    thumb: thumbOverFingers,
    index: finger(10, 3, 4),
    middle: finger(-8, 3, 4),
    ring: curledRing,
    little: curledLittle,
  },
  point: {
    thumb: thumbOverFingers,
    index: finger(0, 2, 4),
    middle: curledMiddle,
    ring: curledRing,
    little: curledLittle,
  },
  l: {
    thumb: thumb(62, 12, 10, -4, -6),
    index: finger(0, 2, 4),
    middle: curledMiddle,
    ring: curledRing,
    little: curledLittle,
  },
  y: {
    thumb: thumb(60, 14, 10, -6, -8),
    index: curledIndex,
    middle: curledMiddle,
    ring: curledRing,
    little: finger(-12, 4, 6),
  },
  w: {
    thumb: thumb(34, 46, 24, 44, 40),
    index: finger(9, 3, 4),
    middle: finger(0, 3, 4),
    ring: finger(-9, 3, 5),
    little: finger(6, 70, 88, 50),
  },
  ok: {
    thumb: thumb(28, 40, 30, 22, 26),
    index: finger(0, 54, 52, 26),
    middle: finger(1, 14, 14),
    ring: finger(-6, 8, 10),
    little: finger(-12, 4, 8),
  },
  claw: {
    thumb: thumb(48, 32, 30, 14, 20),
    index: finger(7, 6, 40, 28),
    middle: finger(1, 6, 42, 28),
    ring: finger(-5, 8, 42, 28),
    little: finger(-10, 10, 38, 26),
  },
  'thumb-up': {
    thumb: thumb(52, 8, 0, -8, -10),
    index: curledIndex,
    middle: curledMiddle,
    ring: curledRing,
    little: curledLittle,
  },
  fist: { thumb: thumbOverFingers, index: curledIndex, middle: curledMiddle, ring: curledRing, little: curledLittle },
  rest: {
    thumb: thumb(38, 28, 30, 14, 14),
    index: finger(3, 18, 26),
    middle: finger(0, 22, 30),
    ring: finger(-3, 26, 34),
    little: finger(-7, 30, 36),
  },
};
