import { WriterLogger } from '@kinegraph/core/plugin';
import { env } from 'onnxruntime-web/wasm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebOnnxRuntime } from '../browser/index.js';
import { tensor } from '../tensor/index.js';
import { encodeModel } from '../writer/index.js';

// As in a page whose server lacks the script of that build: there is an adapter, and no code for it.
vi.mock('onnxruntime-web/webgpu', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

const identity = encodeModel({
  graph: {
    name: 'identity',
    inputs: [{ name: 'x', type: 'float32', dims: [2] }],
    outputs: [{ name: 'y', type: 'float32', dims: [2] }],
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
  },
});
const x = tensor('float32', [2], [1, 2]);

describe('a build that does not load', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is fallen back from with one warning, and the build that is there stays', async () => {
    const runtime = new WebOnnxRuntime();
    await (await runtime.open(identity, { threads: 1 })).release();
    vi.stubGlobal('navigator', { gpu: {} });
    const warnings: string[] = [];
    const logger = new WriterLogger((level, message) => warnings.push(`${level}: ${message}`));

    const options = { name: 'm.onnx', providers: ['webgpu'], threads: 2, logger } as const;
    const session = await runtime.open(identity, options);

    expect(session.provider).toBe('cpu');
    expect(await session.run({ x })).toEqual({ y: x });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^warn: Model "m.onnx" cannot run on provider "webgpu": onnxruntime-web does not load, .+\. The runtime here has "cpu"\. .+ The model runs on the CPU instead\.$/,
      ),
    ]);
    expect(env.wasm.numThreads).toBe(1); // loaded once, for the first model
    await session.release();
  });

  it('is told of where there is to be no falling back', async () => {
    vi.stubGlobal('navigator', { gpu: {} });

    await expect(new WebOnnxRuntime().open(identity, { providers: ['webgpu'], fallBack: false })).rejects.toMatchObject(
      { code: 'ONNX_PROVIDER_ABSENT', cause: { code: 'ONNX_RUNTIME_MISSING' } },
    );
  });
});
