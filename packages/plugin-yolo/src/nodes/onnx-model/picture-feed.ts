import { isRawFormat } from '@kinegraph/core/plugin';
import type { Frame, Letterbox, PixelKernel, RawPixelFormat } from '@kinegraph/core/plugin';
import { tensor } from '@kinegraph/onnx';
import type { OnnxTensor, ValueInfo } from '@kinegraph/onnx';
import type { OnnxModelConfig } from './config.js';
import { PictureFormatError } from './errors.js';
import { planPicture } from './picture-plan.js';
import type { PicturePlan } from './picture-plan.js';
import { PictureWriter } from './picture-writer.js';
import type { PictureArray } from './picture-writer.js';

type RawFrame = Frame & { readonly format: RawPixelFormat };

/** The tensor that frames are fed in, kept from packet to packet. */
export class PictureFeed {
  readonly #writer: PictureWriter;
  #plan: PicturePlan;
  #tensor: OnnxTensor;

  /**
   * Sees that the model takes what the configuration makes.
   * @throws InputMisfitError - with both shapes; TooLargeError
   */
  constructor(
    private readonly model: string,
    private readonly info: ValueInfo,
    private readonly config: OnnxModelConfig,
    kernel: PixelKernel,
  ) {
    this.#plan = planPicture(model, info, config);
    this.#tensor = tensor(this.#plan.type, this.#plan.dims);
    this.#writer = new PictureWriter(kernel, this.#plan, config);
  }

  /** Zeros until something was written. */
  get tensor(): OnnxTensor {
    return this.#tensor;
  }

  /**
   * Writes frames, oldest first.
   * @param node - for the error
   * @returns where the last one stands in its picture
   * @throws PictureFormatError; InputMisfitError - more or fewer frames than the model takes; TooLargeError
   */
  write(frames: readonly unknown[], node: string): Letterbox {
    const raw = frames.map((frame) => rawFrame(frame, node));
    if (raw.length === 0) throw new PictureFormatError({ node, found: 'an empty window' });
    if (raw.length !== this.#plan.frames) {
      const plan = planPicture(this.model, this.info, this.config, raw.length);
      // Taken over together: where there is no memory for so many, the feed stays as it was.
      this.#tensor = tensor(plan.type, plan.dims);
      this.#plan = plan;
    }
    const target = this.#tensor.data as PictureArray; // the plan allows these types only
    const places = raw.map((frame, index) => this.#writer.write(frame, target, index * this.#writer.length));
    return places[places.length - 1] as Letterbox; // there is one frame at least
  }
}

function rawFrame(value: unknown, node: string): RawFrame {
  const { format } = value as Partial<Frame>;
  if (format !== undefined && isRawFormat(format)) return value as RawFrame;
  throw new PictureFormatError({
    node,
    found: format === undefined ? 'no frame' : `a frame in the format "${format}"`,
  });
}
