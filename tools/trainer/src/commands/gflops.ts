import { Arithmetic } from '../kernel/arithmetic.js';
import type { Command } from './command.js';

/** Products as they come up for 64 windows of 30 moments in a network of 64 channels. */
const SHAPES = [
  { what: 'conv of 5, 96 to 64 channels, forward', rows: 1920, columns: 64, depth: 480 },
  { what: 'its gradient by weights', rows: 480, columns: 64, depth: 1920, isATurned: true },
  { what: 'its gradient by inputs', rows: 1920, columns: 480, depth: 64, isBTurned: true },
  { what: 'conv of 3, 64 to 64 channels, forward', rows: 1920, columns: 64, depth: 192 },
  { what: 'dense, 128 to 31', rows: 64, columns: 31, depth: 128 },
] as const;

const ROUNDS = 15;

/** Measures the kernel beside plain loops: the best of several rounds, on one thread. */
export const gflops: Command = {
  title: 'measures the matrix kernel at real shapes beside plain loops',
  run: (_, signal) => {
    process.stdout.write(
      'product                                 rows columns depth    kernel  plain loops (GFLOPS)\n',
    );
    for (const shape of SHAPES) {
      signal.throwIfAborted();
      const { what, rows, columns, depth } = shape;
      const numbers = [rows, columns, depth].map((value) => String(value).padStart(6)).join(' ');
      const [kernel, plain] = [kernelRun(shape), plainRun(shape)].map((run) => rateOf(run, rows * columns * depth));
      process.stdout.write(`${what.padEnd(37)}${numbers} ${kernel?.padStart(9) ?? ''} ${plain?.padStart(12) ?? ''}\n`);
    }
    return Promise.resolve();
  },
};

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly isATurned?: boolean;
  readonly isBTurned?: boolean;
}

/** Billions of multiplications and additions a second. */
function rateOf(run: () => void, products: number): string {
  const repeats = Math.max(1, Math.round(4e7 / products));
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    for (let repeat = 0; repeat < repeats; repeat++) run();
    best = Math.min(best, (performance.now() - startMs) / repeats);
  }
  return ((2 * products) / best / 1e6).toFixed(1);
}

function kernelRun({ rows, columns, depth, isATurned, isBTurned }: Shape): () => void {
  const arithmetic = new Arithmetic();
  const [a, b, c] = [rows * depth, depth * columns, rows * columns].map((count) => arithmetic.allocate(count));
  if (a === undefined || b === undefined || c === undefined) throw new TypeError('Three were asked for.');
  for (const { data } of [a, b]) data.forEach((_, index) => (data[index] = Math.sin(index)));
  const left = { at: a.at, row: isATurned === true ? 1 : depth, column: isATurned === true ? rows : 1 };
  const right = { at: b.at, row: isBTurned === true ? 1 : columns, column: isBTurned === true ? depth : 1 };
  return () => arithmetic.multiply(rows, columns, depth, left, right, c.at, false);
}

function plainRun({ rows, columns, depth }: Shape): () => void {
  const a = Float32Array.from({ length: rows * depth }, (_, at) => Math.sin(at));
  const b = Float32Array.from({ length: depth * columns }, (_, at) => Math.sin(at));
  const c = new Float32Array(rows * columns);
  return () => plainProduct(a, b, c, rows, columns, depth);
}

/** The usual three loops, in the order that reads memory in a row. */
function plainProduct(
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
  rows: number,
  columns: number,
  depth: number,
): void {
  c.fill(0);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < depth; k++) {
      const factor = a[row * depth + k] ?? 0;
      for (let column = 0; column < columns; column++) {
        const at = row * columns + column;
        c[at] = (c[at] ?? 0) + factor * (b[k * columns + column] ?? 0);
      }
    }
  }
}
