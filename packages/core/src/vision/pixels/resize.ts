import { BYTES_PER_PIXEL } from '../frame.js';
import { checkTarget, checkedSource } from './pixel-image.js';
import type { PixelImage, PixelTarget } from './pixel-image.js';
import { FULL_COLUMN_WEIGHT, FULL_ROW_WEIGHT, LARGEST_COLUMN_WEIGHT, planResize } from './resize-plan.js';
import type { HalvingStep, ResizePlan } from './resize-plan.js';

/**
 * Resizes pixels: bilinear between pixel centres; an axis that is reduced 2x or more is halved first, two pixels to their
 * mean, until it is not. Integer arithmetic, the same bit by bit as in the WebAssembly kernel.
 *
 * @param source - raw pixels, read only.
 * @param target - any size; its pixels get the format of the source. Must not overlap the source.
 * @throws PixelsMisfitError
 */
export function resizePixels(source: PixelImage, target: PixelTarget): void {
  const format = checkedSource(source);
  checkTarget(target, format);
  const plan = planResize(source.width, source.height, target.width, target.height);
  followPlan(source.data, BYTES_PER_PIXEL[format], plan, target.data);
}

/** Resizes along a plan made before; `channels` is the number of samples for each pixel. */
export function followPlan(source: Uint8Array, channels: number, plan: ResizePlan, target: Uint8Array): void {
  const { halvings, bilinear } = plan;
  let [at, width, height] = [source, plan.sourceWidth, plan.sourceHeight];
  for (const [index, step] of halvings.entries()) {
    const isLast = bilinear === undefined && index === halvings.length - 1;
    const halved = isLast ? target : new Uint8Array(step.width * step.height * channels);
    halve(at, width, height, channels, step, halved);
    [at, width, height] = [halved, step.width, step.height];
  }
  if (bilinear !== undefined) sampleBilinear(at, width, height, channels, plan, target);
  else if (halvings.length === 0) target.set(source);
}

function halve(
  source: Uint8Array,
  width: number,
  height: number,
  channels: number,
  step: HalvingStep,
  target: Uint8Array,
): void {
  const stride = width * channels;
  let to = 0;
  for (let y = 0; y < step.height; y += 1) {
    const top = (step.halvesY ? 2 * y : y) * stride;
    const bottom = step.halvesY ? Math.min(2 * y + 1, height - 1) * stride : top;
    for (let x = 0; x < step.width; x += 1) {
      const left = (step.halvesX ? 2 * x : x) * channels;
      const right = step.halvesX ? Math.min(2 * x + 1, width - 1) * channels : left;
      for (let channel = 0; channel < channels; channel += 1) {
        const sum =
          sampleOf(source, top + left + channel) +
          sampleOf(source, top + right + channel) +
          sampleOf(source, bottom + left + channel) +
          sampleOf(source, bottom + right + channel);
        target[to] = (sum + 2) >> 2;
        to += 1;
      }
    }
  }
}

function sampleBilinear(
  source: Uint8Array,
  width: number,
  height: number,
  channels: number,
  plan: ResizePlan,
  target: Uint8Array,
): void {
  if (plan.bilinear === undefined) return;
  const { columns, rows } = plan.bilinear;
  const stride = width * channels;
  const nextPixel = width === 1 ? 0 : channels;
  const nextRow = height === 1 ? 0 : stride;
  let to = 0;
  for (let y = 0; y < plan.height; y += 1) {
    const top = (rows.first[y] ?? 0) * stride;
    const bottomWeight = rows.weight[y] ?? 0;
    const topWeight = FULL_ROW_WEIGHT - bottomWeight;
    for (let x = 0; x < plan.width; x += 1) {
      const from = top + (columns.first[x] ?? 0) * channels;
      const rightWeight = Math.min(columns.weight[x] ?? 0, LARGEST_COLUMN_WEIGHT);
      const leftWeight = Math.min(FULL_COLUMN_WEIGHT - (columns.weight[x] ?? 0), LARGEST_COLUMN_WEIGHT);
      for (let channel = 0; channel < channels; channel += 1) {
        const at = from + channel;
        const left = sampleOf(source, at) * topWeight + sampleOf(source, at + nextRow) * bottomWeight;
        const right =
          sampleOf(source, at + nextPixel) * topWeight + sampleOf(source, at + nextRow + nextPixel) * bottomWeight;
        // Each product is rounded by itself, as the kernel's instruction does.
        const sum = ((left * leftWeight + 16_384) >> 15) + ((right * rightWeight + 16_384) >> 15);
        target[to] = (sum + 64) >> 7;
        to += 1;
      }
    }
  }
}

/** Indices here are within the array by the plan; the compiler cannot know. */
function sampleOf(samples: Uint8Array, index: number): number {
  return samples[index] as number;
}
