import { errorMessage, isRawFormat, type Frame, type Logger } from '@kinegraph/core/plugin';
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
   * @throws FrameFormatError, LandmarkerFrameError
   */
  detect(frame: Frame, timestampMs: number, nodeName: string): Result {
    const { width, height, format } = frame;
    if (!isRawFormat(format)) throw new FrameFormatError({ node: nodeName, format });
    listenToGraph(this.listener);
    try {
      return this.landmarker.detectForVideo(
        { width, height, format, data: frame.data },
        this.#timestamps.next(timestampMs),
      );
    } catch (error) {
      throw new LandmarkerFrameError(
        { task: this.input.task.title, timestampMs, reason: firstSentence(error) },
        { cause: error },
      );
    }
  }

  /** Takes over other options between two frames; the graph is built anew, the module and its model stay. */
  async setOptions(options: Options): Promise<void> {
    listenToGraph(this.listener);
    await this.landmarker.setOptions(options);
  }

  /** Frees the graph. Closing twice does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    listenToGraph(this.listener);
    try {
      this.landmarker.close();
    } catch (error) {
      // After a failed frame the module is dead and cannot even close; its memory goes with it.
      this.input.logger.debug(`MediaPipe did not close its graph: ${errorMessage(error)}`);
    } finally {
      stopListeningToGraph(this.listener);
      this.globals[Symbol.dispose]();
    }
  }
}

/** MediaPipe's errors go on with what failed in consequence and where in its sources; what was wrong comes first. */
function firstSentence(error: unknown): string {
  const [first = ''] = errorMessage(error).split(/\n|; (?:Initialize was not ok|StartGraph failed)/);
  return first.replace(/[.;\s]+$/, '');
}
