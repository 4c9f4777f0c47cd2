import {
  LANDMARK_STRIDE,
  Logger,
  ModelStore,
  NodeConfig,
  NodeIdentity,
  coco17,
  inject,
  injectable,
  resampleLandmarks,
} from '@kinegraph/core/plugin';
import type { Landmarks, PacketWindow, TimedLandmarkArray, TrackedLandmarks, Transform } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import type { OnnxSession } from '@kinegraph/onnx';
import { ModelAnswerError } from '../../errors.js';
import { FRAME_FLOATS, KEYPOINTS, LEAST_KEYPOINTS, fillKeypoints, toPersonCoordinates } from '../../lift/index.js';
import { hasPoint, toH36m, toRootedCoco } from '../../lift/joint-orders.js';
import { loadModel } from '../load-model.js';
import type { LiftConfig } from './lift-config.js';
import { LiftModel } from './lift-model.js';

/** Between two sightings of a person further apart than this, its points are held rather than moved. */
const MAX_GAP_MS = 250;

/** `yolo.lift-3d`: body keypoints in time to joints in metres. Experimental. See docs/yolo-lift-3d.md. */
@injectable()
export class Lift3dTransform implements Transform<PacketWindow<Landmarks>, Landmarks> {
  #config: LiftConfig;
  #session: OnnxSession | undefined;
  #model: LiftModel | undefined;

  constructor(
    @inject(NodeConfig) config: LiftConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(ModelStore) private readonly models: ModelStore,
    @inject(OnnxRuntime) private readonly runtime: OnnxRuntime,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#config = config;
  }

  /** @throws LiftModelError, the ModelStore's errors (`MODEL_*`), the runtime's (`ONNX_*`) */
  async open(signal: AbortSignal): Promise<void> {
    const { model, providers, threads, spinning } = this.#config;
    const { name, bytes, info, externalData } = await loadModel(this.models, model, signal);
    const { logger } = this;
    const warmUp = async (session: OnnxSession): Promise<void> => {
      this.#model = await LiftModel.start(name, session, info, this.#config);
    };
    const options = { name, threads, spinning, externalData, logger, warmUp, ...(providers && { providers }) };
    this.#session = await this.runtime.open(bytes, options, signal);
  }

  /**
   * Lifts everybody in the newest packet.
   * @throws ModelAnswerError, and the session's errors; each costs its packet
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

  /** Takes over what counts as seen. */
  reconfigure(config: unknown): boolean {
    const next = config as LiftConfig; // validated by the schema beside it
    const { minVisibility } = next;
    if (JSON.stringify({ ...this.#config, minVisibility }) !== JSON.stringify({ ...next, minVisibility })) return false;
    this.#config = next;
    return true;
  }

  async close(): Promise<void> {
    this.#model = undefined;
    await this.#session?.release();
  }

  /** The track with `world`; as it is where too few points were seen to go by. */
  async #lifted(
    model: LiftModel,
    track: TrackedLandmarks,
    window: PacketWindow<Landmarks>,
    { frameWidth, frameHeight }: Landmarks,
  ): Promise<TrackedLandmarks> {
    const { stepMs, minVisibility } = this.#config;
    const { moments, coordinates, keypoints, joints: order } = model;
    const grid = { endMs: window.endMs, spanMs: moments * stepMs, count: moments, maxGapMs: MAX_GAP_MS };
    const { values, seen } = resampleLandmarks(sightingsOf(track, window), grid);
    const aspect = frameHeight / frameWidth;
    const places = new Float32Array(model.windowFloats);
    const seenPoints = new Uint8Array(moments * KEYPOINTS);
    if (values.length !== moments * KEYPOINTS * LANDMARK_STRIDE) return withoutWorld(track); // nothing sound was seen
    for (let at = 0; at < seenPoints.length; at += 1) {
      const [x = 0, y = 0, , visibility = 0] = values.subarray(at * LANDMARK_STRIDE, (at + 1) * LANDMARK_STRIDE);
      places.set([x, y * aspect], at * 2);
      seenPoints[at] = Number(seen[Math.floor(at / KEYPOINTS)] === 1 && visibility >= minVisibility);
    }
    const filled = fillKeypoints({ places, seen: seenPoints });
    if (coordinates === 'person') {
      if (!toPersonCoordinates({ places, seen: seenPoints }, filled)) return withoutWorld(track);
    } else if (filled.knownCount < LEAST_KEYPOINTS) return withoutWorld(track);
    else toFrameCoordinates(places, filled.known, aspect);
    const answer = await model.lift(keypoints === 'h36m' ? toH36m(places) : places);
    if (answer === undefined)
      throw new ModelAnswerError({ model: model.name, problem: 'joints that are no finite numbers' });
    const rooted = toRootedCoco(answer, order);
    const world = new Float32Array(KEYPOINTS * LANDMARK_STRIDE);
    for (let point = 0; point < KEYPOINTS; point += 1) {
      world.set(rooted.subarray(point * 3, point * 3 + 3), point * LANDMARK_STRIDE);
      const isKnown = filled.known[point] === 1 && hasPoint(order, point);
      world[point * LANDMARK_STRIDE + 3] = isKnown ? (track.image[point * LANDMARK_STRIDE + 3] ?? 0) : 0;
    }
    return { ...track, world };
  }
}

function withoutWorld({ world: _world, ...track }: TrackedLandmarks): TrackedLandmarks {
  return track;
}

/** Where and when a track was seen within the window. */
function sightingsOf({ trackId, skeleton }: TrackedLandmarks, window: PacketWindow<Landmarks>): TimedLandmarkArray[] {
  return window.packets.flatMap(({ timestampMs, value }) => {
    const track = value.tracks.find((each) => each.trackId === trackId && each.skeleton === skeleton);
    const isFit = track?.image.length === coco17.points.length * LANDMARK_STRIDE;
    return track !== undefined && isFit ? [{ timestampMs, landmarks: track.image }] : [];
  });
}

/** From fractions of the width to -1 to 1 across it, as VideoPose3D has it; points never seen lie in the middle. */
function toFrameCoordinates(places: Float32Array, known: Uint8Array, aspect: number): void {
  for (let at = 0; at < places.length; at += 2) {
    const isKnown = known[(at % FRAME_FLOATS) / 2] === 1;
    places[at] = isKnown ? (places[at] ?? 0) * 2 - 1 : 0;
    places[at + 1] = isKnown ? (places[at + 1] ?? 0) * 2 - aspect : 0;
  }
}
