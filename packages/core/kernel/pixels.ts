// The pixel kernel, in AssemblyScript: compiled by `compile.mjs` beside it, called by
// `src/vision/pixels/wasm-pixel-kernel.ts`, and equal bit by bit to the plain functions there (`resize.ts`,
// `planar-float.ts`), which say what is computed and why. Here: RGBA only, addresses instead of arrays, no allocation.
// Callers see to it that every address is within the memory.

/** Bytes of the table for each four columns: four offsets (i32), then left and right weights of two pixels each, twice. */
const COLUMN_GROUP: usize = 80;

// Where planes go, and what becomes of samples. Each thread has an instance of its own, so nobody else sees these.
let redPlane: usize = 0;
let greenPlane: usize = 0;
let bluePlane: usize = 0;
let planeStride: usize = 0;
let redMean = f32x4.splat(0);
let greenMean = f32x4.splat(0);
let blueMean = f32x4.splat(0);
let redScale = f32x4.splat(1);
let greenScale = f32x4.splat(1);
let blueScale = f32x4.splat(1);

/** Sets where `*ToPlanes` write: the addresses of the first float of each channel, and the bytes from row to row. */
export function setPlanes(red: usize, green: usize, blue: usize, stride: usize): void {
  redPlane = red;
  greenPlane = green;
  bluePlane = blue;
  planeStride = stride;
}

/** Sets what `*ToPlanes` make of samples. */
export function setValues(
  meanRed: f32,
  meanGreen: f32,
  meanBlue: f32,
  scaleRed: f32,
  scaleGreen: f32,
  scaleBlue: f32,
): void {
  redMean = f32x4.splat(meanRed);
  greenMean = f32x4.splat(meanGreen);
  blueMean = f32x4.splat(meanBlue);
  redScale = f32x4.splat(scaleRed);
  greenScale = f32x4.splat(scaleGreen);
  blueScale = f32x4.splat(scaleBlue);
}

/** Halves an image along one axis or both into `target`, whose rows are `targetStride` bytes apart. */
export function halve(
  source: usize,
  width: i32,
  height: i32,
  halvesX: bool,
  halvesY: bool,
  target: usize,
  targetStride: usize,
): void {
  const rows = halvesY ? (height + 1) >> 1 : height;
  for (let y = 0; y < rows; y++) {
    halveRow(source, width, height, halvesX, halvesY, y, target + <usize>y * targetStride);
  }
}

/** As `halve`, into planes; `row` has room for one row of pixels. */
export function halveToPlanes(source: usize, width: i32, height: i32, halvesX: bool, halvesY: bool, row: usize): void {
  const rows = halvesY ? (height + 1) >> 1 : height;
  const columns = halvesX ? (width + 1) >> 1 : width;
  for (let y = 0; y < rows; y++) {
    halveRow(source, width, height, halvesX, halvesY, y, row);
    rowToPlanes(row, columns, y);
  }
}

/** Samples an image bilinearly by tables of columns and rows; `nextRow` is 0 for an image of one row, else `stride`. */
export function sample(
  source: usize,
  stride: usize,
  nextRow: usize,
  columns: usize,
  rows: usize,
  width: i32,
  height: i32,
  target: usize,
  targetStride: usize,
): void {
  for (let y = 0; y < height; y++) {
    const top = source + <usize>load<i32>(rows) * stride;
    sampleRow(top, top + nextRow, load<i32>(rows, 4), columns, width, target);
    rows += 8;
    target += targetStride;
  }
}

/** As `sample`, into planes; `row` has room for one row of pixels. */
export function sampleToPlanes(
  source: usize,
  stride: usize,
  nextRow: usize,
  columns: usize,
  rows: usize,
  width: i32,
  height: i32,
  row: usize,
): void {
  for (let y = 0; y < height; y++) {
    const top = source + <usize>load<i32>(rows) * stride;
    sampleRow(top, top + nextRow, load<i32>(rows, 4), columns, width, row);
    rowToPlanes(row, width, y);
    rows += 8;
  }
}

/** Copies the rows of an image, `targetStride` bytes apart. */
export function copyRows(source: usize, rowBytes: usize, height: i32, target: usize, targetStride: usize): void {
  for (let y = 0; y < height; y++) {
    memory.copy(target, source, rowBytes);
    source += rowBytes;
    target += targetStride;
  }
}

/** An image into planes as it is. */
export function toPlanes(source: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) rowToPlanes(source + ((<usize>y * width) << 2), width, y);
}

/** Rows of one 32-bit word: the four bytes of a pixel. */
export function fillWords(target: usize, width: i32, height: i32, targetStride: usize, word: i32): void {
  const words = i32x4.splat(word);
  for (let y = 0; y < height; y++) {
    let x = 0;
    for (; x + 4 <= width; x += 4) v128.store(target + ((<usize>x) << 2), words);
    for (; x < width; x++) store<i32>(target + ((<usize>x) << 2), word);
    target += targetStride;
  }
}

/** Rows of one float. */
export function fillFloats(target: usize, width: i32, height: i32, targetStride: usize, value: f32): void {
  fillWords(target, width, height, targetStride, reinterpret<i32>(value));
}

/** Rows of one byte. */
export function fillBytes(target: usize, rowBytes: usize, height: i32, targetStride: usize, value: i32): void {
  for (let y = 0; y < height; y++) {
    memory.fill(target, <u8>value, rowBytes);
    target += targetStride;
  }
}

/** RGB to RGBA, opaque. */
export function expandRgb(source: usize, count: i32, target: usize): void {
  const opaque = i32x4.splat(0xff000000);
  let at = 0;
  // Each load takes in four bytes more than are used, so the last pixels are done one by one.
  for (; at + 6 <= count; at += 4) {
    const rgb = v128.load(source);
    const spread = v128.swizzle(rgb, i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
    v128.store(target, v128.or(spread, opaque));
    source += 12;
    target += 16;
  }
  for (; at < count; at++) {
    store<u8>(target, load<u8>(source));
    store<u8>(target, load<u8>(source, 1), 1);
    store<u8>(target, load<u8>(source, 2), 2);
    store<u8>(target, 255, 3);
    source += 3;
    target += 4;
  }
}

/** Grey to RGBA, opaque. */
export function expandGray(source: usize, count: i32, target: usize): void {
  for (let at = 0; at < count; at++) {
    store<u32>(target + ((<usize>at) << 2), (<u32>load<u8>(source + at) * 0x010101) | 0xff000000);
  }
}

/** RGBA to RGB, rows of a picture into rows `targetStride` bytes apart. */
export function packRgb(source: usize, width: i32, height: i32, target: usize, targetStride: usize): void {
  for (let y = 0; y < height; y++) {
    let to = target;
    for (let x = 0; x < width; x++) {
      const pixel = load<u32>(source);
      store<u16>(to, <u16>pixel);
      store<u8>(to, <u8>(pixel >> 16), 2);
      source += 4;
      to += 3;
    }
    target += targetStride;
  }
}

/** The red of RGBA, which is its grey, rows of a picture into rows `targetStride` bytes apart. */
export function packGray(source: usize, width: i32, height: i32, target: usize, targetStride: usize): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      store<u8>(target + x, load<u8>(source));
      source += 4;
    }
    target += targetStride;
  }
}

/** An image of one column as one of two equal columns: whoever reads pairs of pixels then reads nothing else. */
export function doubleColumn(source: usize, height: i32, target: usize): void {
  for (let y = 0; y < height; y++) {
    const pixel = load<u32>(source + ((<usize>y) << 2));
    store<u32>(target + ((<usize>y) << 3), pixel);
    store<u32>(target + ((<usize>y) << 3), pixel, 4);
  }
}

function halveRow(source: usize, width: i32, height: i32, halvesX: bool, halvesY: bool, y: i32, target: usize): void {
  const stride = (<usize>width) << 2;
  const top = source + <usize>(halvesY ? 2 * y : y) * stride;
  const bottom = halvesY ? source + <usize>min(2 * y + 1, height - 1) * stride : top;
  if (halvesX) halvePairs(top, bottom, width, target);
  else meanOfRows(top, bottom, stride, target);
}

function halvePairs(top: usize, bottom: usize, width: i32, target: usize): void {
  const pairs = width >> 1;
  let x = 0;
  for (; x + 4 <= pairs; x += 4) {
    const topLow = v128.load(top);
    const topHigh = v128.load(top, 16);
    const bottomLow = v128.load(bottom);
    const bottomHigh = v128.load(bottom, 16);
    v128.store(
      target,
      meanOfFour(
        v128.shuffle<u32>(topLow, topHigh, 0, 2, 4, 6),
        v128.shuffle<u32>(topLow, topHigh, 1, 3, 5, 7),
        v128.shuffle<u32>(bottomLow, bottomHigh, 0, 2, 4, 6),
        v128.shuffle<u32>(bottomLow, bottomHigh, 1, 3, 5, 7),
      ),
    );
    top += 32;
    bottom += 32;
    target += 16;
  }
  const columns = (width + 1) >> 1;
  for (; x < columns; x++) {
    const right: usize = x < pairs ? 4 : 0; // the last pixel of an odd row is taken twice
    for (let channel: usize = 0; channel < 4; channel++) {
      const sum =
        <u32>load<u8>(top + channel) +
        <u32>load<u8>(top + right + channel) +
        <u32>load<u8>(bottom + channel) +
        <u32>load<u8>(bottom + right + channel);
      store<u8>(target + channel, <u8>((sum + 2) >> 2));
    }
    top += 8;
    bottom += 8;
    target += 4;
  }
}

/**
 * (a + b + c + d + 2) >> 2 without leaving 8 bits: the mean of two means rounds up twice, which is once too often where
 * the means differ in their last bit and one of them was rounded.
 */
function meanOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i8x16.avgr_u(a, b);
  const cd = i8x16.avgr_u(c, d);
  const wasRounded = v128.or(v128.xor(a, b), v128.xor(c, d));
  const excess = v128.and(v128.and(wasRounded, v128.xor(ab, cd)), i8x16.splat(1));
  return i8x16.sub(i8x16.avgr_u(ab, cd), excess);
}

function meanOfRows(top: usize, bottom: usize, rowBytes: usize, target: usize): void {
  let at: usize = 0;
  for (; at + 16 <= rowBytes; at += 16) {
    v128.store(target + at, i8x16.avgr_u(v128.load(top + at), v128.load(bottom + at)));
  }
  for (; at < rowBytes; at++) {
    store<u8>(target + at, <u8>((<u32>load<u8>(top + at) + <u32>load<u8>(bottom + at) + 1) >> 1));
  }
}

function sampleRow(top: usize, bottom: usize, weight: i32, columns: usize, width: i32, target: usize): void {
  const topWeight = i16x8.splat(<i16>(128 - weight));
  const bottomWeight = i16x8.splat(<i16>weight);
  let x = 0;
  for (; x + 4 <= width; x += 4) {
    v128.store(target, sampleFour(top, bottom, topWeight, bottomWeight, columns));
    columns += COLUMN_GROUP;
    target += 16;
  }
  if (x === width) return;
  const last = sampleFour(top, bottom, topWeight, bottomWeight, columns); // the table is filled up to four
  const left = width - x;
  store<i32>(target, i32x4.extract_lane(last, 0));
  if (left > 1) store<i32>(target, i32x4.extract_lane(last, 1), 4);
  if (left > 2) store<i32>(target, i32x4.extract_lane(last, 2), 8);
}

function sampleFour(top: usize, bottom: usize, topWeight: v128, bottomWeight: v128, columns: usize): v128 {
  const half = i16x8.splat(64);
  const a = blendRows(top, bottom, load<i32>(columns), topWeight, bottomWeight);
  const b = blendRows(top, bottom, load<i32>(columns, 4), topWeight, bottomWeight);
  const c = blendRows(top, bottom, load<i32>(columns, 8), topWeight, bottomWeight);
  const d = blendRows(top, bottom, load<i32>(columns, 12), topWeight, bottomWeight);
  const ab = i16x8.add(
    i16x8.q15mulr_sat_s(v128.shuffle<u64>(a, b, 0, 2), v128.load(columns, 16)),
    i16x8.q15mulr_sat_s(v128.shuffle<u64>(a, b, 1, 3), v128.load(columns, 32)),
  );
  const cd = i16x8.add(
    i16x8.q15mulr_sat_s(v128.shuffle<u64>(c, d, 0, 2), v128.load(columns, 48)),
    i16x8.q15mulr_sat_s(v128.shuffle<u64>(c, d, 1, 3), v128.load(columns, 64)),
  );
  return i8x16.narrow_i16x8_u(i16x8.shr_u(i16x8.add(ab, half), 7), i16x8.shr_u(i16x8.add(cd, half), 7));
}

/** Two neighbouring pixels of two rows, blended between the rows, in 128ths. */
function blendRows(top: usize, bottom: usize, offset: i32, topWeight: v128, bottomWeight: v128): v128 {
  return i16x8.add(
    i16x8.mul(v128.load_ext<u8>(top + offset), topWeight),
    i16x8.mul(v128.load_ext<u8>(bottom + offset), bottomWeight),
  );
}

function rowToPlanes(source: usize, width: i32, y: i32): void {
  let red = redPlane + <usize>y * planeStride;
  let green = greenPlane + <usize>y * planeStride;
  let blue = bluePlane + <usize>y * planeStride;
  // In locals: the engine reads a global anew for each pixel.
  const meanOfRed = redMean;
  const meanOfGreen = greenMean;
  const meanOfBlue = blueMean;
  const scaleOfRed = redScale;
  const scaleOfGreen = greenScale;
  const scaleOfBlue = blueScale;
  const low = i32x4.splat(0xff);
  let x = 0;
  for (; x + 4 <= width; x += 4) {
    const pixels = v128.load(source);
    const reds = f32x4.convert_i32x4_s(v128.and(pixels, low));
    const greens = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 8), low));
    const blues = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 16), low));
    v128.store(red, f32x4.mul(f32x4.sub(reds, meanOfRed), scaleOfRed));
    v128.store(green, f32x4.mul(f32x4.sub(greens, meanOfGreen), scaleOfGreen));
    v128.store(blue, f32x4.mul(f32x4.sub(blues, meanOfBlue), scaleOfBlue));
    source += 16;
    red += 16;
    green += 16;
    blue += 16;
  }
  for (; x < width; x++) {
    store<f32>(red, (<f32>load<u8>(source) - f32x4.extract_lane(redMean, 0)) * f32x4.extract_lane(redScale, 0));
    store<f32>(
      green,
      (<f32>load<u8>(source, 1) - f32x4.extract_lane(greenMean, 0)) * f32x4.extract_lane(greenScale, 0),
    );
    store<f32>(blue, (<f32>load<u8>(source, 2) - f32x4.extract_lane(blueMean, 0)) * f32x4.extract_lane(blueScale, 0));
    source += 4;
    red += 4;
    green += 4;
    blue += 4;
  }
}
