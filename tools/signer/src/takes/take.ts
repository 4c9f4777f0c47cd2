import type { SeededRandom } from '../random.js';
import { castOf, filmUnder, type Cast, type TakeConditions } from './conditions.js';
import type { TakeSighting } from './film.js';
import { makeSign, type Gesture } from './gesture.js';
import { proceduralSign } from './procedural.js';
import { SIGN_LABELS, SIGN_SPECS, type OtherLabel, type SignLabel, type SignSpec } from './sign-specs.js';
import { Timeline, type Part } from './timeline.js';

/** Sightings of one hand around one window of time, with what they show. */
export interface SignTake {
  /** The sign; null for what is none. */
  readonly label: string | null;
  /** Width by height of the frames. */
  readonly aspect: number;
  /** In order of time, none after `endMs`. */
  readonly sightings: readonly TakeSighting[];
  readonly startMs: number;
  /** The window to judge ends here and is 1000 ms long. */
  readonly endMs: number;
}

/** How long a take is, and the window at its end. */
export const TAKE_MS = 1300;
export const WINDOW_MS = 1000;

/**
 * A take of a sign. A held one was held for at least 450 ms when the window ends, a movement that repeats itself was made for at
 * least 650 ms, and of a movement with a beginning and an end the most is inside.
 * @param random - decides all: equal state in, equal take out.
 */
export function sampleTake(
  label: SignLabel | OtherLabel,
  random: SeededRandom,
  conditions: TakeConditions = {},
): SignTake {
  const cast = castOf(random, conditions);
  return takeOf(label, SIGN_SPECS[label], cast, random, conditions);
}

/**
 * A take of a made-up sign: the same one for equal `classSeed`, as the drawn person makes it.
 */
export function sampleProceduralTake(
  classSeed: number,
  random: SeededRandom,
  conditions: TakeConditions = {},
): SignTake {
  const cast = castOf(random, conditions);
  return takeOf(`procedural-${classSeed}`, proceduralSign(classSeed), cast, random, conditions);
}

function takeOf(label: string, spec: SignSpec, cast: Cast, random: SeededRandom, conditions: TakeConditions): SignTake {
  const { parts, endMs } =
    spec.kind === 'once' ? aroundMovement(label, spec, cast, random) : whileMade(label, spec, cast, random);
  const timeline = new Timeline(parts, random);
  return recordWindow(label, timeline, endMs, cast, random, conditions);
}

/** Films the time up to `endMs` of a timeline. */
export function recordWindow(
  label: string | null,
  timeline: Timeline,
  endMs: number,
  cast: Cast,
  random: SeededRandom,
  conditions: TakeConditions,
): SignTake {
  const span = { startMs: endMs - TAKE_MS, endMs };
  const sightings = filmUnder(conditions, cast, timeline, span, random);
  return { label, aspect: cast.session.aspect, sightings, startMs: 0, endMs: TAKE_MS };
}

interface Plan {
  readonly parts: readonly Part[];
  /** When the window ends, on the parts' own time. */
  readonly endMs: number;
}

/** The window ends while the sign is made, or a moment after. */
function whileMade(label: string, spec: SignSpec, cast: Cast, random: SeededRandom): Plan {
  const least = spec.kind === 'held' ? 450 : 650;
  const madeMs = random.next() < 0.55 ? random.between(1000, 1600) : random.between(least, 1000);
  const overMs = random.next() < 0.12 ? -random.between(0, 120) : random.between(0, 500);
  const gesture = makeSign(label, spec, cast.signer, random, madeMs + overMs);
  const before = leadIn(cast, random);
  const parts: Part[] = [...before, { kind: 'gesture', gesture }, ...leadOut(cast, random)];
  return { parts, endMs: lengthOf(before) + madeMs };
}

/** The window holds the most of the movement. */
function aroundMovement(label: string, spec: SignSpec, cast: Cast, random: SeededRandom): Plan {
  const gesture = makeSign(label, spec, cast.signer, random);
  const before = leadIn(cast, random);
  const { durationMs } = gesture;
  const afterMs = random.between(-0.15 * durationMs, Math.max(200, WINDOW_MS - 0.9 * durationMs));
  const parts: Part[] = [...before, ...heldBefore(gesture, random), { kind: 'gesture', gesture }];
  const endMs = lengthOf(parts) + afterMs;
  if (random.next() < 0.5)
    parts.push({ kind: 'gesture', gesture: stopped(gesture, durationMs, random.between(50, 500)) });
  parts.push(...leadOut(cast, random));
  return { parts, endMs };
}

/** Before a movement the hand stands still for a moment, or not. */
function heldBefore(gesture: Gesture, random: SeededRandom): Part[] {
  if (random.next() < 0.4) return [];
  return [{ kind: 'gesture', gesture: stopped(gesture, 0, random.between(30, 400)) }];
}

/** A hand that stays as it is at one moment of a gesture. */
export function stopped(gesture: Gesture, atMs: number, durationMs: number): Gesture {
  return { label: null, durationMs, write: (_ms, out) => gesture.write(atMs, out) };
}

/** What may come before: another sign, or a hand that comes in. Long enough for a take to begin in it. */
function leadIn(cast: Cast, random: SeededRandom): Part[] {
  const change: Part = { kind: 'change', ms: random.between(220, 520) / cast.signer.tempo };
  if (random.next() < 0.25) return [{ kind: 'absent', ms: TAKE_MS }, change];
  return [{ kind: 'gesture', gesture: afterSign(cast, random, TAKE_MS) }, change];
}

function leadOut(cast: Cast, random: SeededRandom): Part[] {
  const change: Part = { kind: 'change', ms: random.between(220, 520) / cast.signer.tempo };
  if (random.next() < 0.25) return [change, { kind: 'absent', ms: TAKE_MS }];
  return [change, { kind: 'gesture', gesture: anySign(cast, random) }];
}

/** Any sign of the default model, made by this signer; without its name. */
export function anySign({ signer }: Cast, random: SeededRandom, durationMs?: number): Gesture {
  const label = anyLabel(random);
  return { ...makeSign(label, SIGN_SPECS[label], signer, random, durationMs), label: null };
}

/** What is left of a sign after it was made: held and repeated ones go on, of a movement the hand stays where it ended. */
export function afterSign({ signer }: Cast, random: SeededRandom, durationMs: number): Gesture {
  const label = anyLabel(random);
  const spec = SIGN_SPECS[label];
  if (spec.kind !== 'once') return { ...makeSign(label, spec, signer, random, durationMs), label: null };
  const made = makeSign(label, spec, signer, random);
  return stopped(made, made.durationMs, durationMs);
}

function anyLabel(random: SeededRandom): SignLabel {
  return SIGN_LABELS[Math.floor(random.next() * SIGN_LABELS.length)] ?? 'open';
}

/** How long parts take together. */
export function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'gesture' ? part.gesture.durationMs : part.ms), 0);
}
