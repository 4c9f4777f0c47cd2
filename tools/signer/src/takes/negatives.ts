import type { SeededRandom } from '../random.js';
import { castOf, type Cast, type TakeConditions } from './conditions.js';
import { gestureOf, loosen, relaxed, type Gesture } from './gesture.js';
import { PATHS, type PathName } from './paths.js';
import { POSTURE_SIZE, type Posture } from './posture.js';
import { randomPosture } from './procedural.js';
import { distanceToSigns, LOOKS_ALIKE_DEGREES } from './shape-distance.js';
import type { TakeSigner } from './signer.js';
import { anySign, lengthOf, recordWindow, TAKE_MS, WINDOW_MS, type SignTake } from './take.js';
import { Timeline, type Part } from './timeline.js';
import { POSTURES, type ShapeName } from './shapes.js';

/** What a hand does that makes no sign. */
export const NEGATIVE_KINDS = [
  'transition',
  'rest',
  'hanging',
  'scratch',
  'mouse',
  'drift',
  'half-made',
  'other-shape',
  'enter',
  'leave',
] as const;
export type NegativeKind = (typeof NEGATIVE_KINDS)[number];

/** How often each kind comes. */
const SHARES: Readonly<Record<NegativeKind, number>> = {
  transition: 0.3,
  rest: 0.09,
  hanging: 0.06,
  scratch: 0.08,
  mouse: 0.06,
  drift: 0.1,
  'half-made': 0.09,
  'other-shape': 0.08,
  enter: 0.08,
  leave: 0.06,
};

/** A take that shows no sign; `kind` says what it shows instead of one. */
export function sampleNegative(
  random: SeededRandom,
  conditions: TakeConditions & { readonly kind?: NegativeKind } = {},
): SignTake {
  const cast = castOf(random, conditions);
  const kind = conditions.kind ?? drawKind(random);
  const { parts, endMs } = planOf(kind, cast, random);
  return recordWindow(null, new Timeline(parts, random), endMs, cast, random, conditions);
}

function drawKind(random: SeededRandom): NegativeKind {
  let left = random.next();
  for (const kind of NEGATIVE_KINDS) {
    left -= SHARES[kind];
    if (left < 0) return kind;
  }
  return 'transition';
}

interface Plan {
  readonly parts: readonly Part[];
  readonly endMs: number;
}

function planOf(kind: NegativeKind, cast: Cast, random: SeededRandom): Plan {
  if (kind === 'transition') return transition(cast, random);
  if (kind === 'enter') return entering(cast, random);
  if (kind === 'leave') return leaving(cast, random);
  return { parts: [{ kind: 'gesture', gesture: idleGesture(kind, cast.signer, random) }], endMs: TAKE_MS + 200 };
}

/** From one sign to another, the change in the middle of the window: neither was, or is, held long enough to be read. */
function transition(cast: Cast, random: SeededRandom): Plan {
  const before: Part[] = [
    { kind: 'gesture', gesture: anySign(cast, random, TAKE_MS) },
    { kind: 'change', ms: random.between(280, 700) / cast.signer.tempo },
  ];
  const parts: Part[] = [...before, { kind: 'gesture', gesture: anySign(cast, random, WINDOW_MS) }];
  const changedMs = lengthOf(before);
  const fromMs = changedMs - lengthOf(before.slice(1)) * random.between(0.2, 0.6);
  return { parts, endMs: random.between(fromMs, changedMs + 200) };
}

/** A hand that comes in and has not made a sign yet. */
function entering(cast: Cast, random: SeededRandom): Plan {
  const changeMs = random.between(300, 700) / cast.signer.tempo;
  const parts: Part[] = [
    { kind: 'absent', ms: TAKE_MS },
    { kind: 'change', ms: changeMs },
    { kind: 'gesture', gesture: anySign(cast, random, WINDOW_MS) },
  ];
  return { parts, endMs: TAKE_MS + random.between(0.45 * changeMs, changeMs + 180) };
}

/** A hand that goes. */
function leaving(cast: Cast, random: SeededRandom): Plan {
  const changeMs = random.between(300, 700) / cast.signer.tempo;
  const parts: Part[] = [
    { kind: 'gesture', gesture: anySign(cast, random, TAKE_MS) },
    { kind: 'change', ms: changeMs },
    { kind: 'absent', ms: TAKE_MS },
  ];
  return { parts, endMs: TAKE_MS + random.between(0.4 * changeMs, changeMs + 100) };
}

/** The kinds in which a hand does one thing all the time. */
export type IdleKind = Exclude<NegativeKind, 'transition' | 'enter' | 'leave'>;

/** A hand that idles. */
export function idleGesture(
  kind: IdleKind,
  signer: TakeSigner,
  random: SeededRandom,
  durationMs: number = TAKE_MS + 400,
): Gesture {
  const posture = idlePosture(kind, signer, random);
  const { tempo, amplitude } = signer;
  const path = PATHS[idlePath(kind, random)]({ random, seconds: durationMs / 1000, tempo, amplitude });
  return gestureOf({ label: null, durationMs, posture, stand: idleStand(kind, random), path });
}

function idlePath(kind: IdleKind, random: SeededRandom): PathName {
  if (kind === 'scratch') return 'scrabble';
  if (kind === 'mouse') return random.next() < 0.5 ? 'held' : random.next() < 0.5 ? 'scrabble' : 'wander';
  if (kind === 'drift') return 'wander';
  return random.next() < 0.7 ? 'held' : 'wander';
}

/** The shape of an idle hand; those that are held are never near a letter or a sign. */
export function idlePosture(kind: IdleKind, signer: TakeSigner, random: SeededRandom): Posture {
  for (let trial = 0; trial < 40; trial += 1) {
    const posture = drawPosture(kind, signer, random);
    if (distanceToSigns(posture) > LOOKS_ALIKE_DEGREES) return posture;
  }
  return SAFE;
}

/** Far from all signs: what is held when nothing else was found. */
const SAFE: Posture = Float64Array.from([
  40, 20, 20, 10, 25, 0, 8, 22, 12, 0, 24, 40, 24, 0, 42, 62, 36, 0, 60, 80, 44,
]);

function drawPosture(kind: IdleKind, signer: TakeSigner, random: SeededRandom): Posture {
  if (kind === 'half-made') {
    const shapes = Object.keys(POSTURES) as ShapeName[];
    const shape = POSTURES[shapes[Math.floor(random.next() * shapes.length)] ?? 'v'];
    const whole = shape[Math.floor(random.next() * shape.length)];
    const half = relaxed(signer, random);
    const share = random.between(0.3, 0.65);
    for (let at = 0; at < POSTURE_SIZE; at += 1) half[at] = (half[at] ?? 0) * (1 - share) + (whole?.[at] ?? 0) * share;
    return half;
  }
  if (kind === 'other-shape' || (kind === 'scratch' && random.next() < 0.5)) return randomPosture(random);
  const posture = relaxed(signer, random);
  loosen(posture, random, 9);
  return posture;
}

/** Where the hand is and how it is turned: metres and degrees. */
function idleStand(kind: IdleKind, random: SeededRandom): readonly number[] {
  const place = [random.normal(0, 0.05), random.normal(0, 0.05), random.normal(0, 0.05)];
  if (kind === 'hanging') return [...place, random.between(-120, 120), random.normal(0, 20), random.between(130, 230)];
  if (kind === 'mouse') return [...place, random.normal(0, 15), random.between(50, 100), random.normal(0, 25)];
  if (kind === 'half-made' || kind === 'other-shape')
    return [...place, random.normal(10, 25), random.normal(0, 15), random.normal(0, 20)];
  // At the chin, in the lap, on the other arm: turned anyhow.
  return [...place, random.between(-60, 200), random.normal(15, 30), random.between(-90, 90)];
}
