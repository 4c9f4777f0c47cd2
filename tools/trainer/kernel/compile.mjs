// Compiles `gemm.ts` into `gemm.wasm` and into the module that carries its bytes beside the trainer:
// `pnpm run kernel` in tools/trainer. Both results are committed, so nobody needs the compiler to build the project; a
// test compiles anew and compares.

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import process from 'node:process';
import asc from 'assemblyscript/asc';

/** Memory comes from outside; it is shared, since views of shared memory stay valid when it grows. No runtime, no static data. */
const FLAGS = [
  ...['-O3', '--enable', 'simd,threads', '--runtime', 'stub', '--noAssert', '--use', 'abort='],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '32768'],
];

export const WASM_FILE = fileURLToPath(new URL('gemm.wasm', import.meta.url));
export const BYTES_FILE = fileURLToPath(new URL('../src/kernel/kernel-bytes.ts', import.meta.url));

/**
 * Compiles the kernel without writing anything.
 * @returns {Promise<{ wasm: Uint8Array, bytesModule: string }>}
 */
export async function compileKernel() {
  const source = await readFile(new URL('gemm.ts', import.meta.url), 'utf8');
  let wasm;
  let complaints = '';
  const { error } = await asc.main(['gemm.ts', '-o', 'gemm.wasm', ...FLAGS], {
    readFile: (name) => (name === 'gemm.ts' ? source : null),
    writeFile: (name, contents) => {
      if (name === 'gemm.wasm') wasm = contents;
    },
    listFiles: () => [],
    stderr: { write: (text) => void (complaints += String(text)) },
  });
  if (error !== null || wasm === undefined) throw new Error(`The kernel does not compile.\n${complaints}`);
  return { wasm, bytesModule: bytesModuleOf(wasm) };
}

function bytesModuleOf(wasm) {
  const base64 = Buffer.from(wasm).toString('base64');
  const lines = base64.match(/.{1,100}/g).map((line) => `  '${line}',`);
  return [
    '/** `kernel/gemm.wasm` in base64, written by `kernel/compile.mjs`: bundlers of all kinds carry a module along. */',
    `export const KERNEL_BASE64 = [\n${lines.join('\n')}\n].join('');\n`,
  ].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { wasm, bytesModule } = await compileKernel();
  await writeFile(WASM_FILE, wasm);
  await writeFile(BYTES_FILE, bytesModule);
  process.stdout.write(`${wasm.length} bytes\n`);
}
