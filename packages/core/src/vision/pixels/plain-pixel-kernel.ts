import { BYTES_PER_PIXEL } from '../frame.js';
import type { RawPixelFormat } from '../frame.js';
import { letterboxFill, placeLetterbox } from './letterbox.js';
import type { Letterbox, LetterboxOptions } from './letterbox.js';
import { checkFloatCount, checkPlanes, checkPlanesOf, checkTarget, checkedSource } from './pixel-image.js';
import type { PixelImage, PixelTarget, PlanarTarget } from './pixel-image.js';
import type { KernelFloats, PixelKernel } from './pixel-kernel.js';
import { fillPlane, planeRules, planeValue } from './planar-float.js';
import type { PlanarOptions, PlanePlace } from './planar-float.js';
import { followPlan, resizePixels } from './resize.js';
import { planResize } from './resize-plan.js';

/** The kernel in plain TypeScript: where there is no WebAssembly, and what the WebAssembly kernel is compared with. */
export class PlainPixelKernel implements PixelKernel {
  resize(source: PixelImage, target: PixelTarget): void {
    resizePixels(source, target);
  }

  letterbox(source: PixelImage, target: PixelTarget, options: LetterboxOptions = {}): Letterbox {
    const format = checkedSource(source);
    checkTarget(target, format);
    const letterbox = placeLetterbox(source, target, options.anchor);
    const channels = BYTES_PER_PIXEL[format];
    const picture = resized(source, format, letterbox);
    target.data.fill(letterboxFill(options));
    if (format === 'rgba8') for (let at = 3; at < target.data.length; at += 4) target.data[at] = 255;
    const rowBytes = letterbox.width * channels;
    for (let y = 0; y < letterbox.height; y += 1) {
      const row = picture.subarray(y * rowBytes, (y + 1) * rowBytes);
      target.data.set(row, ((letterbox.y + y) * target.width + letterbox.x) * channels);
    }
    return letterbox;
  }

  toPlanar(source: PixelImage, target: PlanarTarget, options: PlanarOptions = {}): void {
    const format = checkedSource(source);
    checkPlanesOf(source, target);
    fillPlanes(source.data, format, target, { x: 0, y: 0, width: target.width, height: target.height }, options);
  }

  letterboxToPlanar(
    source: PixelImage,
    target: PlanarTarget,
    options: LetterboxOptions & PlanarOptions = {},
  ): Letterbox {
    const format = checkedSource(source);
    checkPlanes(target);
    const letterbox = placeLetterbox(source, target, options.anchor);
    const fill = letterboxFill(options);
    const planeLength = target.width * target.height;
    for (const [index, rule] of planeRules(options).entries()) {
      target.data.fill(planeValue(fill, rule), index * planeLength, (index + 1) * planeLength);
    }
    fillPlanes(resized(source, format, letterbox), format, target, letterbox, options);
    return letterbox;
  }

  allocateFloats(length: number): KernelFloats {
    checkFloatCount(length);
    return { data: new Float32Array(length), [Symbol.dispose]: () => {} };
  }
}

function resized(source: PixelImage, format: RawPixelFormat, { width, height }: Letterbox): Uint8Array {
  if (width === source.width && height === source.height) return source.data;
  const channels = BYTES_PER_PIXEL[format];
  const picture = new Uint8Array(width * height * channels);
  followPlan(source.data, channels, planResize(source.width, source.height, width, height), picture);
  return picture;
}

function fillPlanes(
  picture: Uint8Array,
  format: RawPixelFormat,
  target: PlanarTarget,
  place: PlanePlace,
  options: PlanarOptions,
): void {
  const planeLength = target.width * target.height;
  for (const [index, rule] of planeRules(options).entries()) {
    const plane = target.data.subarray(index * planeLength, (index + 1) * planeLength);
    fillPlane(picture, BYTES_PER_PIXEL[format], rule, plane, target.width, place);
  }
}
