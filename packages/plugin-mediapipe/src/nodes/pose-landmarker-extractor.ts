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
import { POSE_TASK } from '../bundle/index.js';
import type { LandmarkerClass } from '../landmarker/video-landmarker.js';
import { toPoses, type PoseResult } from './pose-result.js';
import type { PoseConfig } from './pose-config.js';
import { LandmarkerSession } from './landmarker-session.js';
import { POSE_MODELS } from './model-choice.js';

type PoseOptions = Omit<PoseConfig, 'model'>;

/** `mediapipe.pose`: finds persons with MediaPipe's PoseLandmarker in VIDEO mode. See docs/pose.md. */
@injectable()
export class PoseLandmarkerExtractor implements Extractor<Landmarks> {
  readonly #tracks = new TrackAssigner();
  readonly #session: LandmarkerSession<PoseOptions, PoseResult>;

  constructor(
    @inject(NodeConfig) private readonly config: PoseConfig,
    @inject(NodeIdentity) identity: NodeIdentity,
    @inject(ModelStore) models: ModelStore,
    @inject(PathResolver) paths: PathResolver,
    @inject(Logger) logger: Logger,
  ) {
    const loadClass = async (): Promise<LandmarkerClass<PoseOptions, PoseResult>> =>
      (await import('@mediapipe/tasks-vision')).PoseLandmarker;
    this.#session = new LandmarkerSession(
      { task: POSE_TASK, builtInModels: POSE_MODELS, loadClass },
      { identity, models, paths, logger },
    );
  }

  /** @throws TaskBundleError, LandmarkerStartError, and the ModelStore's errors */
  open(signal: AbortSignal): Promise<void> {
    return this.#session.open(this.config, signal);
  }

  /**
   * @returns One track for each person, possibly none: 33 image and 33 world landmarks (metres from the middle of the
   *   hips) with visibility, `score` the mean visibility.
   * @throws FrameFormatError, LandmarkerFrameError
   */
  async extract(frame: Frame, info: ProcessInfo): Promise<Landmarks> {
    const poses = toPoses(await this.#session.detect(frame, info));
    const ids = this.#tracks.assign(poses, info.timestampMs);
    const tracks = poses.map((pose, index) => ({ skeleton: 'pose-33', trackId: ids[index] ?? 0, ...pose }));
    return { frameWidth: frame.width, frameHeight: frame.height, tracks };
  }

  /** Takes over everything but another model. */
  reconfigure(config: unknown): Promise<boolean> {
    return this.#session.reconfigure(config as PoseConfig); // validated by the schema beside it
  }

  close(): void {
    this.#session.close();
  }
}
