import type { PathName } from './paths.js';
import type { Posture } from './posture.js';
import type { ShapeName } from './shapes.js';

/** From the one to the other, in degrees. */
export type Range = readonly [low: number, high: number];

/** One of the ways in which people turn the hand for a sign. */
export interface TurnSpec {
  readonly yaw: Range;
  readonly pitch: Range;
  readonly roll: Range;
}

/** How a sign is made. */
export interface SignSpec {
  /** A handshape by name, or as angles of its own. */
  readonly shape: ShapeName | Posture;
  /** For signs that change it: the shape at the end. */
  readonly to?: ShapeName | Posture;
  readonly path: PathName;
  /** Usual ones first; each signer keeps to one. */
  readonly turns: readonly TurnSpec[];
  /** How long it is made at the usual tempo. */
  readonly seconds: Range;
  /** `held`: a shape; `once`: a movement with a beginning and an end; `again`: a movement that repeats itself. */
  readonly kind: 'held' | 'once' | 'again';
}

const turn = (yaw: Range, pitch: Range = [-13, 15], roll: Range = [-11, 11]): TurnSpec => ({ yaw, pitch, roll });
const facing = [turn([-20, 25])];
/** The letter seen from its side, or from the front. */
const sideways = [turn([35, 80]), turn([50, 88], [-15, 10]), turn([5, 45])];
const held = (
  shape: ShapeName,
  turns: readonly TurnSpec[] = facing,
  path: 'held' | 'calm' | 'pointing' = 'held',
): SignSpec => ({ shape, path, turns, seconds: [0.9, 1.9], kind: 'held' });
const across = [turn([-10, 20]), turn([55, 95]), turn([-10, 15], [-15, 10], [-30, 20])];

/** The signs of the default model, in the order of its outputs. */
export const SIGN_LABELS = [
  'a',
  'b',
  'c',
  'd',
  'ok',
  'g',
  'i',
  'l',
  'o',
  'u',
  'v',
  'w',
  'y',
  'fist',
  'point',
  'open',
  'ily',
  'thumb-up',
  'claw',
  'j',
  'z',
  'wave',
  'circle',
  'swipe-left',
  'swipe-right',
  'grab',
  'release',
  'beckon',
  'so-so',
  'push',
] as const;
/** A sign of the default model. */
export type SignLabel = (typeof SIGN_LABELS)[number];

/** Letters that the generator can make and the default model does not know. S is made as a fist is, T, M and N nearly so. */
export const OTHER_LABELS = ['e', 'h', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'x'] as const;
/** A letter beside the signs of the default model. */
export type OtherLabel = (typeof OTHER_LABELS)[number];

/** How each sign is made, for a right hand; a left one mirrors it, so `swipe-left` of a left hand goes to its right. */
export const SIGN_SPECS: Readonly<Record<SignLabel | OtherLabel, SignSpec>> = {
  a: held('a', [turn([-12, 20]), turn([10, 35])]),
  b: held('b'),
  c: held('c', sideways),
  d: held('d', [turn([-10, 25]), turn([30, 80])]),
  ok: held('ok', [turn([-10, 25]), turn([20, 50])]),
  g: held('g', [
    turn([55, 100], [-15, 20], [-20, 25]),
    turn([60, 110], [-10, 15], [-95, -50]),
    turn([-10, 30], [-10, 10], [-95, -60]),
  ]),
  i: held('i'),
  l: held('l'),
  o: held('o', sideways),
  u: held('u'),
  v: held('v'),
  w: held('w'),
  y: held('y', [turn([-20, 25], [-13, 25], [-30, 15])]),
  fist: held('fist', [turn([-28, 20])]),
  point: held('point', [turn([-12, 25]), turn([-12, 25]), turn([-10, 25], [-5, 25], [-75, -20])], 'pointing'),
  open: held('open', facing, 'calm'),
  ily: held('ily'),
  'thumb-up': held('thumb-up', [
    turn([-30, 10], [-10, 10], [55, 95]),
    turn([10, 60], [-5, 25], [60, 100]),
    turn([-70, -20], [-10, 15], [60, 95]),
  ]),
  claw: held('claw', [turn([-12, 20], [-5, 20])]),
  j: { shape: 'i', path: 'hook', turns: [turn([-10, 25])], seconds: [0.55, 0.95], kind: 'once' },
  z: { shape: 'point', path: 'zigzag', turns: [turn([-10, 25], [-5, 25])], seconds: [0.7, 1.1], kind: 'once' },
  wave: { shape: 'open', path: 'wave', turns: facing, seconds: [1.3, 2.4], kind: 'again' },
  circle: { shape: 'point', path: 'circle', turns: [turn([-10, 20], [-5, 20])], seconds: [1.5, 2.6], kind: 'again' },
  'swipe-left': { shape: 'flat', path: 'swipeIn', turns: across, seconds: [0.45, 0.75], kind: 'once' },
  'swipe-right': { shape: 'flat', path: 'swipeOut', turns: across, seconds: [0.45, 0.75], kind: 'once' },
  grab: {
    shape: 'open',
    to: 'fist',
    path: 'morph',
    turns: [turn([-15, 20], [-10, 25])],
    seconds: [0.4, 0.8],
    kind: 'once',
  },
  release: {
    shape: 'fist',
    to: 'open',
    path: 'morph',
    turns: [turn([-15, 20], [-10, 25])],
    seconds: [0.4, 0.8],
    kind: 'once',
  },
  beckon: {
    shape: 'flat',
    to: 'bent',
    path: 'fold',
    turns: [turn([150, 200], [-25, 25]), turn([-15, 15], [-5, 30]), turn([150, 200], [-60, -25])],
    seconds: [1.3, 2.2],
    kind: 'again',
  },
  'so-so': { shape: 'open', path: 'rock', turns: [turn([-10, 10], [45, 80])], seconds: [1.3, 2.2], kind: 'again' },
  push: { shape: 'open', path: 'thrust', turns: [turn([-10, 14])], seconds: [0.45, 0.8], kind: 'once' },
  e: held('e'),
  h: held('h', [turn([60, 110], [-10, 15], [-30, 10]), turn([-20, 30], [-10, 10], [-95, -65])]),
  k: held('k'),
  m: held('m'),
  n: held('n'),
  p: held('k', [turn([-20, 40], [80, 140])]),
  q: held('g', [turn([-20, 60], [80, 150])]),
  r: held('r'),
  s: held('s', [turn([-28, 20])]),
  t: held('t'),
  x: held('x', [turn([-10, 40])]),
};

/** Whether a sign is held, not moved. */
export function isStaticSign(label: SignLabel | OtherLabel): boolean {
  return SIGN_SPECS[label].kind === 'held';
}
