import { BYTES_PER_PIXEL } from '../frame.js';
import type { RawPixelFormat } from '../frame.js';
import type { SharedArena } from '../memory/shared-arena.js';
import { instantiateKernel } from './kernel-module.js';
import type { KernelFunctions } from './kernel-module.js';
import { KernelPlans } from './kernel-plans.js';
import type { KernelPlan } from './kernel-plans.js';
import { KernelScratch } from './kernel-scratch.js';
import { letterboxFill, placeLetterbox } from './letterbox.js';
import type { Letterbox, LetterboxOptions } from './letterbox.js';
import { checkFloatCount, checkPlanes, checkPlanesOf, checkTarget, checkedSource } from './pixel-image.js';
import type { PixelImage, PixelTarget, PlanarTarget } from './pixel-image.js';
import type { KernelFloats, PixelKernel } from './pixel-kernel.js';
import { planeRules, planeValue } from './planar-float.js';
import type { PlanarOptions, PlanePlace } from './planar-float.js';

/** Pixels in the arena as the kernel takes them: RGBA. */
interface Picture {
  readonly address: number;
  readonly width: number;
  readonly height: number;
}

/** Where pixels of the last step go: rows `stride` bytes apart. */
interface Rows {
  readonly address: number;
  readonly stride: number;
}

/** What the last step writes to: rows of RGBA, or the planes that were set before. */
type Output = Rows | 'planes';

/**
 * The kernel in WebAssembly SIMD. It reads and writes an arena: sources and targets that lie there, as frames of an
 * `ArenaFramePool` do, are used in place; others are copied into it or out of it, which still beats the plain kernel.
 */
export class WasmPixelKernel implements PixelKernel {
  readonly #functions: KernelFunctions;
  readonly #scratch: KernelScratch;
  readonly #plans: KernelPlans;

  /** @throws WebAssembly.CompileError - the engine knows no SIMD. */
  constructor(private readonly arena: SharedArena) {
    this.#functions = instantiateKernel(arena);
    this.#scratch = new KernelScratch(arena);
    this.#plans = new KernelPlans(this.#scratch);
  }

  resize(source: PixelImage, target: PixelTarget): void {
    const format = checkedSource(source);
    checkTarget(target, format);
    const picture = this.#pictureOf(source, format);
    this.#writePixels(target, (address) => {
      this.#resizeInto(picture, target, format, { address, stride: target.width * BYTES_PER_PIXEL[format] });
    });
  }

  letterbox(source: PixelImage, target: PixelTarget, options: LetterboxOptions = {}): Letterbox {
    const format = checkedSource(source);
    checkTarget(target, format);
    const fill = letterboxFill(options);
    const letterbox = placeLetterbox(source, target, options.anchor);
    const channels = BYTES_PER_PIXEL[format];
    const stride = target.width * channels;
    const picture = this.#pictureOf(source, format);
    this.#writePixels(target, (address) => {
      for (const { x, y, width, height } of borderOf(letterbox)) {
        const at = address + y * stride + x * channels;
        const { fillWords, fillBytes } = this.#functions;
        if (format === 'rgba8') fillWords(at, width, height, stride, (fill * 0x01_01_01) | 0xff_00_00_00);
        else fillBytes(at, width * channels, height, stride, fill);
      }
      const at = address + letterbox.y * stride + letterbox.x * channels;
      this.#resizeInto(picture, letterbox, format, { address: at, stride });
    });
    return letterbox;
  }

  toPlanar(source: PixelImage, target: PlanarTarget, options: PlanarOptions = {}): void {
    const format = checkedSource(source);
    checkPlanesOf(source, target);
    const picture = this.#pictureOf(source, format);
    this.#writePlanes(target, (address) => {
      this.#setPlanes(address, target, { x: 0, y: 0, width: target.width, height: target.height }, options);
      this.#functions.toPlanes(picture.address, picture.width, picture.height);
    });
  }

  letterboxToPlanar(
    source: PixelImage,
    target: PlanarTarget,
    options: LetterboxOptions & PlanarOptions = {},
  ): Letterbox {
    const format = checkedSource(source);
    checkPlanes(target);
    const fill = letterboxFill(options);
    const letterbox = placeLetterbox(source, target, options.anchor);
    const picture = this.#pictureOf(source, format);
    this.#writePlanes(target, (address) => {
      this.#setPlanes(address, target, letterbox, options);
      this.#fillBorder(address, letterbox, fill, options);
      this.#run(picture, this.#planFor(picture, letterbox), 'planes');
    });
    return letterbox;
  }

  allocateFloats(length: number): KernelFloats {
    checkFloatCount(length);
    const region = this.#scratch.allocate(length * 4);
    let isFree = false;
    return {
      data: this.arena.floatsAt(region.offset, length),
      [Symbol.dispose]: () => {
        if (!isFree) this.#scratch.free(region);
        isFree = true;
      },
    };
  }

  /** The source in the arena as RGBA; in place where it lies there and is RGBA. */
  #pictureOf({ width, height, data }: PixelImage, format: RawPixelFormat): Picture {
    let address = this.arena.offsetOf(data);
    if (address === undefined) {
      address = this.#scratch.at('input', data.length);
      this.arena.bytesAt(address, data.length).set(data);
    }
    if (format === 'rgba8') return { address, width, height };
    const rgba = this.#scratch.at('rgba', width * height * 4);
    if (format === 'rgb8') this.#functions.expandRgb(address, width * height, rgba);
    else this.#functions.expandGray(address, width * height, rgba);
    return { address: rgba, width, height };
  }

  #writePixels({ data }: PixelTarget, write: (address: number) => void): void {
    const inPlace = this.arena.offsetOf(data);
    const address = inPlace ?? this.#scratch.at('output', data.length);
    write(address);
    if (inPlace === undefined) data.set(this.arena.bytesAt(address, data.length));
  }

  #writePlanes({ data }: PlanarTarget, write: (address: number) => void): void {
    const inPlace = this.arena.offsetOf(data);
    const address = inPlace ?? this.#scratch.at('output', data.byteLength);
    write(address);
    if (inPlace === undefined) data.set(this.arena.floatsAt(address, data.length));
  }

  #planFor(picture: Picture, { width, height }: { width: number; height: number }): KernelPlan {
    return this.#plans.get(picture.width, picture.height, width, height);
  }

  /** Resizes into rows of `format`. */
  #resizeInto(picture: Picture, size: { width: number; height: number }, format: RawPixelFormat, rows: Rows): void {
    const plan = this.#planFor(picture, size);
    if (format === 'rgba8') {
      this.#run(picture, plan, rows);
      return;
    }
    const { width, height } = size;
    const rgba = this.#scratch.at('picture', width * height * 4);
    this.#run(picture, plan, { address: rgba, stride: width * 4 });
    const pack = format === 'rgb8' ? this.#functions.packRgb : this.#functions.packGray;
    pack(rgba, width, height, rows.address, rows.stride);
  }

  /** Follows a plan; the last step writes to `output`. */
  #run(picture: Picture, { plan, tables }: KernelPlan, output: Output): void {
    const { halve, halveToPlanes } = this.#functions;
    let at = picture;
    for (const [index, { width, height, halvesX, halvesY }] of plan.halvings.entries()) {
      const isLast = tables === undefined && index === plan.halvings.length - 1;
      if (isLast && output === 'planes') {
        halveToPlanes(at.address, at.width, at.height, halvesX, halvesY, this.#scratch.at('row', width * 4));
        return;
      }
      const rows = isLast && output !== 'planes' ? output : this.#halvedRows(index, width, height);
      halve(at.address, at.width, at.height, halvesX, halvesY, rows.address, rows.stride);
      at = { address: rows.address, width, height };
    }
    if (tables !== undefined) this.#sample(at, plan.width, plan.height, tables, output);
    else if (plan.halvings.length === 0) this.#pass(at, output);
  }

  /** Two halvings in turn never meet in one place. */
  #halvedRows(index: number, width: number, height: number): Rows {
    const purpose = index % 2 === 0 ? 'halved-even' : 'halved-odd';
    return { address: this.#scratch.at(purpose, width * height * 4), stride: width * 4 };
  }

  #sample(
    picture: Picture,
    width: number,
    height: number,
    { columns, rows }: { columns: number; rows: number },
    output: Output,
  ): void {
    let { address, width: sourceWidth } = picture;
    if (sourceWidth === 1) {
      address = this.#scratch.at('column', picture.height * 8);
      this.#functions.doubleColumn(picture.address, picture.height, address);
      sourceWidth = 2;
    }
    const stride = sourceWidth * 4;
    const nextRow = picture.height === 1 ? 0 : stride;
    const { sample, sampleToPlanes } = this.#functions;
    if (output === 'planes') {
      const row = this.#scratch.at('row', width * 4);
      sampleToPlanes(address, stride, nextRow, columns, rows, width, height, row);
    } else sample(address, stride, nextRow, columns, rows, width, height, output.address, output.stride);
  }

  #pass({ address, width, height }: Picture, output: Output): void {
    if (output === 'planes') this.#functions.toPlanes(address, width, height);
    else this.#functions.copyRows(address, width * 4, height, output.address, output.stride);
  }

  #setPlanes(address: number, target: PlanarTarget, place: PlanePlace, options: PlanarOptions): void {
    const planeBytes = target.width * target.height * 4;
    const start = address + (place.y * target.width + place.x) * 4;
    const rules = planeRules(options);
    const inOrder = rules.map((rule, index) => ({ ...rule, address: start + index * planeBytes }));
    const [red, green, blue] = inOrder.toSorted((a, b) => a.channel - b.channel);
    if (red === undefined || green === undefined || blue === undefined) return; // there are three rules
    this.#functions.setPlanes(red.address, green.address, blue.address, target.width * 4);
    this.#functions.setValues(red.mean, green.mean, blue.mean, red.scale, green.scale, blue.scale);
  }

  #fillBorder(address: number, letterbox: Letterbox, fill: number, options: PlanarOptions): void {
    const stride = letterbox.targetWidth * 4;
    for (const [index, rule] of planeRules(options).entries()) {
      const plane = address + index * letterbox.targetHeight * stride;
      const value = planeValue(fill, rule);
      for (const { x, y, width, height } of borderOf(letterbox))
        this.#functions.fillFloats(plane + y * stride + x * 4, width, height, stride, value);
    }
  }
}

/** What of the target the picture leaves free: above, below, left, right. */
function borderOf({ x, y, width, height, targetWidth, targetHeight }: Letterbox): readonly PlanePlace[] {
  return [
    { x: 0, y: 0, width: targetWidth, height: y },
    { x: 0, y: y + height, width: targetWidth, height: targetHeight - y - height },
    { x: 0, y, width: x, height },
    { x: x + width, y, width: targetWidth - x - width, height },
  ].filter((part) => part.width > 0 && part.height > 0);
}
