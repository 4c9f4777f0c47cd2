import {
  LANDMARK_STRIDE,
  Logger,
  ModelStore,
  NodeConfig,
  NodeIdentity,
  inject,
  injectable,
  resampleLandmarks,
  withoutSecrets,
} from '@kinegraph/core/plugin';
import type { Landmarks, PacketWindow, TrackedLandmarks, Transform } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import type { OnnxSession } from '@kinegraph/onnx';
import { MAX_GAP_MS, fillGaps, majorityHand } from '../features/index.js';
import { LIFT_POINTS, toHandCoordinates } from './hand-coordinates.js';
import type { LiftHandConfig } from './lift-config.js';
import { LiftHandModel } from './lift-hand-model.js';

const HAND_FLOATS = LIFT_POINTS * LANDMARK_STRIDE;

/** `signs.lift-hand-3d`: points of hands in the picture to joints in space. Experimental. See docs/signs-lift-hand-3d.md. */
@injectable()
export class LiftHandTransform implements Transform<PacketWindow<Landmarks>, Landmarks> {
  #session: OnnxSession | undefined;
  #model: LiftHandModel | undefined;

  constructor(
    @inject(NodeConfig) private readonly config: LiftHandConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(ModelStore) private readonly models: ModelStore,
    @inject(OnnxRuntime) private readonly runtime: OnnxRuntime,
    @inject(Logger) private readonly logger: Logger,
  ) {}

  /** @throws LiftHandModelError, the ModelStore's errors (`MODEL_*`), the runtime's (`ONNX_*`) */
  async open(signal: AbortSignal): Promise<void> {
    const name = withoutSecrets(this.config.model);
    const bytes = await this.models.read(this.config.model, signal);
    const { logger } = this;
    const warmUp = async (session: OnnxSession): Promise<void> => {
      this.#model = await LiftHandModel.start(name, session);
    };
    this.#session = await this.runtime.open(bytes, { name, providers: ['cpu'], logger, warmUp }, signal);
  }

  /**
   * Lifts every hand in the newest packet. One without a sound sighting goes on as it came.
   * @throws LiftHandAnswerError, and the session's errors; each costs its packet
   */
  async transform(window: PacketWindow<Landmarks>): Promise<Landmarks> {
    const model = this.#model;
    if (model === undefined)
      throw new TypeError(`Node "${this.identity.name}" was given a window while it was not open.`);
    const newest = window.packets.at(-1)?.value ?? { frameWidth: 1, frameHeight: 1, tracks: [] };
    const tracks: TrackedLandmarks[] = [];
    for (const track of newest.tracks) tracks.push(await this.#lifted(model, track, window, newest));
    return { ...newest, tracks };
  }

  async close(): Promise<void> {
    this.#model = undefined;
    await this.#session?.release();
  }

  async #lifted(
    model: LiftHandModel,
    track: TrackedLandmarks,
    window: PacketWindow<Landmarks>,
    { frameWidth, frameHeight }: Landmarks,
  ): Promise<TrackedLandmarks> {
    const { moments } = model;
    const sightings = window.packets.flatMap(({ timestampMs, value }) => {
      const hand = value.tracks.find(
        ({ trackId, skeleton }) => trackId === track.trackId && skeleton === track.skeleton,
      );
      return hand?.image.length === HAND_FLOATS ? [{ timestampMs, landmarks: withoutDepth(hand.image), hand }] : [];
    });
    const grid = { endMs: window.endMs, spanMs: moments * this.config.stepMs, count: moments, maxGapMs: MAX_GAP_MS };
    const { values, seen, seenCount } = resampleLandmarks(sightings, grid);
    const isSound = seenCount > 0 && values.length === moments * HAND_FLOATS && track.image.length === HAND_FLOATS;
    if (!isSound) return track;
    fillGaps(values, seen, HAND_FLOATS);
    const aspect = frameWidth / frameHeight;
    const places = new Float32Array(moments * LIFT_POINTS * 2);
    for (let at = 0; at < moments * LIFT_POINTS; at += 1) {
      places[at * 2] = (values[at * LANDMARK_STRIDE] ?? 0) * aspect;
      places[at * 2 + 1] = values[at * LANDMARK_STRIDE + 1] ?? 0;
    }
    const shown = places.slice(-LIFT_POINTS * 2);
    const isLeft = majorityHand(sightings.map(({ hand }) => hand)) === 'left';
    if (!toHandCoordinates(places, isLeft)) return track;
    const joints = (await model.lift(places)).slice();
    if (isLeft) for (let at = 0; at < joints.length; at += 3) joints[at] = -(joints[at] ?? 0);
    return { ...track, image: withDepth(track.image, joints, shown, aspect), world: worldOf(track.image, joints) };
  }
}

/** A depth that is no number must not cost a sighting: it is not looked at. */
function withoutDepth(image: Float32Array): Float32Array {
  return image.map((value, at) => (at % LANDMARK_STRIDE === 2 ? 0 : value));
}

/** Joints from the middle of all, in metres, as hand landmark models give them. */
function worldOf(image: Float32Array, joints: Float32Array): Float32Array {
  const middle = [0, 1, 2].map((axis) => {
    let sum = 0;
    for (let point = 0; point < LIFT_POINTS; point += 1) sum += joints[point * 3 + axis] ?? 0;
    return sum / LIFT_POINTS;
  });
  return image.map((visibility, at) => {
    const [point, axis] = [Math.floor(at / LANDMARK_STRIDE), at % LANDMARK_STRIDE];
    return axis === 3 ? visibility : (joints[point * 3 + axis] ?? 0) - (middle[axis] ?? 0);
  });
}

/**
 * The image landmarks with z on the scale of x, 0 at the wrist: metres times what makes the joints as large as they are shown.
 * @param shown - [21, 2] in heights of the frame
 */
function withDepth(image: Float32Array, joints: Float32Array, shown: Float32Array, aspect: number): Float32Array {
  let [along, squares] = [0, 0];
  for (let at = 2; at < shown.length; at += 1) {
    const joint = joints[Math.floor(at / 2) * 3 + (at % 2)] ?? 0;
    const metres = joint - (joints[at % 2] ?? 0);
    along += metres * ((shown[at] ?? 0) - (shown[at % 2] ?? 0));
    squares += metres * metres;
  }
  const perMetre = squares > 0 ? Math.max(0, along / squares) : 0;
  const wrist = joints[2] ?? 0;
  return image.map((value, at) => {
    if (at % LANDMARK_STRIDE !== 2) return value;
    return (((joints[Math.floor(at / LANDMARK_STRIDE) * 3 + 2] ?? 0) - wrist) * perMetre) / aspect;
  });
}
