import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BYTES_FILE, WASM_FILE, compileKernel } from '../kernel/compile.mjs';
import { kernelBytes } from '../src/kernel/arithmetic.js';

describe('The matrix kernel', () => {
  it('is committed as its source compiles (if not: pnpm run kernel in tools/trainer)', async () => {
    const { wasm, bytesModule } = await compileKernel();

    expect(Buffer.from(wasm).equals(await readFile(WASM_FILE))).toBe(true);
    expect(await readFile(BYTES_FILE, 'utf8')).toBe(bytesModule);
    expect(Buffer.from(wasm).equals(kernelBytes())).toBe(true);
  });

  it('is small, and has no instruction whose result depends on the machine', async () => {
    const bytes = await readFile(WASM_FILE);

    expect(bytes.length).toBeLessThan(3072);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([
      { module: 'env', name: 'memory', kind: 'memory' },
    ]);
    // Relaxed SIMD would need its flag; nothing but these features is asked for.
    expect(await readFile(new URL('../kernel/compile.mjs', import.meta.url), 'utf8')).toContain(
      "'--enable', 'simd,threads'",
    );
  });
});
