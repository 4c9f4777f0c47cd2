import {
  Logger,
  ModelStore,
  NodeConfig,
  NodeIdentity,
  PathResolver,
  TrackAssigner,
  inject,
  injectable,
  type Extractor,
  type Frame,
  type Landmarks,
  type ProcessInfo,
} from '@kinegraph/core/plugin';
import { HAND_TASK } from '../bundle/index.js';
import type { LandmarkerClass } from '../landmarker/video-landmarker.js';
import { toHands, type HandResult } from './hand-result.js';
import type { HandsConfig } from './hands-config.js';
import { LandmarkerSession } from './landmarker-session.js';
import { HAND_MODELS } from './model-choice.js';

type HandOptions = Omit<HandsConfig, 'model'>;

/** `mediapipe.hands`: finds hands with MediaPipe's HandLandmarker in VIDEO mode. See docs/hands.md. */
@injectable()
export class HandLandmarkerExtractor implements Extractor<Landmarks> {
  readonly #tracks = new TrackAssigner();
  readonly #session: LandmarkerSession<HandOptions, HandResult>;

  constructor(
    @inject(NodeConfig) private readonly config: HandsConfig,
    @inject(NodeIdentity) identity: NodeIdentity,
    @inject(ModelStore) models: ModelStore,
    @inject(PathResolver) paths: PathResolver,
    @inject(Logger) logger: Logger,
  ) {
    const loadClass = async (): Promise<LandmarkerClass<HandOptions, HandResult>> =>
      (await import('@mediapipe/tasks-vision')).HandLandmarker;
    this.#session = new LandmarkerSession(
      { task: HAND_TASK, builtInModels: HAND_MODELS, loadClass },
      { identity, models, paths, logger },
    );
  }

  /** @throws TaskBundleError, LandmarkerStartError, and the ModelStore's errors */
  open(signal: AbortSignal): Promise<void> {
    return this.#session.open(this.config, signal);
  }

  /**
   * @returns One track for each hand, possibly none: 21 image and 21 world landmarks (metres from the hand's middle),
   *   visibility always 1, `handedness` the person's own and steady along the track, `score` that of this frame's guess at it.
   * @throws FrameFormatError, LandmarkerFrameError
   */
  async extract(frame: Frame, info: ProcessInfo): Promise<Landmarks> {
    const hands = toHands(await this.#session.detect(frame, info));
    const ids = this.#tracks.assign(hands, info.timestampMs);
    const tracks = hands.map((hand, index) => {
      const trackId = ids[index] ?? 0;
      // One frame's guess at the side does not turn a hand that was followed into the other one.
      return {
        skeleton: 'hand-21',
        trackId,
        ...hand,
        handedness: this.#tracks.handednessOf(trackId) ?? hand.handedness,
      };
    });
    return { frameWidth: frame.width, frameHeight: frame.height, tracks };
  }

  /** Takes over everything but another model. */
  reconfigure(config: unknown): Promise<boolean> {
    return this.#session.reconfigure(config as HandsConfig); // validated by the schema beside it
  }

  close(): void {
    this.#session.close();
  }
}
