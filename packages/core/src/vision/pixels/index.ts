export { createPixelKernel } from './create-pixel-kernel.js';
export {
  boxFromLetterbox,
  landmarksFromLetterbox,
  placeLetterbox,
  pointFromLetterbox,
  pointIntoLetterbox,
} from './letterbox.js';
export type { Letterbox, LetterboxAnchor, LetterboxOptions } from './letterbox.js';
export { PixelsMisfitError } from './pixel-image.js';
export type { PixelImage, PixelTarget, PlanarTarget } from './pixel-image.js';
export { PixelKernel } from './pixel-kernel.js';
export type { KernelFloats } from './pixel-kernel.js';
export { PlainPixelKernel } from './plain-pixel-kernel.js';
export type { PlanarOptions, PlaneOrder } from './planar-float.js';
export { WasmPixelKernel } from './wasm-pixel-kernel.js';
