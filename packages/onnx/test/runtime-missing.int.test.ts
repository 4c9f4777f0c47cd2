import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('says what onnxruntime-node runs on where it has no binary, and that only when a model is opened', async () => {
  // The package looks for its binary by the name of the processor: on this one it would not find any.
  const program = `
    Object.defineProperty(process, 'arch', { value: 's390x' });
    const { nodeOnnxRuntime } = await import(${JSON.stringify(new URL('../dist/node/index.js', import.meta.url).href)});
    const { encodeModel } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    const graph = { name: 'empty', inputs: [], outputs: [], nodes: [] };
    for (let time = 0; time < 2; time += 1) {
      await nodeOnnxRuntime.open(encodeModel({ graph })).catch((error) => console.log(error.code + ': ' + error.message));
    }`;

  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);

  const sentence =
    `ONNX_RUNTIME_MISSING: onnxruntime-node does not load on ${process.platform}-s390x: Cannot find module ` +
    `'../bin/napi-v6/${process.platform}/s390x/onnxruntime_binding.node'. It runs on linux-x64, linux-arm64, darwin-arm64, ` +
    'win32-x64 and win32-arm64. Reinstall the packages on this machine, or use another one.';
  expect(stdout).toBe(`${sentence}\n${sentence}\n`);
});
