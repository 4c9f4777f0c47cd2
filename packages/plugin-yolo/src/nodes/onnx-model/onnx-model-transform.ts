import { Logger, ModelStore, NodeConfig, NodeIdentity, PixelKernel, inject, injectable } from '@kinegraph/core/plugin';
import type { Frame, Letterbox, PacketWindow, Tensors, Transform } from '@kinegraph/core/plugin';
import { OnnxRuntime } from '@kinegraph/onnx';
import type { OnnxSession, OnnxTensor } from '@kinegraph/onnx';
import { loadModel } from '../load-model.js';
import type { OnnxModelConfig } from './config.js';
import { constantTensor, givenOutputs, pictureInput } from './model-ports.js';
import { PictureFeed } from './picture-feed.js';
import { checkFinite, readOutputs } from './read-outputs.js';

/** What leaves `onnx.model`. */
export interface OnnxModelAnswer extends Tensors {
  /** Where the frame, the newest one of a window, stood in the picture that the model got: maps places back. */
  readonly letterbox: Letterbox;
}

/** What is there once the model is open. */
interface Opened {
  /** What to call the model in errors. */
  readonly name: string;
  readonly session: OnnxSession;
  readonly feed: PictureFeed;
  readonly input: string;
  readonly constants: Readonly<Record<string, OnnxTensor>>;
  readonly outputs: readonly string[];
}

/** `onnx.model`: runs any ONNX model on frames, or on windows of them. See docs/onnx-model.md. */
@injectable()
export class OnnxModelTransform implements Transform<Frame | PacketWindow<Frame>, OnnxModelAnswer> {
  #config: OnnxModelConfig;
  #session: OnnxSession | undefined;
  #opened: Opened | undefined;

  constructor(
    @inject(NodeConfig) config: OnnxModelConfig,
    @inject(NodeIdentity) private readonly identity: NodeIdentity,
    @inject(ModelStore) private readonly models: ModelStore,
    @inject(OnnxRuntime) private readonly runtime: OnnxRuntime,
    @inject(PixelKernel) private readonly kernel: PixelKernel,
    @inject(Logger) private readonly logger: Logger,
  ) {
    this.#config = config;
  }

  /**
   * Loads the model, sees that it takes what the configuration makes, and runs it once on zeros: what it cannot do is told
   * before the first frame, which does not pay for what a runtime does once.
   * @throws InputChoiceError, InputMisfitError, OutputKindError, the ModelStore's errors (`MODEL_*`), the runtime's (`ONNX_*`)
   */
  async open(signal: AbortSignal): Promise<void> {
    const { model, providers, threads, spinning } = this.#config;
    const { name, bytes, externalData } = await loadModel(this.models, model, signal);
    const { logger } = this;
    const warmUp = async (session: OnnxSession): Promise<void> => {
      const opened = this.#prepare(name, session);
      await run(opened);
      this.#opened = opened;
    };
    const options = { name, threads, spinning, externalData, logger, warmUp, ...(providers && { providers }) };
    this.#session = await this.runtime.open(bytes, options, signal);
  }

  /**
   * @param input - A frame of raw pixels, or a window of them, oldest first; read only and still owned by the caller.
   * @throws PictureFormatError, InputMisfitError, NotFiniteError, RunFailedError - each costs its packet
   */
  async transform(input: Frame | PacketWindow<Frame>): Promise<OnnxModelAnswer> {
    const { name } = this.identity;
    const opened = this.#opened;
    if (opened === undefined) throw new TypeError(`Node "${name}" was given a frame while it was not open.`);
    const frames = 'packets' in input ? input.packets.map(({ value }) => value) : [input];
    const letterbox = opened.feed.write(frames, name);
    const tensors = readOutputs(await run(opened));
    if (this.#config.notFinite === 'refuse') checkFinite(opened.name, tensors);
    return { tensors, letterbox };
  }

  /** Takes over what to do with NaN and infinity. */
  reconfigure(config: unknown): boolean {
    const next = config as OnnxModelConfig; // validated by the schema beside it
    const { notFinite } = next;
    if (JSON.stringify({ ...this.#config, notFinite }) !== JSON.stringify({ ...next, notFinite })) return false;
    this.#config = next;
    return true;
  }

  async close(): Promise<void> {
    this.#opened = undefined;
    await this.#session?.release();
  }

  #prepare(name: string, session: OnnxSession): Opened {
    const info = pictureInput(name, session, this.#config);
    const feed = new PictureFeed(name, info, this.#config, this.kernel);
    const others = session.inputs.filter((each) => each.name !== info.name);
    const constants = others.map((each) => [each.name, this.#constant(name, each)] as const);
    const outputs = givenOutputs(name, session, this.#config.outputs);
    return { name, session, feed, input: info.name, constants: Object.fromEntries(constants), outputs };
  }

  #constant(model: string, info: OnnxSession['inputs'][number]): OnnxTensor {
    const { constants } = this.#config;
    return constantTensor(model, info, constants[info.name] ?? []); // `pictureInput` has seen that each has a value
  }
}

function run({ session, feed, input, constants, outputs }: Opened): ReturnType<OnnxSession['run']> {
  return session.run({ ...constants, [input]: feed.tensor }, outputs);
}
