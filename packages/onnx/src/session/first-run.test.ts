import { WriterLogger } from '@kinegraph/core/plugin';
import * as ort from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { tensor } from '../tensor/index.js';
import { encodeModel } from '../writer/index.js';
import { openSession, type OnnxSession, type OrtEngine, type SessionOptions } from './index.js';

const bytes = encodeModel({
  graph: {
    name: 'identity',
    inputs: [{ name: 'x', type: 'float32', dims: [2] }],
    outputs: [{ name: 'y', type: 'float32', dims: [2] }],
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
  },
});
const x = tensor('float32', [2], [1, 2]);
let released = 0;

/** The real runtime, with a graphics card that takes every model and runs none: on the CPU, since there is no such card here. */
const engine: OrtEngine = {
  name: 'onnxruntime-test 1.0.0',
  Tensor: ort.Tensor,
  writesOutputs: true,
  providers: { cpu: 'cpu', webgpu: 'card' },
  create: async (model, options) => {
    const isCard = options.executionProviders?.[0] === 'card';
    const session = await ort.InferenceSession.create(model as Uint8Array, { ...options, executionProviders: ['cpu'] });
    if (isCard) session.run = () => Promise.reject(new Error('the device was lost'));
    const release = session.release.bind(session);
    session.release = () => {
      released += 1;
      return release();
    };
    return session;
  },
};

function open(options: SessionOptions): Promise<OnnxSession> {
  const providers = options.providers ?? ['webgpu'];
  return openSession(() => Promise.resolve(engine), { name: 'm.onnx', bytes, providers, options, signal: undefined });
}

it('falls back from a provider that starts and fails in the first run, with one warning', async () => {
  const told: string[] = [];
  const warmedUp: string[] = [];
  released = 0;
  const session = await open({
    logger: new WriterLogger((level, message) => told.push(`${level}: ${message}`)),
    warmUp: async (opened) => {
      warmedUp.push(opened.provider);
      await opened.run({ x });
    },
  });

  expect([session.provider, released, warmedUp]).toEqual(['cpu', 1, ['webgpu', 'cpu']]);
  expect(await session.run({ x })).toEqual({ y: x });
  expect(told).toEqual([
    'warn: Model "m.onnx" cannot run on provider "webgpu": it starts, and the first run fails, the device was lost. The runtime ' +
      'here has "cpu". Choose one of these, or install what "webgpu" needs. The model runs on the CPU instead.',
  ]);
  await session.release();
});

it('opens no more where the warm-up itself refuses the model', async () => {
  released = 0;
  const refusal = new TypeError('two inputs');

  await expect(open({ warmUp: () => Promise.reject(refusal) })).rejects.toBe(refusal);
  expect(released).toBe(1);
});
