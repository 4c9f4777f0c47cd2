import {
  Logger,
  ModelStore,
  NodeConfig,
  NodeIdentity,
  PixelKernel,
  SkeletonCatalog,
  inject,
  injectable,
  isRawFormat,
  requireSkeleton,
} from '@kinegraph/core/plugin';
import type { Extractor, Frame, ProcessInfo } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import type { OnnxSession } from '@kinegraph/onnx';
import type { PeopleAndBoxes } from '../decode/index.js';
import { FrameFormatError } from '../errors.js';
import { readExportMetadata } from '../model/index.js';
import { loadModel } from './load-model.js';
import type { PoseConfig } from './pose-config.js';
import { PoseNetwork } from './pose-network.js';

/** `yolo.pose`: finds people with a YOLO pose model on onnxruntime. See docs/yolo-pose.md. */
@injectable()
export class YoloPoseExtractor implements Extractor<PeopleAndBoxes> {
  #config: PoseConfig;
  #session: OnnxSession | undefined;
  #network: PoseNetwork | undefined;

  constructor(
    @inject(NodeConfig) config: PoseConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(ModelStore) private readonly models: ModelStore,
    @inject(OnnxRuntime) private readonly runtime: OnnxRuntime,
    @inject(PixelKernel) private readonly kernel: PixelKernel,
    @inject(SkeletonCatalog) private readonly skeletons: SkeletonCatalog,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#config = config;
  }

  /**
   * Loads the model, sees that it finds the points of the skeleton, and runs it once.
   * @throws NotAPoseModelError, ModelInputError, ModelOutputsError, SkeletonMisfitError, SkeletonUnknownError, the ModelStore's errors
   *   (`MODEL_*`) and the runtime's (`ONNX_*`)
   */
  async open(signal: AbortSignal): Promise<void> {
    const { model, letterbox, size, providers, threads, spinning } = this.#config;
    const skeleton = requireSkeleton(this.skeletons, this.#config.skeleton);
    const { name, bytes, info, externalData } = await loadModel(this.models, model, signal);
    const { kernel, logger } = this;
    const metadata = readExportMetadata(info.metadata);
    const warmUp = async (session: OnnxSession): Promise<void> => {
      const parts = { model: name, session, metadata, skeleton, kernel, letterbox, size };
      this.#network = await PoseNetwork.start(parts);
      logger.debug(`Model "${name}": ${this.#network.description}.`);
    };
    const options = { name, threads, spinning, externalData, logger, warmUp, ...(providers && { providers }) };
    this.#session = await this.runtime.open(bytes, options, signal);
  }

  /**
   * @param frame - Raw pixels of any size; read only and still owned by the caller.
   * @returns The people, best first, each with an identity of its own in every frame, and their boxes in the same order.
   * @throws FrameFormatError, ModelAnswerError, RunFailedError
   */
  async extract(frame: Frame, { timestampMs }: Pick<ProcessInfo, 'timestampMs'> = frame): Promise<PeopleAndBoxes> {
    const { name } = this.identity;
    if (this.#network === undefined) throw new TypeError(`Node "${name}" was given a frame while it was not open.`);
    if (!isRawFormat(frame.format)) throw new FrameFormatError({ node: name, format: frame.format });
    return this.#network.detect(frame, this.#config, timestampMs);
  }

  /** Takes over confidence, overlap and number of people. */
  reconfigure(config: unknown): boolean {
    const next = config as PoseConfig; // validated by the schema beside it
    const { confidence, iou, maxPeople } = next;
    const isLive = JSON.stringify({ ...this.#config, confidence, iou, maxPeople }) === JSON.stringify(next);
    if (isLive) this.#config = next;
    return isLive;
  }

  async close(): Promise<void> {
    this.#network = undefined;
    await this.#session?.release();
  }
}
