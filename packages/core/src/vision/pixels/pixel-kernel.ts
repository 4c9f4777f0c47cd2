import { serviceId } from '../../base/index.js';
import type { Letterbox, LetterboxOptions } from './letterbox.js';
import type { PixelImage, PixelTarget, PlanarTarget } from './pixel-image.js';
import type { PlanarOptions } from './planar-float.js';

/** Floats where the kernel can write them without a copy. Dispose them once, when they are no longer read. */
export interface KernelFloats extends Disposable {
  readonly data: Float32Array;
}

/**
 * Makes model inputs of raw pixels, in the calling thread and at once. Sources are read only and stay the caller's; a
 * target must not overlap its source. Sources in pooled memory are read where they are, others are copied first.
 * Every implementation gives the same bytes.
 */
export interface PixelKernel {
  /**
   * Bilinear between pixel centres, halving first what is reduced 2x or more. The target gets the source's format.
   * @throws PixelsMisfitError
   */
  resize(source: PixelImage, target: PixelTarget): void;
  /**
   * Resizes to the largest size of the same shape within the target, with grey around it. The target gets the source's
   * format.
   * @returns where the picture stands, to map results back with.
   * @throws PixelsMisfitError
   */
  letterbox(source: PixelImage, target: PixelTarget, options?: LetterboxOptions): Letterbox;
  /**
   * Three planes of floats with the size of the source. Alpha is left out; grey fills all three planes.
   * @throws PixelsMisfitError
   */
  toPlanar(source: PixelImage, target: PlanarTarget, options?: PlanarOptions): void;
  /** `letterbox` and `toPlanar` in one go: the border gets the values of its grey. @throws PixelsMisfitError */
  letterboxToPlanar(source: PixelImage, target: PlanarTarget, options?: LetterboxOptions & PlanarOptions): Letterbox;
  /**
   * Floats of unspecified content for planar targets; in an arena aligned to a page.
   * @throws RangeError where `length` is no whole number from 0; ArenaFullError
   */
  allocateFloats(length: number): KernelFloats;
}
export const PixelKernel = serviceId<PixelKernel>('core.PixelKernel');
