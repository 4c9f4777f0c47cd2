import type { SeededRandom } from '../random.js';
import { castOf, filmUnder, type TakeConditions } from './conditions.js';
import type { TakeSighting } from './film.js';
import { makeSign } from './gesture.js';
import { idleGesture, type IdleKind } from './negatives.js';
import { SIGN_SPECS, type OtherLabel, type SignLabel } from './sign-specs.js';
import { Timeline, type Part } from './timeline.js';

/** One hand for a long time, with what it signs. */
export interface SignStream {
  /** Width by height of the frames. */
  readonly aspect: number;
  /** In order of time; where the hand is absent there are none. */
  readonly sightings: readonly TakeSighting[];
  /** The signs in order of time; between them the hand makes none. */
  readonly segments: readonly { readonly label: string; readonly startMs: number; readonly endMs: number }[];
  readonly startMs: number;
  readonly endMs: number;
}

/** What a stream shows. */
export interface StreamRequest {
  /** The signs to draw from. */
  readonly signs: readonly (SignLabel | OtherLabel)[];
  /** How many signs are made. */
  readonly count: number;
  readonly conditions?: TakeConditions;
}

const IDLE: readonly IdleKind[] = ['rest', 'hanging', 'scratch', 'mouse', 'drift', 'half-made'];

/**
 * A stream of signs by one signer in one session, with changes between them, rests, and times without a hand.
 * @throws RangeError - for an empty list of signs
 */
export function sampleStream(random: SeededRandom, { signs, count, conditions = {} }: StreamRequest): SignStream {
  if (signs.length === 0) throw new RangeError('A stream draws from at least one sign; the list is empty.');
  const cast = castOf(random, conditions);
  const { signer } = cast;
  const change = (): Part => ({ kind: 'change', ms: random.between(250, 550) / signer.tempo });
  const parts: Part[] = [{ kind: 'absent', ms: random.between(300, 800) }, change()];
  for (let made = 0; made < count; made += 1) {
    const label = signs[Math.floor(random.next() * signs.length)] ?? 'open';
    parts.push({ kind: 'gesture', gesture: makeSign(label, SIGN_SPECS[label], signer, random) }, change());
    const next = random.next();
    if (next < 0.12) parts.push({ kind: 'absent', ms: random.between(500, 1500) }, change());
    else if (next < 0.35) {
      const kind = IDLE[Math.floor(random.next() * IDLE.length)] ?? 'rest';
      parts.push({ kind: 'gesture', gesture: idleGesture(kind, signer, random, random.between(500, 2500)) }, change());
    }
  }
  parts.push({ kind: 'absent', ms: 500 });
  const timeline = new Timeline(parts, random);
  const sightings = filmUnder(conditions, cast, timeline, { startMs: 0, endMs: timeline.endMs }, random);
  const segments = timeline.gestures.flatMap(({ gesture: { label }, startMs, endMs }) =>
    label === null ? [] : [{ label, startMs, endMs }],
  );
  return { aspect: cast.session.aspect, sightings, segments, startMs: 0, endMs: timeline.endMs };
}
