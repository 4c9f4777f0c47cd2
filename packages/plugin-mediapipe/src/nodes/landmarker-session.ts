import {
  errorMessage,
  type Frame,
  type Logger,
  type ModelStore,
  type NodeIdentity,
  type PathResolver,
  type ProcessInfo,
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

/** A node's configuration: the model, and beside it what MediaPipe calls its options. */
export type SessionConfig<Options> = Options & { readonly model: string };

/** The life of a node's landmarker: opened with a model, asked frame by frame, reconfigured between frames, closed. */
export class LandmarkerSession<Options extends object, Result> {
  #landmarker: VideoLandmarker<Options, Result> | undefined;
  #config: SessionConfig<Options> | undefined;

  constructor(
    private readonly kind: SessionKind<Options, Result>,
    private readonly services: SessionServices,
  ) {}

  /** @throws TaskBundleError, LandmarkerStartError, the ModelStore's errors (`MODEL_*`), and the signal's reason */
  async open(config: SessionConfig<Options>, signal: AbortSignal): Promise<void> {
    const { models, paths, logger } = this.services;
    const { task, builtInModels, loadClass } = this.kind;
    const { model } = config;
    const bundle = await models.read(modelReference(builtInModels, model, paths), signal);
    const landmarkerClass = await loadClass();
    signal.throwIfAborted();
    const input = { task, model, bundle, options: optionsOf<Options>(config), logger };
    this.#landmarker = await VideoLandmarker.open(landmarkerClass, input);
    this.#config = config;
  }

  /**
   * What is in the frame. A landmarker that failed on the frame before is opened anew first.
   * @throws FrameFormatError, LandmarkerFrameError, and what `open` throws
   */
  async detect(frame: Frame, info: ProcessInfo): Promise<Result> {
    if (this.#landmarker?.isBroken === true) await this.#reopen(info.signal);
    const { name } = this.services.identity;
    if (this.#landmarker === undefined) throw new TypeError(`Node "${name}" was given a frame while it was not open.`);
    return this.#landmarker.detect(frame, info.timestampMs, name);
  }

  /** Takes over all but another model, between two frames. @returns false where the node must restart. */
  async reconfigure(config: SessionConfig<Options>): Promise<boolean> {
    if (this.#landmarker === undefined || config.model !== this.#config?.model) return false;
    try {
      await this.#landmarker.setOptions(optionsOf<Options>(config));
      this.#config = config;
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

  async #reopen(signal: AbortSignal): Promise<void> {
    const config = this.#config;
    const broken = this.#landmarker;
    if (config === undefined) return; // never open: `detect` says so
    await this.open(config, signal); // should it fail, the broken one stays, and the next frame tries again
    broken?.close();
  }
}

function optionsOf<Options extends object>({ model: _model, ...options }: SessionConfig<Options>): Options {
  return options as unknown as Options; // the type of a rest is not known to be what the intersection began with
}
