import type { Handedness } from '@kinegraph/core/plugin';

/** One hand in one frame of a take. */
export interface TakeHand {
  readonly trackId: number;
  readonly handedness?: Handedness;
  /** How sure the model is, 0-1. */
  readonly score: number;
  /** Shape [21, 3], row-major: image landmarks, unsmoothed. Finite. */
  readonly points: Float32Array;
}

/** What was seen in one frame; no hand is a frame too. */
export interface TakeFrame {
  /** Milliseconds from the first frame of the take. */
  readonly timestampMs: number;
  readonly hands: readonly TakeHand[];
}

/** What a take says of itself. */
export interface TakeHeader {
  /** The name of its file without the ending. */
  readonly id: string;
  readonly label: string;
  /** ISO 8601. */
  readonly recordedAt: string;
  /** Where from: a clip, a run, a device; for people. */
  readonly source: string;
  /** Size in pixels of the frames. */
  readonly frameWidth: number;
  readonly frameHeight: number;
  /** Frames a second, as they came. */
  readonly rate: number;
  /** The hand that made the sign, where that was told. */
  readonly handedness?: Handedness;
}

/** One recording of one sign. */
export interface Take extends TakeHeader {
  readonly frames: readonly TakeFrame[];
}

/**
 * How much a take may be, and how many of them come at once, as an import or to be trained with. A minute at 120 frames a
 * second is 7,200 frames.
 */
export const TAKE_LIMITS = {
  ...{ bytes: 32 * 2 ** 20, frames: 20_000, hands: 8, ms: 600_000, stepMs: 1 },
  bundle: 10_000,
} as const;

/** Whether a landmark may be at a place: within a million widths. */
export function isPlace(value: number): boolean {
  return Math.abs(value) < 1e6;
}

/**
 * What is wrong with the time of a frame, if anything: a take begins at 0 and lasts at most ten minutes, and its frames are at
 * least a millisecond apart.
 * @param before - the time of the frame before it; -Infinity for the first
 */
export function timeFault(timestampMs: number, before: number): string | undefined {
  if (!(timestampMs >= 0 && timestampMs <= TAKE_LIMITS.ms))
    return `its time ${timestampMs} is not within 0 to ${TAKE_LIMITS.ms} ms`;
  if (timestampMs <= before) return `its time ${timestampMs} is not after the one before it`;
  // In microseconds, which files keep: 0.1 + 1 - 0.1 is a little less than 1.
  return Math.round((timestampMs - before) * 1000) < TAKE_LIMITS.stepMs * 1000
    ? `its time ${timestampMs} is less than ${TAKE_LIMITS.stepMs} ms after the one before it`
    : undefined;
}

/** An id: the name of a file on every system. */
export const TAKE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * An id for a new take, which sorts by the time of its recording.
 * @param random - a number in 0..1, so that two takes of one second differ
 */
export function newTakeId(recordedAt: Date, random: number): string {
  const [day = '', time = ''] = recordedAt.toISOString().split('T');
  const part = Math.floor(random * 36 ** 4);
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${part.toString(36).padStart(4, '0')}`;
}
