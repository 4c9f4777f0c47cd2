// The matrix product, the two moves of a convolution and the rectifier, in AssemblyScript: compiled by `compile.mjs` beside it and called by `src/kernel/arithmetic.ts`.
// Addresses are in bytes, strides in floats; the caller sees to it that all lies within the memory. Only plain SIMD, whose
// results are the same on every machine, and every sum runs in a fixed order: the same input gives the same bits.

/** Rows and columns of C that are kept in registers while a product runs along its depth. */
const ROWS: i32 = 4;
const COLUMNS: i32 = 8;
/** Depth of a block: a panel of B (256 x 8 floats) stays in the first cache. */
const DEPTH: i32 = 256;
/** Rows of A that are packed at once (64 x 256 floats: they stay in the second cache). */
const HEIGHT: i32 = 64;

/** Bytes that `multiply` needs at `scratch` for a product with `columns` columns. */
export function scratchBytes(columns: i32): i32 {
  const padded = ((columns + COLUMNS - 1) / COLUMNS) * COLUMNS;
  return (padded * DEPTH + HEIGHT * DEPTH + ROWS * COLUMNS) * 4;
}

/**
 * C[rows, columns] = A[rows, depth] * B[depth, columns], or C += with `adds`. Element (i, j) of A is at
 * a + (i * aRow + j * aColumn) * 4, so a transposed matrix is one with its strides swapped; the rows of C are `cRow` apart.
 */
export function multiply(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  adds: bool,
  scratch: usize,
): void {
  const padded = ((columns + COLUMNS - 1) / COLUMNS) * COLUMNS;
  const panelsOfA = scratch + <usize>(padded * DEPTH) * 4;
  const edge = panelsOfA + <usize>(HEIGHT * DEPTH) * 4;
  for (let k = 0; k < depth; k += DEPTH) {
    const deep = min(DEPTH, depth - k);
    packColumns(b + <usize>(k * bRow) * 4, bRow, bColumn, deep, columns, scratch);
    const isFirst = k === 0 && !adds;
    for (let i = 0; i < rows; i += HEIGHT) {
      const high = min(HEIGHT, rows - i);
      packRows(a + <usize>(i * aRow + k * aColumn) * 4, aRow, aColumn, deep, high, panelsOfA);
      for (let j = 0; j < columns; j += COLUMNS) {
        const panelOfB = scratch + <usize>(j * deep) * 4;
        const wide = min(COLUMNS, columns - j);
        for (let r = 0; r < high; r += ROWS) {
          const target = c + <usize>((i + r) * cRow + j) * 4;
          const panelOfA = panelsOfA + <usize>(r * deep) * 4;
          const tall = min(ROWS, high - r);
          if (wide === COLUMNS && tall === ROWS) tile(panelOfA, panelOfB, deep, target, cRow, isFirst);
          else {
            tile(panelOfA, panelOfB, deep, edge, COLUMNS, true);
            for (let y = 0; y < tall; y++) {
              for (let x = 0; x < wide; x++) {
                const at = target + <usize>(y * cRow + x) * 4;
                const value = load<f32>(edge + <usize>(y * COLUMNS + x) * 4);
                store<f32>(at, isFirst ? value : load<f32>(at) + value);
              }
            }
          }
        }
      }
    }
  }
}

/** Panels of four rows of A, each as [deep][4]; rows beyond the last are zeros. */
function packRows(a: usize, aRow: i32, aColumn: i32, deep: i32, high: i32, target: usize): void {
  const down = <usize>aRow * 4;
  const along = <usize>aColumn * 4;
  for (let i = 0; i < high; i += ROWS) {
    const base = a + <usize>i * down;
    if (i + ROWS <= high) {
      if (aRow === 1) {
        let from = base;
        for (let k = 0; k < deep; k++) {
          v128.store(target, v128.load(from));
          target += 16;
          from += along;
        }
      } else {
        let first = base;
        let second = first + down;
        let third = second + down;
        let fourth = third + down;
        for (let k = 0; k < deep; k++) {
          store<f32>(target, load<f32>(first));
          store<f32>(target, load<f32>(second), 4);
          store<f32>(target, load<f32>(third), 8);
          store<f32>(target, load<f32>(fourth), 12);
          target += 16;
          first += along;
          second += along;
          third += along;
          fourth += along;
        }
      }
    } else {
      const left = high - i;
      for (let k = 0; k < deep; k++) {
        for (let r = 0; r < ROWS; r++) {
          store<f32>(target, r < left ? load<f32>(base + <usize>r * down + <usize>k * along) : 0);
          target += 4;
        }
      }
    }
  }
}

/** Panels of eight columns of B, each as [deep][8]; columns beyond the last are zeros. */
function packColumns(b: usize, bRow: i32, bColumn: i32, deep: i32, columns: i32, target: usize): void {
  const down = <usize>bRow * 4;
  const along = <usize>bColumn * 4;
  for (let j = 0; j < columns; j += COLUMNS) {
    const base = b + <usize>j * along;
    if (bColumn === 1 && j + COLUMNS <= columns) {
      let from = base;
      for (let k = 0; k < deep; k++) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
        target += 32;
        from += down;
      }
    } else {
      const left = min(COLUMNS, columns - j);
      for (let k = 0; k < deep; k++) {
        const from = base + <usize>k * down;
        for (let x = 0; x < COLUMNS; x++) {
          store<f32>(target, x < left ? load<f32>(from + <usize>x * along) : 0);
          target += 4;
        }
      }
    }
  }
}

/** C[4, 8] = or += a panel of A times a panel of B, all in registers. */
function tile(a: usize, b: usize, deep: i32, c: usize, cRow: i32, isFirst: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const end = a + ((<usize>deep) << 4);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += 16;
    b += 32;
  }
  const next = <usize>cRow * 4;
  put(c, c00, c01, isFirst);
  c += next;
  put(c, c10, c11, isFirst);
  c += next;
  put(c, c20, c21, isFirst);
  c += next;
  put(c, c30, c31, isFirst);
}

function put(at: usize, left: v128, right: v128, isFirst: bool): void {
  if (!isFirst) {
    left = f32x4.add(left, v128.load(at));
    right = f32x4.add(right, v128.load(at, 16));
  }
  v128.store(at, left);
  v128.store(at, right, 16);
}

/**
 * Writes what each output moment of a convolution sees, as rows [samples * timeOut, taps * channels] of zeros where a tap
 * reaches over an end. Input rows are moments: [samples, timeIn, channels].
 */
export function unfold(
  source: usize,
  target: usize,
  samples: i32,
  timeIn: i32,
  timeOut: i32,
  channels: i32,
  taps: i32,
  stride: i32,
  dilation: i32,
  before: i32,
): void {
  const rowBytes = <usize>channels * 4;
  for (let n = 0; n < samples; n++) {
    for (let t = 0; t < timeOut; t++) {
      for (let k = 0; k < taps; k++) {
        const moment = t * stride + k * dilation - before;
        if (moment < 0 || moment >= timeIn) memory.fill(target, 0, rowBytes);
        else copy(source + <usize>moment * rowBytes, target, rowBytes);
        target += rowBytes;
      }
    }
    source += <usize>timeIn * rowBytes;
  }
}

/** The other way round, for gradients: adds each tap to the moment that it saw. The target begins as it is. */
export function fold(
  source: usize,
  target: usize,
  samples: i32,
  timeIn: i32,
  timeOut: i32,
  channels: i32,
  taps: i32,
  stride: i32,
  dilation: i32,
  before: i32,
): void {
  const rowBytes = <usize>channels * 4;
  for (let n = 0; n < samples; n++) {
    for (let t = 0; t < timeOut; t++) {
      for (let k = 0; k < taps; k++) {
        const moment = t * stride + k * dilation - before;
        if (moment >= 0 && moment < timeIn) increase(source, target + <usize>moment * rowBytes, rowBytes);
        source += rowBytes;
      }
    }
    target += <usize>timeIn * rowBytes;
  }
}

/** A loop beats `memory.copy` at the few hundred bytes of a row. */
function copy(source: usize, target: usize, bytes: usize): void {
  const end = source + bytes;
  while (source + 16 <= end) {
    v128.store(target, v128.load(source));
    source += 16;
    target += 16;
  }
  while (source < end) {
    store<f32>(target, load<f32>(source));
    source += 4;
    target += 4;
  }
}

function increase(source: usize, target: usize, bytes: usize): void {
  const end = source + bytes;
  while (source + 16 <= end) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    source += 16;
    target += 16;
  }
  while (source < end) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    source += 4;
    target += 4;
  }
}

/** max(x, 0) of so many bytes, which 16 divides. */
export function rectify(source: usize, target: usize, bytes: i32): void {
  const zero = f32x4.splat(0);
  for (let end = source + <usize>bytes; source < end; source += 16, target += 16)
    v128.store(target, f32x4.max(v128.load(source), zero));
}

/** The gradient where the output was above 0, and 0 elsewhere. */
export function rectifyBack(output: usize, gradient: usize, target: usize, bytes: i32): void {
  const zero = f32x4.splat(0);
  for (let end = output + <usize>bytes; output < end; output += 16, gradient += 16, target += 16)
    v128.store(target, v128.and(v128.load(gradient), f32x4.gt(v128.load(output), zero)));
}
