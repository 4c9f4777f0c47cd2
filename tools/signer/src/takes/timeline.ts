import { minimumJerk } from '../motion/easing.js';
import type { SeededRandom } from '../random.js';
import type { Gesture } from './gesture.js';
import { FINGER_DELAYS, MOMENT_SIZE, PLACE, POSTURE_SIZE, type Moment } from './posture.js';

/** One part of what a hand does. A change leads from the part before it to the part after it; beside an absence it comes from below. */
export type Part =
  | { readonly kind: 'gesture'; readonly gesture: Gesture }
  | { readonly kind: 'change'; readonly ms: number }
  | { readonly kind: 'absent'; readonly ms: number };

interface Phase {
  readonly startMs: number;
  readonly endMs: number;
  readonly gesture?: Gesture;
  readonly change?: Change;
}

/** On the way from one moment to another. */
interface Change {
  readonly from: Moment;
  readonly to: Moment;
  /** By how much the way bows out in its middle, metres. */
  readonly bow: readonly [number, number, number];
  /** By how much the fingers slacken in its middle, 0-1. */
  readonly slack: number;
}

/** What slack fingers come to on the way. */
const SLACK: readonly number[] = [
  ...[36, 26, 28, 12, 12],
  ...[3, 22, 30, 18],
  ...[0, 26, 34, 20],
  ...[-2, 30, 38, 22],
  ...[-5, 32, 38, 22],
];

/** What one hand does from 0 ms on, part after part. */
export class Timeline {
  readonly endMs: number;
  /** The gestures with their times. */
  readonly gestures: readonly { readonly gesture: Gesture; readonly startMs: number; readonly endMs: number }[];
  readonly #phases: readonly Phase[];
  #current = 0;

  constructor(parts: readonly Part[], random: SeededRandom) {
    const phases: Phase[] = [];
    let endMs = 0;
    parts.forEach((part, index) => {
      const startMs = endMs;
      endMs += part.kind === 'gesture' ? part.gesture.durationMs : part.ms;
      if (part.kind === 'gesture') phases.push({ startMs, endMs, gesture: part.gesture });
      else if (part.kind === 'absent') phases.push({ startMs, endMs });
      else phases.push({ startMs, endMs, change: changeBetween(parts[index - 1], parts[index + 1], random) });
    });
    this.#phases = phases;
    this.endMs = endMs;
    this.gestures = phases.flatMap(({ gesture, startMs, endMs: phaseEndMs }) =>
      gesture === undefined ? [] : [{ gesture, startMs, endMs: phaseEndMs }],
    );
  }

  /**
   * Fills `out` with what the hand does at `ms`.
   * @returns false when it is not there.
   */
  write(ms: number, out: Moment): boolean {
    const phases = this.#phases;
    if (ms < (phases[this.#current]?.startMs ?? 0)) this.#current = 0;
    while (this.#current < phases.length - 1 && ms >= (phases[this.#current]?.endMs ?? 0)) this.#current += 1;
    const phase = phases[this.#current];
    if (phase?.gesture !== undefined) phase.gesture.write(ms - phase.startMs, out);
    else if (phase?.change !== undefined)
      writeChange(phase.change, (ms - phase.startMs) / (phase.endMs - phase.startMs), out);
    else return false;
    return true;
  }
}

function writeChange({ from, to, bow, slack }: Change, share: number, out: Moment): void {
  const moved = minimumJerk(share);
  const middle = 4 * moved * (1 - moved);
  for (let at = 0; at < POSTURE_SIZE; at += 1) {
    const own = minimumJerk(share * 1.1 - (FINGER_DELAYS[at] ?? 0));
    const between = (from[at] ?? 0) + ((to[at] ?? 0) - (from[at] ?? 0)) * own;
    out[at] = between + ((SLACK[at] ?? 0) - between) * slack * middle;
  }
  for (let at = POSTURE_SIZE; at < MOMENT_SIZE; at += 1) {
    out[at] = (from[at] ?? 0) + ((to[at] ?? 0) - (from[at] ?? 0)) * moved + (bow[at - PLACE] ?? 0) * middle;
  }
}

function changeBetween(before: Part | undefined, after: Part | undefined, random: SeededRandom): Change {
  const from = before?.kind === 'gesture' ? momentOf(before.gesture, before.gesture.durationMs) : undefined;
  const to = after?.kind === 'gesture' ? momentOf(after.gesture, 0) : undefined;
  return {
    from: from ?? below(to, random),
    to: to ?? below(from, random),
    bow: [random.normal(0, 0.015), random.normal(-0.01, 0.02), random.normal(0, 0.015)],
    slack: random.between(0, 0.5),
  };
}

/** What a hand does at `ms` of a gesture. */
export function momentOf(gesture: Gesture, ms: number): Moment {
  const moment = new Float64Array(MOMENT_SIZE);
  gesture.write(ms, moment);
  return moment;
}

/** Where a hand comes from and goes to: below, slack, turned a little. */
function below(other: Moment | undefined, random: SeededRandom): Moment {
  const moment = new Float64Array(MOMENT_SIZE);
  for (let at = 0; at < POSTURE_SIZE; at += 1) {
    const slack = SLACK[at] ?? 0;
    moment[at] = slack + ((other?.[at] ?? slack) - slack) * 0.15 + random.normal(0, 4);
  }
  const place = [random.normal(0, 0.05), -random.between(0.15, 0.32), random.normal(0, 0.04)];
  const turn = [random.between(-10, 80), random.normal(0, 25), random.normal(10, 25)];
  moment.set([...place, ...turn], PLACE);
  return moment;
}
