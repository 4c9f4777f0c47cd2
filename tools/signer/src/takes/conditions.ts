import type { Side } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { film, type TakeSighting } from './film.js';
import { sessionOf, type TakeSession } from './session.js';
import { HELD_OUT_SEEDS, signerOf, type TakeSigner } from './signer.js';
import type { Timeline } from './timeline.js';

/** What a take keeps to; all that is not said is drawn by chance. */
export interface TakeConditions {
  /** One person for many takes. */
  readonly signer?: TakeSigner;
  /** One camera and seat for many takes. */
  readonly session?: TakeSession;
  /** Signers and sessions that training never sees, see `HELD_OUT_SEEDS`. */
  readonly heldOut?: boolean;
  /** The hand that signs; by default the signer's. */
  readonly side?: Side;
  /** Frames a second; by default the session's. */
  readonly fps?: number;
  /** A factor on the unease of the landmarks, 1 by default. */
  readonly jitter?: number;
  /** Every so many-th frame is missing: 2 for every second one. */
  readonly dropEvery?: number;
}

/** Who signs, and before which camera. */
export interface Cast {
  readonly signer: TakeSigner;
  readonly session: TakeSession;
}

/** Draws the person and the session of a take. */
export function castOf(random: SeededRandom, { signer, session, heldOut = false }: TakeConditions): Cast {
  const seed = (): number => (heldOut ? HELD_OUT_SEEDS.from : 0) + Math.floor(random.next() * HELD_OUT_SEEDS.count);
  const [ofSigner, ofSession] = [seed(), seed()];
  return { signer: signer ?? signerOf(ofSigner), session: session ?? sessionOf(ofSession) };
}

/** Films a timeline under these conditions. */
export function filmUnder(
  conditions: TakeConditions,
  { signer, session }: Cast,
  timeline: Timeline,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  random: SeededRandom,
): TakeSighting[] {
  const { side = signer.side, fps = session.fps, jitter = 1, dropEvery = 0 } = conditions;
  return film({ timeline, signer, session, side, startMs, endMs, fps, jitter, dropEvery }, random);
}
