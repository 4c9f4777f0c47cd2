import type { SeededRandom } from '../random.js';
import { castOf, type Cast, type TakeConditions } from './conditions.js';
import { gestureOf, loosen, relaxed, type Gesture } from './gesture.js';
import { PATHS, type PathName } from './paths.js';
import { nearSignPosture } from './near-sign.js';
import { POSTURE_SIZE, type Posture } from './posture.js';
import { randomPosture } from './procedural.js';
import { distanceToSigns, LOOKS_ALIKE_DEGREES } from './shape-distance.js';
import type { TakeSigner } from './signer.js';
import { afterSign, anySign, recordWindow, TAKE_MS, type SignTake } from './take.js';
import { Timeline, type Part } from './timeline.js';
import { POSTURES } from './shapes.js';

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
  'near-sign',
  'enter',
  'leave',
] as const;
export type NegativeKind = (typeof NEGATIVE_KINDS)[number];

/** How often each kind comes. */
const SHARES: Readonly<Record<NegativeKind, number>> = {
  transition: 0.32,
  rest: 0.09,
  hanging: 0.06,
  scratch: 0.08,
  mouse: 0.06,
  drift: 0.1,
  'half-made': 0.07,
  'other-shape': 0.04,
  'near-sign': 0.04,
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

/** How long a sign must be over before its end counts as none, and how short the next may be made so far. */
const OVER_MS = 280;
const BEGUN_MS = 120;
/** The last part of a change looks like the sign that it leads to. */
const CHANGED = 0.8;

/** From one sign to another, the change in the window: the one is over, and the other was not made long enough to be read. */
function transition(cast: Cast, random: SeededRandom): Plan {
  const changeMs = random.between(300, 800) / cast.signer.tempo;
  const parts: Part[] = [
    { kind: 'gesture', gesture: afterSign(cast, random, TAKE_MS) },
    { kind: 'change', ms: changeMs },
    { kind: 'gesture', gesture: anySign(cast, random) },
  ];
  const overMs = random.between(Math.max(OVER_MS, changeMs / 2), Math.max(OVER_MS, changeMs * CHANGED) + BEGUN_MS);
  return { parts, endMs: TAKE_MS + overMs };
}

/** A hand that comes in and has not made a sign yet. */
function entering(cast: Cast, random: SeededRandom): Plan {
  const changeMs = random.between(300, 700) / cast.signer.tempo;
  const parts: Part[] = [
    { kind: 'absent', ms: TAKE_MS },
    { kind: 'change', ms: changeMs },
    { kind: 'gesture', gesture: anySign(cast, random) },
  ];
  return { parts, endMs: TAKE_MS + random.between(0.45 * changeMs, changeMs + BEGUN_MS) };
}

/** A hand that goes. */
function leaving(cast: Cast, random: SeededRandom): Plan {
  const changeMs = random.between(400, 900) / cast.signer.tempo;
  const parts: Part[] = [
    { kind: 'gesture', gesture: afterSign(cast, random, TAKE_MS) },
    { kind: 'change', ms: changeMs },
    { kind: 'absent', ms: TAKE_MS },
  ];
  return { parts, endMs: TAKE_MS + random.between(Math.max(OVER_MS, changeMs / 2), changeMs + 150) };
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

/** The shape of an idle hand, never near a letter or a sign. */
export function idlePosture(kind: IdleKind, signer: TakeSigner, random: SeededRandom): Posture {
  if (kind === 'near-sign') return nearSignPosture(random);
  for (let trial = 0; ; trial += 1) {
    // Some signers rest their hands in a shape that is near a sign: theirs is another one then.
    const posture = trial < OWN_TRIALS ? drawPosture(kind, signer, random) : randomPosture(random);
    if (distanceToSigns(posture) > LOOKS_ALIKE_DEGREES || trial === MOST_TRIALS) return posture;
  }
}

const OWN_TRIALS = 20;
/** Two of three random postures are far enough, so that the end is never reached; it only bounds the loop. */
const MOST_TRIALS = 1000;

function drawPosture(kind: IdleKind, signer: TakeSigner, random: SeededRandom): Posture {
  if (kind === 'half-made') return halfMade(signer, random);
  if (kind === 'other-shape' || (kind === 'scratch' && random.next() < 0.5)) return randomPosture(random);
  const posture = relaxed(signer, random);
  loosen(posture, random, 9);
  return posture;
}

/** Between a sign and rest, or between two signs. */
function halfMade(signer: TakeSigner, random: SeededRandom): Posture {
  const posture = random.next() < 0.4 ? relaxed(signer, random) : anyPosture(random).slice();
  const other = anyPosture(random);
  const share = random.between(0.3, 0.7);
  for (let at = 0; at < POSTURE_SIZE; at += 1) {
    posture[at] = (posture[at] ?? 0) * (1 - share) + (other[at] ?? 0) * share;
  }
  return posture;
}

const ALL_POSTURES: readonly Posture[] = Object.values(POSTURES).flat();

function anyPosture(random: SeededRandom): Posture {
  return ALL_POSTURES[Math.floor(random.next() * ALL_POSTURES.length)] ?? new Float64Array(POSTURE_SIZE);
}

/** Where the hand is and how it is turned: metres and degrees. */
function idleStand(kind: IdleKind, random: SeededRandom): readonly number[] {
  const place = [random.normal(0, 0.05), random.normal(0, 0.05), random.normal(0, 0.05)];
  if (kind === 'hanging') return [...place, random.between(-120, 120), random.normal(0, 20), random.between(130, 230)];
  if (kind === 'mouse') return [...place, random.normal(0, 15), random.between(50, 100), random.normal(0, 25)];
  if (kind === 'half-made' || kind === 'other-shape' || kind === 'near-sign')
    return [...place, random.normal(10, 25), random.normal(0, 15), random.normal(0, 20)];
  // At the chin, in the lap, on the other arm: turned anyhow.
  return [...place, random.between(-60, 200), random.normal(15, 30), random.between(-90, 90)];
}
