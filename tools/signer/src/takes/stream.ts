import type { SeededRandom } from '../random.js';
import { castOf, filmUnder, type TakeConditions } from './conditions.js';
import type { TakeSighting } from './film.js';
import { makeSign } from './gesture.js';
import { idleGesture, type IdleKind } from './negatives.js';
import { PLACE } from './posture.js';
import { SIGN_SPECS, type OtherLabel, type SignLabel } from './sign-specs.js';
import { momentOf, Timeline, type Part } from './timeline.js';

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
  const parts: Part[] = [{ kind: 'absent', ms: random.between(300, 800) }];
  const add = (next: Part): void => {
    const ms = (random.between(250, 550) + returnMs(parts.at(-1), next)) / signer.tempo;
    parts.push({ kind: 'change', ms }, next);
  };
  for (let made = 0; made < count; made += 1) {
    const label = signs[Math.floor(random.next() * signs.length)] ?? 'open';
    add({ kind: 'gesture', gesture: makeSign(label, SIGN_SPECS[label], signer, random) });
    const next = random.next();
    if (next < 0.12) add({ kind: 'absent', ms: random.between(500, 1500) });
    else if (next < 0.35) {
      const kind = IDLE[Math.floor(random.next() * IDLE.length)] ?? 'rest';
      add({ kind: 'gesture', gesture: idleGesture(kind, signer, random, random.between(500, 2500)) });
    }
  }
  if (parts.at(-1)?.kind !== 'absent') add({ kind: 'absent', ms: 500 });
  const timeline = new Timeline(parts, random);
  const sightings = filmUnder(conditions, cast, timeline, { startMs: 0, endMs: timeline.endMs }, random);
  const segments = timeline.gestures.flatMap(({ gesture: { label }, startMs, endMs }) =>
    label === null ? [] : [{ label, startMs, endMs }],
  );
  return { aspect: cast.session.aspect, sightings, segments, startMs: 0, endMs: timeline.endMs };
}

/** How much longer a change takes that goes a long way, per metre: the way back to begin a movement anew is no movement of its own. */
const RETURN_MS_PER_METRE = 1800;

function returnMs(from: Part | undefined, to: Part): number {
  if (from?.kind !== 'gesture' || to.kind !== 'gesture') return 0;
  const [a, b] = [momentOf(from.gesture, from.gesture.durationMs), momentOf(to.gesture, 0)];
  return RETURN_MS_PER_METRE * Math.hypot(...[0, 1, 2].map((axis) => (b[PLACE + axis] ?? 0) - (a[PLACE + axis] ?? 0)));
}
