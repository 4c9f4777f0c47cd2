import { rotate, rotationOf, type Orientation } from '../geometry/rotation.js';
import { add, mix, scale, type Vec3 } from '../geometry/vec3.js';
import { HANDSHAPES } from '../hand/handshapes.js';
import type { FingerName, Side } from '../hand/joints.js';
import { bendKnuckles, mixPose, type HandPose } from '../hand/pose.js';
import type { SeededRandom } from '../random.js';
import { minimumJerk } from './easing.js';
import { MOVEMENTS } from './movements.js';
import type { Stretch } from './programme.js';
import { SIGNS, type SignName } from './signs.js';

/** Where a hand is and what it does at one moment. */
export interface Performance {
  readonly side: Side;
  readonly pose: HandPose;
  /** Metres from the camera. */
  readonly wrist: Vec3;
  readonly orientation: Orientation;
  /** Where the forearm comes from, metres from the camera. */
  readonly elbow: Vec3;
  /** The sign being made; null on the way from one to another. */
  readonly sign: SignName | null;
}

/** Where the wrist of a right hand rests: the palm is then in the middle of a picture with 42 degrees of view. */
const HOME: Vec3 = [0.02, -0.075, -0.56];
/** From where a hand comes and to where it goes: below the picture. */
const BELOW: Vec3 = [0.03, -0.34, -0.02];
const FOREARM_M = 0.26;
/** How far the wrist bends before the forearm follows, in degrees. */
const WRIST_BEND = 32;
/** By how much of the change each finger starts after the others: no hand moves all fingers at once. */
const FINGER_DELAY: Readonly<Record<FingerName, number>> = {
  thumb: 0.06,
  index: 0,
  middle: 0.03,
  ring: 0.07,
  little: 0.1,
};

/** One signer: carries out the stretches of a programme with habits of their own. */
export class Performer {
  readonly #phases: readonly number[];
  readonly #habit: Orientation;
  readonly #homeShift: Vec3;
  readonly #size: number;

  /** @param random - decides the signer's habits: where the hands are held, how they are turned, how large movements are. */
  constructor(random: SeededRandom) {
    this.#phases = Array.from({ length: 6 }, () => random.between(0, 2 * Math.PI));
    this.#habit = { yaw: random.normal(0, 4), pitch: random.normal(2, 3), roll: random.normal(0, 3) };
    this.#homeShift = [random.normal(0, 0.012), random.normal(0, 0.008), random.normal(0, 0.015)];
    this.#size = random.between(0.85, 1.1);
  }

  /** @returns what the hand does at `timeMs` of the stretch that holds that time, undefined when it is absent. */
  perform(stretch: Stretch, timeMs: number): Performance | undefined {
    if (!stretch.side) return undefined;
    const share = (timeMs - stretch.startMs) / (stretch.endMs - stretch.startMs);
    const { pose, offset, turn } = this.#held(stretch, share);
    const sway = this.#sway(timeMs);
    const orientation = addTurns(addTurns(turn, this.#habit), sway.turn);
    const mirror = stretch.side === 'left' ? -1 : 1;
    const rightWrist = add(add(add(HOME, this.#homeShift), offset), sway.offset);
    const wrist: Vec3 = [rightWrist[0] * mirror, rightWrist[1], rightWrist[2]];
    return {
      side: stretch.side,
      pose,
      wrist,
      orientation,
      elbow: elbowOf(wrist, orientation, mirror),
      sign: stretch.kind === 'sign' ? stretch.to : null,
    };
  }

  #held({ kind, from, to }: Stretch, share: number): { pose: HandPose; offset: Vec3; turn: Orientation } {
    const start = from && SIGNS[from];
    const end = to && SIGNS[to];
    if (kind === 'sign' && end) {
      const motion = MOVEMENTS[end.movement](share);
      return {
        pose: bendKnuckles(HANDSHAPES[end.handshape], motion.knuckles),
        offset: scale(motion.offset, this.#size),
        turn: addTurns(end.turn, scaleTurn(motion.turn, this.#size)),
      };
    }
    const startPose = HANDSHAPES[start?.handshape ?? 'rest'];
    const endPose = HANDSHAPES[end?.handshape ?? 'rest'];
    const pose = mixPose(startPose, endPose, (finger) => minimumJerk(share * 1.1 - FINGER_DELAY[finger]));
    const moved = minimumJerk(share);
    const restTurn: Orientation = { yaw: 10, pitch: -10, roll: 6 };
    return {
      pose,
      offset: mix(start ? [0, 0, 0] : BELOW, end ? [0, 0, 0] : BELOW, moved),
      turn: mixTurns(start?.turn ?? restTurn, end?.turn ?? restTurn, moved),
    };
  }

  /** No hand is ever quite still: a slow drift of a few millimetres and a degree or so. */
  #sway(timeMs: number): { offset: Vec3; turn: Orientation } {
    const wave = (index: number, hz: number): number =>
      Math.sin((timeMs / 1000) * 2 * Math.PI * hz + (this.#phases[index] ?? 0));
    return {
      offset: [0.0025 * wave(0, 0.31), 0.002 * wave(1, 0.43), 0.003 * wave(2, 0.23)],
      turn: { yaw: 1.6 * wave(3, 0.37), pitch: 1.2 * wave(4, 0.53), roll: 1.2 * wave(5, 0.29) },
    };
  }
}

/** The forearm lets the wrist bend a little and follows the hand beyond that. */
function elbowOf(wrist: Vec3, { pitch, roll }: Orientation, mirror: number): Vec3 {
  const follow = (degrees: number): number => degrees - WRIST_BEND * Math.tanh(degrees / WRIST_BEND);
  const turned = rotationOf({ yaw: 0, pitch: follow(pitch) + 8, roll: (follow(roll) + 5) * mirror });
  return add(wrist, rotate(turned, [0, -FOREARM_M, 0]));
}

function addTurns(a: Orientation, b: Orientation): Orientation {
  return { yaw: a.yaw + b.yaw, pitch: a.pitch + b.pitch, roll: a.roll + b.roll };
}

function scaleTurn(turn: Orientation, factor: number): Orientation {
  return { yaw: turn.yaw * factor, pitch: turn.pitch * factor, roll: turn.roll * factor };
}

function mixTurns(a: Orientation, b: Orientation, share: number): Orientation {
  return addTurns(scaleTurn(a, 1 - share), scaleTurn(b, share));
}
