import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BYTES_FILE, WASM_FILE, compileKernel } from '../kernel/compile.mjs';
import { kernelBytes } from '../src/vision/pixels/kernel-module.js';

describe('the pixel kernel', () => {
  it('is committed as its source compiles (if not: pnpm run kernel in packages/core)', async () => {
    const { wasm, bytesModule } = await compileKernel();

    expect(Buffer.from(wasm).equals(await readFile(WASM_FILE))).toBe(true);
    expect(await readFile(BYTES_FILE, 'utf8')).toBe(bytesModule);
    expect(Buffer.from(wasm).equals(kernelBytes())).toBe(true);
  });

  it('imports nothing but its memory, brings no data along, and is small enough to be compiled at once in any page', async () => {
    const bytes = await readFile(WASM_FILE);
    const module = new WebAssembly.Module(bytes);

    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    expect(bytes.length).toBeLessThan(4096);
    // An instance must leave the memory as it is: other threads have frames there.
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
    new Uint8Array(memory.buffer).fill(7);
    new WebAssembly.Instance(module, { env: { memory } });
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 7)).toBe(true);
  });
});
