import {
  errorMessage,
  type Frame,
  type Logger,
  type ModelStore,
  type NodeIdentity,
  type PathResolver,
} from '@kinegraph/core/plugin';
import type { LandmarkTask } from '../bundle/index.js';
import { VideoLandmarker, type LandmarkerClass } from '../landmarker/video-landmarker.js';
import { modelReference } from './model-choice.js';

/** What tells one landmark task from another. */
export interface SessionKind<Options, Result> {
  readonly task: LandmarkTask;
  /** Ids of the built-in models by the word in the configuration. */
  readonly builtInModels: Readonly<Record<string, string>>;
  /** MediaPipe's class; loaded late, so that the main thread, which only registers node classes, never loads MediaPipe. */
  readonly loadClass: () => Promise<LandmarkerClass<Options, Result>>;
}

/** What the session takes from its node. */
export interface SessionServices {
  readonly identity: NodeIdentity;
  readonly models: ModelStore;
  readonly paths: PathResolver;
  readonly logger: Logger;
}

/** The life of a node's landmarker: opened with a model, asked frame by frame, reconfigured between frames, closed. */
export class LandmarkerSession<Options extends object, Result> {
  #landmarker: VideoLandmarker<Options, Result> | undefined;
  #model = '';

  constructor(
    private readonly kind: SessionKind<Options, Result>,
    private readonly services: SessionServices,
  ) {}

  /** @throws TaskBundleError, LandmarkerStartError, the ModelStore's errors (`MODEL_*`), and the signal's reason */
  async open({ model, ...options }: Options & { model: string }, signal: AbortSignal): Promise<void> {
    const { models, paths, logger } = this.services;
    const { task, builtInModels, loadClass } = this.kind;
    const bundle = await models.read(modelReference(builtInModels, model, paths), signal);
    const landmarkerClass = await loadClass();
    signal.throwIfAborted();
    this.#model = model;
    // The rest of the options is what MediaPipe calls them: the configuration uses its names.
    const input = { task, model, bundle, options: options as unknown as Options, logger };
    this.#landmarker = await VideoLandmarker.open(landmarkerClass, input);
  }

  /** @throws FrameFormatError, LandmarkerFrameError */
  detect(frame: Frame, timestampMs: number): Result {
    if (this.#landmarker === undefined)
      throw new TypeError(`Node "${this.services.identity.name}" was given a frame before it was open.`);
    return this.#landmarker.detect(frame, timestampMs, this.services.identity.name);
  }

  /** Takes over all but another model, between two frames. @returns false where the node must restart. */
  async reconfigure({ model, ...options }: Options & { model: string }): Promise<boolean> {
    if (this.#landmarker === undefined || model !== this.#model) return false;
    try {
      await this.#landmarker.setOptions(options as unknown as Options);
      return true;
    } catch (error) {
      this.services.logger.warn(
        `MediaPipe did not take the new configuration, so the node restarts: ${errorMessage(error)}`,
      );
      return false;
    }
  }

  close(): void {
    this.#landmarker?.close();
    this.#landmarker = undefined;
  }
}
