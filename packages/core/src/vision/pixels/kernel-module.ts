import type { SharedArena } from '../memory/shared-arena.js';
import { KERNEL_BASE64 } from './kernel-bytes.js';

/** The functions of `kernel/pixels.ts`. All numbers but means, scales and fills are whole; addresses are in bytes. */
export interface KernelFunctions {
  readonly setPlanes: (red: number, green: number, blue: number, stride: number) => void;
  readonly setValues: (
    meanRed: number,
    meanGreen: number,
    meanBlue: number,
    scaleRed: number,
    scaleGreen: number,
    scaleBlue: number,
  ) => void;
  readonly halve: (
    source: number,
    width: number,
    height: number,
    halvesX: boolean,
    halvesY: boolean,
    target: number,
    targetStride: number,
  ) => void;
  readonly halveToPlanes: (
    source: number,
    width: number,
    height: number,
    halvesX: boolean,
    halvesY: boolean,
    row: number,
  ) => void;
  readonly sample: (
    source: number,
    stride: number,
    nextRow: number,
    columns: number,
    rows: number,
    width: number,
    height: number,
    target: number,
    targetStride: number,
  ) => void;
  readonly sampleToPlanes: (
    source: number,
    stride: number,
    nextRow: number,
    columns: number,
    rows: number,
    width: number,
    height: number,
    row: number,
  ) => void;
  readonly copyRows: (source: number, rowBytes: number, height: number, target: number, targetStride: number) => void;
  readonly toPlanes: (source: number, width: number, height: number) => void;
  readonly fillWords: (target: number, width: number, height: number, targetStride: number, word: number) => void;
  readonly fillFloats: (target: number, width: number, height: number, targetStride: number, value: number) => void;
  readonly fillBytes: (target: number, rowBytes: number, height: number, targetStride: number, value: number) => void;
  readonly expandRgb: (source: number, count: number, target: number) => void;
  readonly expandGray: (source: number, count: number, target: number) => void;
  readonly packRgb: (source: number, width: number, height: number, target: number, targetStride: number) => void;
  readonly packGray: (source: number, width: number, height: number, target: number, targetStride: number) => void;
  readonly doubleColumn: (source: number, height: number, target: number) => void;
}

/** The bytes of `kernel/pixels.wasm`. */
export function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0));
}

let compiled: WebAssembly.Module | undefined;

/**
 * An instance of the kernel on an arena. It compiles in well under a millisecond, once for each thread.
 * @throws WebAssembly.CompileError - the engine knows no SIMD.
 */
export function instantiateKernel(arena: SharedArena): KernelFunctions {
  compiled ??= new WebAssembly.Module(kernelBytes()); // immutable code, the same for all
  // The functions are those of the committed source: a test compiles it anew.
  return arena.instantiate(compiled).exports as unknown as KernelFunctions;
}
