import type { Side } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { SIGNS, type SignName } from './signs.js';

/** One stretch of a recording: no hand, a hand on its way, or a hand that makes a sign. */
export interface Stretch {
  readonly kind: 'absent' | 'enter' | 'change' | 'sign' | 'leave';
  readonly startMs: number;
  readonly endMs: number;
  /** The hand that is there, null when absent. */
  readonly side: Side | null;
  /** The sign that is made, or for a hand on its way the one it comes from. */
  readonly from: SignName | null;
  /** The sign that is made, or for a hand on its way the one it goes to. */
  readonly to: SignName | null;
}

/** What a recording shows. */
export interface ProgrammeRequest {
  readonly totalMs: number;
  /** The signs to make, in turn; all are made before one comes again. */
  readonly signs: readonly SignName[];
  /** Which hands sign: both take turns, the right one first. */
  readonly hands: Side | 'both';
}

const ENTER_MS = 500;
const LEAVE_MS = 440;
const CHANGE_MS = 400;
/** What the shortest visit needs beside the sign itself. */
const VISIT_MS = ENTER_MS + LEAVE_MS;

/**
 * Fills a recording with visits of a hand that makes several signs each, and with pauses without a hand.
 * @param random - decides pauses, tempo and how many signs a visit has.
 * @returns stretches without gap or overlap from 0 to `totalMs`, starting and ending with an absent hand.
 */
export function planProgramme(request: ProgrammeRequest, random: SeededRandom): Stretch[] {
  const plan = new Plan();
  const tempo = random.between(0.9, 1.1);
  let next = 0;
  const signAt = (index: number): SignName => request.signs[index % request.signs.length] ?? 'open';
  const holdMs = (name: SignName): number => SIGNS[name].holdMs * tempo;
  for (let visit = 0; ; visit += 1) {
    const pauseMs = visit === 0 ? random.between(400, 600) : random.between(650, 950);
    const tailMs = 500;
    const isRoomFor = (ms: number): boolean => plan.endMs + ms + tailMs <= request.totalMs;
    if (!isRoomFor(pauseMs + VISIT_MS + holdMs(signAt(next)))) break;
    plan.add('absent', pauseMs, null, null, null);
    const side = request.hands === 'both' ? (visit % 2 === 0 ? 'right' : 'left') : request.hands;
    const count = 3 + Math.floor(random.next() * 3);
    let current = signAt(next);
    plan.add('enter', ENTER_MS, side, null, current);
    plan.add('sign', holdMs(current), side, current, current);
    next += 1;
    for (let made = 1; made < count; made += 1) {
      const following = signAt(next);
      if (!isRoomFor(CHANGE_MS * tempo + holdMs(following) + LEAVE_MS)) break;
      plan.add('change', CHANGE_MS * tempo, side, current, following);
      plan.add('sign', holdMs(following), side, following, following);
      current = following;
      next += 1;
    }
    plan.add('leave', LEAVE_MS, side, current, null);
  }
  plan.add('absent', request.totalMs - plan.endMs, null, null, null);
  return plan.stretches;
}

class Plan {
  readonly stretches: Stretch[] = [];

  get endMs(): number {
    return this.stretches.at(-1)?.endMs ?? 0;
  }

  add(kind: Stretch['kind'], lengthMs: number, side: Side | null, from: SignName | null, to: SignName | null): void {
    const startMs = this.endMs;
    this.stretches.push({ kind, startMs, endMs: startMs + lengthMs, side, from, to });
  }
}
