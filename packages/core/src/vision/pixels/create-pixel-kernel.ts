import type { SharedArena } from '../memory/shared-arena.js';
import type { PixelKernel } from './pixel-kernel.js';
import { PlainPixelKernel } from './plain-pixel-kernel.js';
import { WasmPixelKernel } from './wasm-pixel-kernel.js';

/** The fastest kernel that the platform can have: WebAssembly on its arena, else plain TypeScript. */
export function createPixelKernel(arena: SharedArena | undefined): PixelKernel {
  if (arena === undefined) return new PlainPixelKernel();
  try {
    return new WasmPixelKernel(arena);
  } catch {
    return new PlainPixelKernel(); // an engine without SIMD
  }
}
