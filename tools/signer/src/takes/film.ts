import { JOINT_COUNT, type Side } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { findHidden } from './hidden-joints.js';
import { MOMENT_SIZE } from './posture.js';
import { Sensor } from './sensor.js';
import { Stage } from './stage.js';
import type { TakeSession } from './session.js';
import type { TakeSigner } from './signer.js';
import type { Timeline } from './timeline.js';

/** A hand as it was seen in one frame. */
export interface TakeSighting {
  readonly timestampMs: number;
  readonly hand: {
    /** Shape [21, 4], row-major: MediaPipe's image landmarks, x, y, z and visibility (1). */
    readonly image: Float32Array;
    /** The signer's own hand; now and then the wrong one. */
    readonly handedness: Side;
    /** How sure that is, 0.5-1. */
    readonly handednessScore: number;
  };
}

/** What is filmed, by whom, and how. */
export interface FilmRequest {
  readonly timeline: Timeline;
  readonly signer: TakeSigner;
  readonly session: TakeSession;
  readonly side: Side;
  readonly startMs: number;
  readonly endMs: number;
  readonly fps: number;
  readonly jitter: number;
  /** Every so many-th frame is missing; 0 for none. */
  readonly dropEvery: number;
}

/** How often is looked which joints the hand hides. */
const LOOK_MS = 320;
/** A palm, metres. */
const PALM_M = 0.098;

/** Scratch space: film is made one at a time. */
const moment = new Float64Array(MOMENT_SIZE);
const points = new Float64Array(JOINT_COUNT * 3);
const hidden = new Uint8Array(JOINT_COUNT);

/**
 * Films a timeline: from what the hand does to the landmarks that a model finds in the frames.
 * @returns sightings in order of time, with times counted from `startMs`.
 */
export function film(request: FilmRequest, random: SeededRandom): TakeSighting[] {
  const { timeline, signer, session, side, startMs, endMs, fps, dropEvery } = request;
  const sensor = new Sensor(random, request.jitter * session.jitter);
  const stage = new Stage(signer, session, side, random);
  const palm = (PALM_M * session.focal) / session.distance;
  const stepMs = 1000 / fps;
  const unease = random.between(0, 0.12) * stepMs;
  const misses = new Misses(session, random);
  const sightings: TakeSighting[] = [];
  // One buffer for all frames: small ones by the thousand cost more than all else.
  const size = JOINT_COUNT * 4;
  const images = new Float32Array(size * (Math.ceil((endMs - startMs) / stepMs) + 1));
  let lookMs = -Infinity;
  let lastMs = startMs - stepMs;
  let frame = Math.floor(random.next() * 2);
  for (let dueMs = startMs + random.next() * stepMs; dueMs <= endMs; dueMs += stepMs) {
    frame += 1;
    const timeMs = Math.min(endMs, Math.max(startMs, dueMs + (random.next() - 0.5) * unease));
    if (misses.isMissed(dueMs) || (dropEvery > 0 && frame % dropEvery === 0)) continue;
    if (!timeline.write(timeMs, moment)) continue;
    stage.project(moment, timeMs / 1000, points);
    if (timeMs - lookMs >= LOOK_MS) {
      findHidden(points, palm, hidden);
      lookMs = timeMs;
    }
    sensor.spoil(points, palm, (timeMs - lastMs) / 1000, hidden);
    lastMs = timeMs;
    if (isOutside(session)) continue;
    const isWrong = misses.isWrongHand();
    sightings.push({
      timestampMs: timeMs - startMs,
      hand: {
        image: toImage(session, images.subarray(size * sightings.length, size * (sightings.length + 1))),
        handedness: isWrong === (side === 'left') ? 'right' : 'left',
        handednessScore: isWrong ? random.between(0.5, 0.9) : random.between(0.8, 1),
      },
    });
  }
  return sightings;
}

/** Frames without a hand: single ones, and runs of them; and the wrong hand for a while. */
class Misses {
  readonly #session: TakeSession;
  readonly #random: SeededRandom;
  #gapEndMs = -Infinity;
  #wrongLeft = 0;

  constructor(session: TakeSession, random: SeededRandom) {
    this.#session = session;
    this.#random = random;
  }

  isMissed(timeMs: number): boolean {
    const { missed, gaps, fps } = this.#session;
    if (timeMs < this.#gapEndMs) return true;
    const chance = this.#random.next();
    // `gaps` is how many runs of missed frames a second has.
    if (chance < gaps / fps) this.#gapEndMs = timeMs + this.#random.between(60, 260);
    return chance < gaps / fps + missed;
  }

  isWrongHand(): boolean {
    if (this.#wrongLeft > 0) this.#wrongLeft -= 1;
    else if (this.#random.next() < this.#session.wrongHand) this.#wrongLeft = 1 + Math.floor(this.#random.next() * 5);
    return this.#wrongLeft > 0;
  }
}

/** Nobody finds a hand of which the most is outside the picture. */
function isOutside({ aspect, x, y }: TakeSession): boolean {
  let outside = 0;
  for (let joint = 0; joint < JOINT_COUNT; joint += 1) {
    const [px, py] = [x + at(points, joint * 3) / aspect, y + at(points, joint * 3 + 1)];
    if (px < 0 || px > 1 || py < 0 || py > 1) outside += 1;
  }
  return outside > 8;
}

/** Writes one frame as fractions of the picture. */
function toImage({ aspect, x, y }: TakeSession, image: Float32Array): Float32Array {
  for (let joint = 0; joint < JOINT_COUNT; joint += 1) {
    image[joint * 4] = x + at(points, joint * 3) / aspect;
    image[joint * 4 + 1] = y + at(points, joint * 3 + 1);
    image[joint * 4 + 2] = at(points, joint * 3 + 2) / aspect;
    image[joint * 4 + 3] = 1;
  }
  return image;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
