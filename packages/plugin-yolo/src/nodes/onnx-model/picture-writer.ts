import { BYTES_PER_PIXEL } from '@kinegraph/core/plugin';
import type { Letterbox, PixelImage, PixelKernel, RawPixelFormat } from '@kinegraph/core/plugin';
import { tensor } from '@kinegraph/onnx';
import type { ElementArrays } from '@kinegraph/onnx';
import type { OnnxModelConfig } from './config.js';
import type { PicturePlan, PictureType } from './picture-plan.js';

/** Raw pixels; a raw `Frame` is one. */
type RawImage = PixelImage & { readonly format: RawPixelFormat };

type WriterConfig = Pick<
  OnnxModelConfig,
  'resize' | 'anchor' | 'fill' | 'layout' | 'colour' | 'scale' | 'mean' | 'std'
>;
/** The arrays that pictures are written to. */
export type PictureArray = ElementArrays[PictureType];
type Three = readonly [number, number, number];

/** What the whole numbers of an input end at. */
const RANGES: Partial<Record<PictureType, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65_535],
  int16: [-32_768, 32_767],
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

/** Resizes frames and writes them as elements of a tensor. Holds memory for one picture. */
export class PictureWriter {
  /** `(sample - mean) * factor`, in samples of 0-255; of red, green and blue. */
  readonly #mean: Three;
  readonly #factor: Three;
  /** What each sample 0-255 becomes, for red, green and blue. */
  readonly #tables: readonly PictureArray[];
  #pixels = new Uint8Array();
  #cut = new Uint8Array();

  constructor(
    private readonly kernel: PixelKernel,
    private readonly plan: Pick<PicturePlan, 'type' | 'width' | 'height' | 'channels'>,
    private readonly config: WriterConfig,
  ) {
    const isWhole = RANGES[plan.type] !== undefined;
    const scale = config.scale ?? (isWhole ? 1 : 1 / 255);
    const [mean, std] = [threeOf(config.mean), threeOf(config.std)];
    this.#mean = [mean[0] / scale, mean[1] / scale, mean[2] / scale];
    this.#factor = [scale / std[0], scale / std[1], scale / std[2]];
    this.#tables = [0, 1, 2].map((channel) => this.#table(channel));
  }

  /** How many elements a picture takes. */
  get length(): number {
    return this.plan.width * this.plan.height * this.plan.channels;
  }

  /**
   * Writes one frame.
   * @param target - of the plan's element type
   * @param at - the first element to write
   * @returns where the frame stands in the picture: all of it for a letterbox; beyond the picture's edges where it is cropped
   */
  write(frame: RawImage, target: PictureArray, at: number): Letterbox {
    const { width, height, channels } = this.plan;
    const { resize, anchor, fill, layout, colour } = this.config;
    const planes =
      target instanceof Float32Array && layout === 'nchw' && channels === 3
        ? { width, height, data: target.subarray(at, at + this.length) }
        : undefined;
    const order = colour === 'bgr' ? 'bgr' : 'rgb';
    const options = { anchor, fill, order, mean: this.#mean, scale: this.#factor } as const;
    if (planes !== undefined && resize === 'letterbox') return this.kernel.letterboxToPlanar(frame, planes, options);

    const data = this.#scratch(frame.format);
    const picture = { width, height, data };
    const place = this.#resize(frame, picture);
    if (planes !== undefined) this.kernel.toPlanar({ ...picture, format: frame.format }, planes, options);
    else this.#write(data, BYTES_PER_PIXEL[frame.format], target, at);
    return place;
  }

  #resize(frame: RawImage, picture: { width: number; height: number; data: Uint8Array }): Letterbox {
    if (this.config.resize === 'letterbox') return this.kernel.letterbox(frame, picture, this.config);
    const cut =
      this.config.resize === 'crop' ? middle(frame, picture) : { x: 0, y: 0, width: frame.width, height: frame.height };
    this.kernel.resize(this.#cutOut(frame, cut), picture);
    const [scaleX, scaleY] = [picture.width / cut.width, picture.height / cut.height];
    return {
      x: 0 - cut.x * scaleX,
      y: 0 - cut.y * scaleY,
      width: frame.width * scaleX,
      height: frame.height * scaleY,
      sourceWidth: frame.width,
      sourceHeight: frame.height,
      targetWidth: picture.width,
      targetHeight: picture.height,
      scaleX,
      scaleY,
    };
  }

  /** The kernel takes whole pictures only. */
  #cutOut(frame: RawImage, { x, y, width, height }: Cut): RawImage {
    if (width === frame.width && height === frame.height) return frame;
    const bytes = BYTES_PER_PIXEL[frame.format];
    if (this.#cut.length !== width * height * bytes) this.#cut = new Uint8Array(width * height * bytes);
    for (let row = 0; row < height; row += 1) {
      const start = ((y + row) * frame.width + x) * bytes;
      this.#cut.set(frame.data.subarray(start, start + width * bytes), row * width * bytes);
    }
    return { width, height, format: frame.format, data: this.#cut };
  }

  #write(pixels: Uint8Array, bytes: number, target: PictureArray, at: number): void {
    const { channels, width, height } = this.plan;
    const { layout, colour } = this.config;
    const count = width * height;
    if (channels === 1) {
      const table = this.#tables[0] ?? target;
      for (let pixel = 0; pixel < count; pixel += 1) {
        target[at + pixel] = table[bytes === 1 ? (pixels[pixel] ?? 0) : luma(pixels, pixel * bytes)] ?? 0;
      }
      return;
    }
    const step = layout === 'nchw' ? 1 : channels;
    for (let channel = 0; channel < channels; channel += 1) {
      const sample = colour === 'bgr' ? 2 - channel : channel;
      const table = this.#tables[sample] ?? target;
      let from = bytes === 1 ? 0 : sample;
      let to = at + (layout === 'nchw' ? channel * count : channel);
      for (let pixel = 0; pixel < count; pixel += 1) {
        target[to] = table[pixels[from] ?? 0] ?? 0;
        from += bytes;
        to += step;
      }
    }
  }

  #table(channel: number): PictureArray {
    const { type } = this.plan;
    const [mean, factor] = [Math.fround(this.#mean[channel] ?? 0), Math.fround(this.#factor[channel] ?? 1)];
    // In 32-bit steps, as the kernel does it, so that every way of writing gives the same numbers.
    const values = Array.from({ length: 256 }, (_, sample) => Math.fround(Math.fround(sample - mean) * factor));
    const [least, most] = RANGES[type] ?? [];
    if (least === undefined || most === undefined) return tensor(type, [256], values).data;
    const rounded = values.map((value) => Math.min(Math.max(Math.round(value), least), most));
    return tensor(type, [256], rounded).data;
  }

  #scratch(format: RawPixelFormat): Uint8Array {
    const length = this.plan.width * this.plan.height * BYTES_PER_PIXEL[format];
    if (this.#pixels.length !== length) this.#pixels = new Uint8Array(length);
    return this.#pixels;
  }
}

/** A part of a picture in its pixels. */
interface Cut {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The largest part of the source in the shape of the target, from its middle; at least one pixel a side. */
function middle(source: PictureSize, target: PictureSize): Cut {
  const scale = Math.max(target.width / source.width, target.height / source.height);
  const width = Math.min(Math.max(Math.round(target.width / scale), 1), source.width);
  const height = Math.min(Math.max(Math.round(target.height / scale), 1), source.height);
  return { x: (source.width - width) >> 1, y: (source.height - height) >> 1, width, height };
}

/** ITU-R BT.601, as JPEG has it, in whole numbers. */
function luma(pixels: Uint8Array, at: number): number {
  return (19_595 * (pixels[at] ?? 0) + 38_470 * (pixels[at + 1] ?? 0) + 7471 * (pixels[at + 2] ?? 0) + 32_768) >> 16;
}

function threeOf(numbers: readonly number[]): Three {
  const [red = 0, green = red, blue = red] = numbers;
  return [red, green, blue];
}
