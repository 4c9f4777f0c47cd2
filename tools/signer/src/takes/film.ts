import { rotationOf } from '../geometry/rotation.js';
import { JOINT_COUNT, type Side } from '../hand/joints.js';
import type { SeededRandom } from '../random.js';
import { findHidden } from './hidden-joints.js';
import { MOMENT_SIZE, PLACE, TURN } from './posture.js';
import { Sensor } from './sensor.js';
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
const LOOK_MS = 150;
const RADIANS = Math.PI / 180;
/** A palm, metres. */
const PALM_M = 0.098;

/** Scratch space: film is made one at a time. */
const moment = new Float64Array(MOMENT_SIZE);
const joints = new Float64Array(JOINT_COUNT * 3);
const points = new Float64Array(JOINT_COUNT * 3);
const hidden = new Uint8Array(JOINT_COUNT);

/**
 * Films a timeline: from what the hand does to the landmarks that a model finds in the frames.
 * @returns sightings in order of time, with times counted from `startMs`.
 */
export function film(request: FilmRequest, random: SeededRandom): TakeSighting[] {
  const { timeline, signer, session, side, startMs, endMs, fps, dropEvery } = request;
  const sensor = new Sensor(random, request.jitter * session.jitter);
  const camera = rotationOf(session);
  const mirror = side === 'left' ? -1 : 1;
  const perMetre = session.focal / session.distance;
  const palm = PALM_M * perMetre;
  const stepMs = 1000 / fps;
  const unease = random.between(0, 0.12) * stepMs;
  const phases = [
    random.between(0, 6.3),
    random.between(0, 6.3),
    random.between(0, 6.3),
    random.between(0, 6.3),
  ] as const;
  const misses = new Misses(session, random);
  const sightings: TakeSighting[] = [];
  let lookMs = -Infinity;
  let lastMs = startMs - stepMs;
  let frame = Math.floor(random.next() * 2);
  for (let dueMs = startMs + random.next() * stepMs; dueMs <= endMs; dueMs += stepMs) {
    frame += 1;
    const timeMs = Math.min(endMs, Math.max(startMs, dueMs + (random.next() - 0.5) * unease));
    if (misses.isMissed(dueMs) || (dropEvery > 0 && frame % dropEvery === 0)) continue;
    if (!timeline.write(timeMs, moment)) continue;
    const seconds = timeMs / 1000;
    const [a, b] = [Math.sin(seconds * 2.1 + phases[0]), Math.sin(seconds * 2.9 + phases[1])];
    const [c, d] = [Math.sin(seconds * 1.5 + phases[2]), Math.sin(seconds * 3.6 + phases[3])];
    signer.hand.solve(moment, joints);
    // The hand's turn, with the ease of a living arm, and the camera's: nine numbers that take joints to the camera's axes.
    const [cy, sy] = circle((at(moment, TURN) + 1.5 * a) * mirror);
    const [cp, sp] = circle(at(moment, TURN + 1) + 1.2 * b);
    const [cr, sr] = circle((at(moment, TURN + 2) + 1.2 * c) * mirror);
    const hx = [cr * cy - sr * sp * sy, sr * cy + cr * sp * sy, -cp * sy] as const;
    const hy = [-sr * cp, cr * cp, sp] as const;
    const hz = [cr * sy + sr * sp * cy, sr * sy - cr * sp * cy, cp * cy] as const;
    const [x0, x1, x2] = turned(camera, hx, mirror);
    const [y0, y1, y2] = turned(camera, hy, 1);
    const [z0, z1, z2] = turned(camera, hz, 1);
    const px = (at(moment, PLACE) + 0.002 * c) * mirror;
    const place = [px, at(moment, PLACE + 1) + 0.002 * d, at(moment, PLACE + 2) + 0.0025 * a] as const;
    const [wx, wy, wz] = turned(camera, place, 1);
    for (let joint = 0; joint < JOINT_COUNT * 3; joint += 3) {
      const [jx, jy, jz] = [at(joints, joint), at(joints, joint + 1), at(joints, joint + 2)];
      const depth = session.distance - (wz + x2 * jx + y2 * jy + z2 * jz);
      const scale = session.focal / (depth > 0.08 ? depth : 0.08);
      points[joint] = (wx + x0 * jx + y0 * jy + z0 * jz) * scale;
      points[joint + 1] = -(wy + x1 * jx + y1 * jy + z1 * jz) * scale;
      points[joint + 2] = (depth - session.distance) * perMetre;
    }
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
        image: toImage(session),
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

function toImage({ aspect, x, y }: TakeSession): Float32Array {
  const image = new Float32Array(JOINT_COUNT * 4);
  for (let joint = 0; joint < JOINT_COUNT; joint += 1) {
    image[joint * 4] = x + at(points, joint * 3) / aspect;
    image[joint * 4 + 1] = y + at(points, joint * 3 + 1);
    image[joint * 4 + 2] = at(points, joint * 3 + 2) / aspect;
    image[joint * 4 + 3] = 1;
  }
  return image;
}

type Three = readonly [number, number, number];

function turned({ x, y, z }: ReturnType<typeof rotationOf>, [a, b, c]: Three, factor: number): Three {
  return [
    (x[0] * a + y[0] * b + z[0] * c) * factor,
    (x[1] * a + y[1] * b + z[1] * c) * factor,
    (x[2] * a + y[2] * b + z[2] * c) * factor,
  ];
}

function circle(degrees: number): readonly [cosine: number, sine: number] {
  return [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
