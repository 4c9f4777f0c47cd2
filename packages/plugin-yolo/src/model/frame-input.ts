import { BYTES_PER_PIXEL, isRawFormat } from '@kinegraph/core/plugin';
import type { Letterbox, LetterboxAnchor, PixelImage, PixelKernel } from '@kinegraph/core/plugin';
import { tensor, toFloat16Bits } from '@kinegraph/onnx';
import type { OnnxTensor } from '@kinegraph/onnx';
import type { InputPlan } from './input-plan.js';

/** What an input holds its elements as. */
export type InputType = 'float32' | 'float16';

/**
 * The one tensor that frames are fed in: [batch, 3, height, width], red, green and blue from 0 to 1. A frame is written to
 * the first picture of the batch; the others stay as they are, black.
 */
export interface FrameInput {
  readonly tensor: OnnxTensor<InputType>;
  /** Letterboxes a raw frame into the tensor, on grey 114. @returns where the frame stands in it. */
  write(frame: PixelImage): Letterbox;
}

/** Memory for the input of a model, used for every frame. */
export function createFrameInput(
  type: InputType,
  { batch, width, height }: InputPlan,
  anchor: LetterboxAnchor,
  kernel: PixelKernel,
): FrameInput {
  const dims = [batch, 3, height, width];
  if (type === 'float32') {
    const made = tensor('float32', dims);
    const target = { width, height, data: made.data.subarray(0, 3 * width * height) };
    return { tensor: made, write: (frame) => kernel.letterboxToPlanar(frame, target, { anchor }) };
  }
  const made = tensor('float16', dims);
  return { tensor: made, write: halfWriter(made.data, { width, height }, anchor, kernel) };
}

/** The kernel writes floats of 32 bits only: of bytes that it has letterboxed, a half is one look into a table. */
function halfWriter(
  halves: Uint16Array,
  { width, height }: { width: number; height: number },
  anchor: LetterboxAnchor,
  kernel: PixelKernel,
): FrameInput['write'] {
  const table = Uint16Array.from({ length: 256 }, (_, sample) => toFloat16Bits(sample / 255));
  let pixels = new Uint8Array();
  return (frame) => {
    const channels = isRawFormat(frame.format) ? BYTES_PER_PIXEL[frame.format] : 4; // the kernel refuses encoded frames
    const length = width * height * channels;
    if (pixels.length !== length) pixels = new Uint8Array(length);
    const letterbox = kernel.letterbox(frame, { width, height, data: pixels }, { anchor });
    const plane = width * height;
    for (let colour = 0; colour < 3; colour += 1) {
      let from = channels === 1 ? 0 : colour;
      for (let to = colour * plane; to < (colour + 1) * plane; to += 1) {
        halves[to] = table[pixels[from] as number] as number; // within their arrays by the lengths above
        from += channels;
      }
    }
    return letterbox;
  };
}
