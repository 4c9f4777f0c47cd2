import { KERNEL_BASE64 } from './kernel-bytes.js';

/** Floats in the kernel's memory. */
export interface Tensor {
  /** Address in bytes. */
  readonly at: number;
  readonly data: Float32Array;
}

/** A matrix as the kernel reads it; a transposed one has its strides swapped. */
export interface Matrix {
  /** Address in bytes of its first element. */
  readonly at: number;
  /** Floats from row to row. */
  readonly row: number;
  /** Floats from column to column. */
  readonly column: number;
}

/** How a convolution along time walks. */
export interface Walk {
  readonly timeIn: number;
  readonly timeOut: number;
  readonly channels: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Moments of zeros before the first. */
  readonly before: number;
}

type WalkArguments = readonly [
  source: number,
  target: number,
  samples: number,
  timeIn: number,
  timeOut: number,
  channels: number,
  taps: number,
  stride: number,
  dilation: number,
  before: number,
];

/** The functions of `kernel/gemm.ts`. All arguments are whole numbers; addresses are in bytes. */
interface KernelFunctions {
  readonly scratchBytes: (columns: number) => number;
  readonly multiply: (
    rows: number,
    columns: number,
    depth: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    c: number,
    cRow: number,
    adds: boolean,
    scratch: number,
  ) => void;
  readonly unfold: (...walk: WalkArguments) => void;
  readonly fold: (...walk: WalkArguments) => void;
  readonly rectify: (source: number, target: number, bytes: number) => void;
  readonly rectifyBack: (output: number, gradient: number, target: number, bytes: number) => void;
}

const PAGE = 65_536;
const MOST_PAGES = 32_768; // as the kernel was compiled: 2 GiB

let compiled: WebAssembly.Module | undefined;

/** The bytes of `kernel/gemm.wasm`. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(KERNEL_BASE64, 'base64'));
}

/**
 * The kernel with a memory of its own, which grows as tensors are allocated and goes when nobody holds it any more. The
 * memory is of the shared sort only because views of such memory stay valid when it grows.
 */
export class Arithmetic {
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  readonly #kernel: KernelFunctions;
  #end = 16;
  #scratch: Tensor;

  constructor() {
    compiled ??= new WebAssembly.Module(kernelBytes());
    // The functions are those of the committed source: a test compiles it anew.
    this.#kernel = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } })
      .exports as unknown as KernelFunctions;
    this.#scratch = this.allocate(0);
  }

  /**
   * Zeros, at an address that 16 divides.
   * @throws RangeError - more than the 2 GiB that a kernel's memory may have
   */
  allocate(count: number): Tensor {
    const at = this.#end;
    this.#end = at + wholeBytes(count);
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return { at, data: new Float32Array(this.#memory.buffer, at, count) };
  }

  /** A part of a tensor, in the same memory. */
  part(tensor: Tensor, from: number, count: number): Tensor {
    return { at: tensor.at + from * 4, data: tensor.data.subarray(from, from + count) };
  }

  /** C = A * B, or C += A * B with `adds`. The rows of C, which must not be A or B, follow each other without gaps. */
  multiply(rows: number, columns: number, depth: number, a: Matrix, b: Matrix, c: number, adds: boolean): void {
    const needed = this.#kernel.scratchBytes(columns) / 4;
    if (this.#scratch.data.length < needed) this.#scratch = this.allocate(needed);
    const { at } = this.#scratch;
    this.#kernel.multiply(
      ...([rows, columns, depth] as const),
      ...([a.at, a.row, a.column] as const),
      ...([b.at, b.row, b.column] as const),
      ...([c, columns, adds, at] as const),
    );
  }

  /** What each output moment of a convolution sees, as rows [samples * timeOut, taps * channels]. */
  unfold(walk: Walk, source: number, target: number, samples: number): void {
    this.#kernel.unfold(...argumentsOf(walk, source, target, samples));
  }

  /** The other way round: adds what each tap got to the moment that it saw. */
  fold(walk: Walk, source: number, target: number, samples: number): void {
    this.#kernel.fold(...argumentsOf(walk, source, target, samples));
  }

  /** max(x, 0) of the first values; both tensors are whole ones, whose last 16 bytes may be written to. */
  rectify(source: Tensor, target: Tensor, count: number): void {
    this.#kernel.rectify(source.at, target.at, wholeBytes(count));
  }

  /** The gradients of those of the first values whose output was above 0; 0 for the others. */
  rectifyBack(output: Tensor, gradient: Tensor, target: Tensor, count: number): void {
    this.#kernel.rectifyBack(output.at, gradient.at, target.at, wholeBytes(count));
  }
}

/** Tensors take whole steps of 16 bytes. */
function wholeBytes(count: number): number {
  return Math.ceil((count * 4) / 16) * 16;
}

function argumentsOf(walk: Walk, source: number, target: number, samples: number): WalkArguments {
  const { timeIn, timeOut, channels, taps, stride, dilation, before } = walk;
  return [source, target, samples, timeIn, timeOut, channels, taps, stride, dilation, before];
}
