import { BYTES_PER_PIXEL, errorMessage, isRawFormat, type Frame, type Logger } from '@kinegraph/core/plugin';
import { checkTaskBundle, type LandmarkTask } from '../bundle/index.js';
import { FrameFormatError, LandmarkerFrameError, LandmarkerStartError } from '../errors.js';
import { PixelCanvas, type PixelImage } from '../webgl/index.js';
import { logGraphLine } from './graph-log.js';
import { VideoTimestamps } from './video-timestamps.js';
import {
  createWithWasm,
  installGraphGlobals,
  listenToGraph,
  stopListeningToGraph,
  type GraphLineListener,
} from './wasm-module.js';

/** Frames beyond this would take the WASM minutes, or more memory than it has. The models see 256x256 in any case. */
const MAX_PIXELS = 64 * 1024 * 1024;

/** What is used of an instance of `HandLandmarker` or `PoseLandmarker`. */
export interface LandmarkerInstance<Options, Result> {
  detectForVideo(image: PixelImage, timestampMs: number): Result;
  setOptions(options: Options): Promise<void>;
  close(): void;
}

/** What is used of the class `HandLandmarker` or `PoseLandmarker`. */
export interface LandmarkerClass<Options, Result> {
  createFromOptions(
    fileset: { wasmLoaderPath: string; wasmBinaryPath: string },
    options: Options & LandmarkerSetup,
  ): Promise<LandmarkerInstance<Options, Result>>;
}

/** Options that are the same for all tasks here. */
interface LandmarkerSetup {
  readonly canvas: PixelCanvas;
  readonly runningMode: 'VIDEO';
  readonly baseOptions: { readonly modelAssetBuffer: Uint8Array; readonly delegate: 'CPU' };
}

/** What it takes to open a landmarker. */
export interface VideoLandmarkerInput<Options> {
  readonly task: LandmarkTask;
  /** As the user wrote it, for errors. */
  readonly model: string;
  /** The bytes of the `.task` bundle. */
  readonly bundle: Uint8Array;
  readonly options: Options;
  readonly logger: Logger;
}

/** One MediaPipe landmark graph in VIDEO mode, in this thread, on the CPU. Calls block until the answer is there. */
export class VideoLandmarker<Options, Result> {
  readonly #timestamps = new VideoTimestamps();
  #isClosed = false;
  /** What ended the graph. An error that has passed through the WASM leaves its locks held: the next call would never return. */
  #broken: Error | undefined;

  private constructor(
    private readonly input: VideoLandmarkerInput<Options>,
    private readonly landmarker: LandmarkerInstance<Options, Result>,
    private readonly listener: GraphLineListener,
    private readonly globals: Disposable,
  ) {}

  /**
   * Compiles the WASM and loads the model: a few hundred milliseconds.
   * @throws TaskBundleError, LandmarkerStartError
   */
  static async open<Options, Result>(
    landmarkerClass: LandmarkerClass<Options, Result>,
    input: VideoLandmarkerInput<Options>,
  ): Promise<VideoLandmarker<Options, Result>> {
    checkTaskBundle(input.task, input.model, input.bundle);
    const listener: GraphLineListener = (line) => logGraphLine(input.logger, line);
    const globals = installGraphGlobals();
    listenToGraph(listener);
    try {
      const setup: LandmarkerSetup = {
        canvas: new PixelCanvas(),
        runningMode: 'VIDEO',
        baseOptions: { modelAssetBuffer: input.bundle, delegate: 'CPU' },
      };
      const landmarker = await createWithWasm(listener, (fileset) =>
        landmarkerClass.createFromOptions(fileset, { ...input.options, ...setup }),
      );
      return new VideoLandmarker(input, landmarker, listener, globals);
    } catch (error) {
      stopListeningToGraph(listener);
      globals[Symbol.dispose]();
      throw new LandmarkerStartError(
        { task: input.task.title, model: input.model, reason: firstSentence(error) },
        { cause: error },
      );
    }
  }

  /**
   * What is in the frame. Its pixels are read straight from where they are, also from shared memory, and only during the call.
   * @param nodeName - for the error.
   * @throws FrameFormatError, LandmarkerFrameError - after the last one the landmarker is of no more use
   */
  detect(frame: Frame, timestampMs: number, nodeName: string): Result {
    if (this.#broken !== undefined) throw this.#broken;
    const image = imageOf(frame, nodeName);
    listenToGraph(this.listener);
    try {
      return this.landmarker.detectForVideo(image, this.#timestamps.next(timestampMs));
    } catch (error) {
      this.#broken = new LandmarkerFrameError(
        { task: this.input.task.title, timestampMs, reason: firstSentence(error) },
        { cause: error },
      );
      throw this.#broken;
    }
  }

  /**
   * Takes over other options between two frames; the graph is built anew, the module and its model stay.
   * @throws LandmarkerStartError, LandmarkerFrameError - the landmarker is of no more use
   */
  async setOptions(options: Options): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    listenToGraph(this.listener);
    try {
      await this.landmarker.setOptions(options);
    } catch (error) {
      this.#broken = new LandmarkerStartError(
        { task: this.input.task.title, model: this.input.model, reason: firstSentence(error) },
        { cause: error },
      );
      throw this.#broken;
    }
  }

  /** True after a failure inside the graph: every call throws what ended it, and only closing is of use. */
  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  /** Frees the graph. Closing twice does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    try {
      if (this.#broken !== undefined) return; // its memory goes with the module
      listenToGraph(this.listener);
      this.landmarker.close();
    } catch (error) {
      this.input.logger.debug(`MediaPipe did not close its graph: ${errorMessage(error)}`);
    } finally {
      stopListeningToGraph(this.listener);
      this.globals[Symbol.dispose]();
    }
  }
}

/**
 * The frame's pixels where they are. An error inside the graph ends it for good, so what it could not take must not get there.
 * @throws FrameFormatError
 */
function imageOf(frame: Frame, nodeName: string): PixelImage {
  const { width, height, format, data } = frame;
  const pixels = width * height;
  if (isRawFormat(format) && pixels > 0 && pixels <= MAX_PIXELS && data.length >= pixels * BYTES_PER_PIXEL[format]) {
    return { width, height, format, data };
  }
  throw new FrameFormatError({
    node: nodeName,
    width,
    height,
    format,
    byteLength: data.length,
    maxPixels: MAX_PIXELS,
  });
}

/** MediaPipe's errors go on with what failed in consequence and where in its sources; what was wrong comes first. */
function firstSentence(error: unknown): string {
  const [first = ''] = errorMessage(error)
    .replaceAll(/:\s*\n/g, ': ') // "Graph has errors:" and the like say what on the next line
    .split(/\n|; (?:Initialize was not ok|StartGraph failed)/);
  return first.replace(/[.;:\s]+$/, '');
}
