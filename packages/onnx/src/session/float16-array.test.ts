import { describe, expect, it } from 'vitest';
import { WebOnnxRuntime } from '../browser/index.js';
import { nodeOnnxRuntime } from '../node/index.js';
import { tensor } from '../tensor/index.js';
import { encodeModel } from '../writer/index.js';

/** As the engine's own: 16 bits, and no `Uint16Array`. onnxruntime looks for it once, with the first tensor of the process. */
class BitsOfHalves extends Int16Array<ArrayBuffer> {}
const isNative = 'Float16Array' in globalThis;
if (!isNative) Object.assign(globalThis, { Float16Array: BitsOfHalves });

const identity = encodeModel({
  graph: {
    name: 'identity',
    inputs: [{ name: 'x', type: 'float16', dims: ['n'] }],
    outputs: [{ name: 'y', type: 'float16', dims: ['n'] }],
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
  },
});

describe(`where there is a Float16Array (${isNative ? "the engine's" : 'a stand-in'})`, () => {
  it.each([
    { name: 'onnxruntime-node', runtime: nodeOnnxRuntime },
    { name: 'onnxruntime-web (WASM)', runtime: new WebOnnxRuntime() },
  ])('$name takes and gives halves as their bits', async ({ runtime }) => {
    const session = await runtime.open(identity);
    const x = tensor('float16', [3], [1.5, -2, 65504]);
    const shared = tensor('float16', [3], new Uint16Array(new SharedArrayBuffer(6)));
    const y = tensor('float16', [3]);
    shared.data.set(x.data);

    expect(await session.run({ x })).toEqual({ y: x });
    await session.run({ x: shared }, { y });
    expect(y).toEqual(x);
    x.data.reverse();
    expect(await session.run({ x }, { y })).toEqual({ y: x });
    await session.release();
  });
});
