import { WriterLogger, type LogLevel } from '@kinegraph/core/plugin';
import { describe, expect, it } from 'vitest';
import { WebOnnxRuntime } from '../browser/index.js';
import { nodeOnnxRuntime } from '../node/index.js';
import { tensor, type ElementType, type OnnxTensor } from '../tensor/index.js';
import { encodeModel } from '../writer/index.js';
import type { OnnxRuntime, Provider } from './index.js';

const web = new WebOnnxRuntime();
/** Providers that neither runtime has on this platform. */
const [absent, alsoAbsent]: [Provider, Provider] =
  process.platform === 'linux'
    ? ['coreml', 'directml']
    : ['tensorrt', process.platform === 'darwin' ? 'directml' : 'coreml'];

const RUNTIMES: { name: string; runtime: OnnxRuntime }[] = [
  { name: 'onnxruntime-node', runtime: nodeOnnxRuntime },
  { name: 'onnxruntime-web (WASM)', runtime: web },
];

/** y = x, of any element type, [n, 2]. */
function identity(type: ElementType): Uint8Array {
  return encodeModel({
    graph: {
      name: 'identity',
      inputs: [{ name: 'x', type, dims: ['n', 2] }],
      outputs: [{ name: 'y', type, dims: ['n', 2] }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    },
  });
}

/** A 2x2 box filter with stride 2 and a bias of 0.5 over one channel of 4x4. */
const convolution = encodeModel({
  graph: {
    name: 'box filter',
    inputs: [{ name: 'image', type: 'float32', dims: [1, 1, 4, 4] }],
    outputs: [{ name: 'sums', type: 'float32', dims: [1, 1, 2, 2] }],
    nodes: [
      {
        op: 'Conv',
        inputs: ['image', 'weights', 'bias'],
        outputs: ['sums'],
        attributes: { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] }, auto_pad: { string: 'VALID' } },
      },
    ],
    initializers: {
      weights: tensor('float32', [1, 1, 2, 2], [1, 1, 1, 1]),
      bias: tensor('float32', [1], [0.5]),
    },
  },
});

const image = tensor(
  'float32',
  [1, 1, 4, 4],
  Array.from({ length: 16 }, (_, index) => index),
);
const sums = [10.5, 18.5, 42.5, 50.5];

describe.each(RUNTIMES)('a session of $name', ({ runtime }) => {
  it('tells what it runs on, what goes in and what comes out', async () => {
    const session = await runtime.open(identity('int64'));

    expect(session.provider).toBe('cpu');
    expect(session.runtime).toMatch(/^onnxruntime-(?:node|web) 1\.\d+\.\d+$/);
    expect(session.inputs).toEqual([{ name: 'x', type: 'int64', dims: ['n', 2] }]);
    expect(session.outputs).toEqual([{ name: 'y', type: 'int64', dims: ['n', 2] }]);
    await session.release();
  });

  it.each<{ type: ElementType; values: number[] }>([
    { type: 'float32', values: [1.5, -2, 0, 3.25] },
    { type: 'float16', values: [1.5, -2, 0, 65504] },
    { type: 'int64', values: [1, -2, 0, 2 ** 53] },
    { type: 'int32', values: [1, -2, 0, 2 ** 31 - 1] },
    { type: 'uint8', values: [1, 2, 0, 255] },
    { type: 'bool', values: [1, 0, 0, 1] },
  ])('gives $type back as it was fed', async ({ type, values }) => {
    const session = await runtime.open(identity(type));
    const x = tensor(type, [2, 2], values);

    expect(await session.run({ x })).toEqual({ y: x });
    await session.release();
  });

  it('computes what the graph says', async () => {
    const session = await runtime.open(convolution);

    const { sums: result } = await session.run({ image });

    expect(result).toEqual(tensor('float32', [1, 1, 2, 2], sums));
    await session.release();
  });

  it('writes into the tensors it is given, and reads what is in its inputs at the time', async () => {
    const session = await runtime.open(convolution);
    const input = tensor('float32', [1, 1, 4, 4]);
    const output = tensor('float32', [1, 1, 2, 2]);

    const first = await session.run({ image: input }, { sums: output });
    expect([...output.data]).toEqual([0.5, 0.5, 0.5, 0.5]);
    input.data.set(image.data);
    const second = await session.run({ image: input }, { sums: output });

    expect([first['sums'], second['sums']].map((value) => value === output)).toEqual([true, true]);
    expect([...output.data]).toEqual(sums);
    await session.release();
  });

  it('gives only the outputs that are named', async () => {
    const session = await runtime.open(
      encodeModel({
        graph: {
          name: 'both signs',
          inputs: [{ name: 'x', type: 'float32', dims: [2] }],
          outputs: ['same', 'negative'].map((name) => ({ name, type: 'float32', dims: [2] })),
          nodes: [
            { op: 'Identity', inputs: ['x'], outputs: ['same'] },
            { op: 'Neg', inputs: ['x'], outputs: ['negative'] },
          ],
        },
      }),
    );
    const feeds = { x: tensor('float32', [2], [1, -2]) };

    expect(Object.keys(await session.run(feeds))).toEqual(['same', 'negative']);
    expect(await session.run(feeds, ['negative'])).toEqual({ negative: tensor('float32', [2], [-1, 2]) });
    await expect(session.run(feeds, ['positive'])).rejects.toMatchObject({ code: 'ONNX_NO_SUCH_VALUE' });
    await session.release();
  });

  it('takes tensors in shared memory', async () => {
    const session = await runtime.open(convolution);
    const input = tensor('float32', [1, 1, 4, 4], new Float32Array(new SharedArrayBuffer(64)));
    const output = tensor('float32', [1, 1, 2, 2], new Float32Array(new SharedArrayBuffer(16)));

    for (const factor of [1, 2]) {
      input.data.set(image.data.map((value) => value * factor));
      await session.run({ image: input }, { sums: output });
      expect([...output.data]).toEqual(sums.map((value) => (value - 0.5) * factor + 0.5));
    }
    await session.release();
  });

  it('runs what is asked at once one after the other', async () => {
    const session = await runtime.open(identity('int32'));
    const asked = [1, 2, 3].map((value) => session.run({ x: tensor('int32', [1, 2], [value, -value]) }));
    const released = session.release();

    const answers = await Promise.all(asked);

    expect(answers.map(({ y }) => (y as OnnxTensor<'int32'>).data[0])).toEqual([1, 2, 3]);
    await released;
  });

  it('runs with several threads', async () => {
    const session = await runtime.open(convolution, { threads: 2, spinning: true });

    expect((await session.run({ image }))['sums']?.data).toEqual(new Float32Array(sums));
    await session.release();
  });

  it('refuses to run once it is released, twice if need be', async () => {
    const session = await runtime.open(convolution, { name: 'filter.onnx' });
    await session.release();
    await session.release();

    await expect(session.run({ image })).rejects.toMatchObject({
      code: 'ONNX_SESSION_RELEASED',
      message: 'The session of model "filter.onnx" was run after it had been released. Open another one.',
    });
  });

  it('falls back to the CPU with one warning', async () => {
    const lines: [LogLevel, string][] = [];
    const logger = new WriterLogger((level, message) => lines.push([level, message]));
    const session = await runtime.open(convolution, { name: 'filter.onnx', providers: [absent, alsoAbsent], logger });

    expect(session.provider).toBe('cpu');
    expect((await session.run({ image }))['sums']?.data).toEqual(new Float32Array(sums));
    expect(lines).toEqual([
      [
        'warn',
        expect.stringMatching(
          new RegExp(
            `^Model "filter.onnx" cannot run on provider "${absent}": .+ "cpu".+ cannot run on provider "${alsoAbsent}": .+ The model runs on the CPU instead\\.$`,
          ),
        ),
      ],
    ]);
    await session.release();
  });

  it('refuses a provider that is not there, where it may not fall back', async () => {
    await expect(
      runtime.open(convolution, { name: 'filter.onnx', providers: [absent], fallBack: false }),
    ).rejects.toMatchObject({
      code: 'ONNX_PROVIDER_ABSENT',
      message: expect.stringMatching(
        new RegExp(
          `^Model "filter.onnx" cannot run on provider "${absent}": onnxruntime-\\w+ [\\d.]+ has no such provider here\\. .*"cpu"`,
        ),
      ) as string,
    });
  });

  it('stops opening when it is no longer wanted', async () => {
    await expect(runtime.open(convolution, { name: 'filter.onnx' }, AbortSignal.abort('enough'))).rejects.toMatchObject(
      { code: 'CORE_ABORTED' },
    );
  });
});
