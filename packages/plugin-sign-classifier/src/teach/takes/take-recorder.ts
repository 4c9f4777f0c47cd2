import { LANDMARK_STRIDE } from '@kinegraph/core/plugin';
import type { Handedness, Landmarks } from '@kinegraph/core/plugin';
import { HAND_POINTS } from '../../features/index.js';
import { checkLabel } from './label.js';
import { encodeFrame } from './take-codec.js';
import { TAKE_LIMITS, isPlace, newTakeId, timeFault } from './take.js';
import type { Take, TakeFrame } from './take.js';

/** The skeleton that takes are made of. */
const HAND = 'hand-21';
/** More than a header and a frame have together, in bytes. */
const MOST_OF_ONE = 32_768;

/** What is known of a take before its first frame. */
export interface TakeRequest {
  readonly label: string;
  readonly source: string;
  readonly recordedAt: Date;
  /** A number in 0..1 for the id. */
  readonly random: number;
}

/** Gathers the hands of a stream into a take. */
export class TakeRecorder {
  readonly #frames: TakeFrame[] = [];
  readonly #label: string;
  #startMs = 0;
  /** Of its lines in a file: what is larger than a take may be could not be read again. */
  #bytes = 0;
  #isTooLate = false;
  #size = { frameWidth: 0, frameHeight: 0 };

  /** @throws LabelRefusedError */
  constructor(private readonly request: TakeRequest) {
    this.#label = checkLabel(request.label);
  }

  get frameCount(): number {
    return this.#frames.length;
  }

  /** True once no more is taken: it is as large as a take may be, or a frame came after its longest time. */
  get isFull(): boolean {
    const { frames, bytes } = TAKE_LIMITS;
    return this.#isTooLate || this.#frames.length >= frames || this.#bytes > bytes - MOST_OF_ONE;
  }

  /** Takes the hands of a frame; one that is not after the last, and what is over the limits of a take, is let go. */
  push(timestampMs: number, landmarks: Landmarks): void {
    if (this.isFull || !(landmarks.frameWidth > 0) || !(landmarks.frameHeight > 0)) return;
    if (this.#frames.length === 0) this.#startMs = timestampMs;
    // To the microsecond, as files keep it: what fits here fits when it is read.
    const sinceStartMs = Math.round((timestampMs - this.#startMs) * 1000) / 1000;
    this.#isTooLate = sinceStartMs > TAKE_LIMITS.ms;
    if (timeFault(sinceStartMs, this.#frames.at(-1)?.timestampMs ?? -Infinity) !== undefined) return;
    this.#size = { frameWidth: landmarks.frameWidth, frameHeight: landmarks.frameHeight };
    const hands = landmarks.tracks
      .filter(({ skeleton, score, image }) => skeleton === HAND && Number.isFinite(score) && arePlaces(image))
      .slice(0, TAKE_LIMITS.hands)
      .map(({ trackId, handedness, score, image }) => ({
        trackId,
        score,
        points: withoutVisibility(image),
        ...(handedness === undefined ? {} : { handedness }),
      }));
    const frame = { timestampMs: sinceStartMs, hands };
    this.#bytes += encodeFrame(frame).length + 1;
    this.#frames.push(frame);
  }

  /** The take so far; undefined where no frame has come. */
  take(): Take | undefined {
    const last = this.#frames.at(-1);
    if (last === undefined) return undefined;
    const { source, recordedAt, random } = this.request;
    const handedness = mostSeen(this.#frames);
    return {
      id: newTakeId(recordedAt, random),
      label: this.#label,
      recordedAt: recordedAt.toISOString(),
      source: source.slice(0, 500),
      ...this.#size,
      rate: last.timestampMs > 0 ? ((this.#frames.length - 1) * 1000) / last.timestampMs : 0,
      ...(handedness === undefined ? {} : { handedness }),
      frames: this.#frames,
    };
  }
}

function mostSeen(frames: readonly TakeFrame[]): Handedness | undefined {
  const seen = { left: 0, right: 0 };
  for (const { hands } of frames)
    for (const { handedness } of hands) if (handedness !== undefined) seen[handedness] += 1;
  if (seen.left === seen.right) return undefined;
  return seen.left > seen.right ? 'left' : 'right';
}

function arePlaces(image: Float32Array): boolean {
  if (image.length !== HAND_POINTS * LANDMARK_STRIDE) return false;
  return image.every((value, index) => index % LANDMARK_STRIDE === LANDMARK_STRIDE - 1 || isPlace(value));
}

function withoutVisibility(image: Float32Array): Float32Array {
  return Float32Array.from(
    { length: HAND_POINTS * 3 },
    (_, at) => image[Math.floor(at / 3) * LANDMARK_STRIDE + (at % 3)] ?? 0,
  );
}
