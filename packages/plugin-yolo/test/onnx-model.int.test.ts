import { PlainPixelKernel, WriterLogger, errorCode } from '@kinegraph/core/plugin';
import type { Frame, LogLevel, PacketWindow } from '@kinegraph/core/plugin';
import { FrameLedger, aProcessInfo, aTrace } from '@kinegraph/core/testing';
import type { OnnxRuntime } from '@kinegraph/onnx';
import { WebOnnxRuntime } from '@kinegraph/onnx/browser';
import { nodeOnnxRuntime } from '@kinegraph/onnx/node';
import { describe, expect, it } from 'vitest';
import { OnnxModelConfig } from '../src/nodes/onnx-model/config.js';
import { OnnxModelTransform } from '../src/nodes/onnx-model/onnx-model-transform.js';
import type { OnnxModelAnswer } from '../src/nodes/onnx-model/onnx-model-transform.js';
import { aPictureModel, channelMeans } from './support/onnx-models.js';

const signal = new AbortController().signal;
const logged: [LogLevel, string][] = [];

function aTransform(
  bytes: Uint8Array,
  config: Partial<OnnxModelConfig> = {},
  runtime: OnnxRuntime = nodeOnnxRuntime,
): OnnxModelTransform {
  const identity = { name: 'net', type: 'onnx.model', runId: 'run' };
  const models = { read: () => Promise.resolve(bytes) };
  const logger = new WriterLogger((level, message) => logged.push([level, message]));
  const whole = OnnxModelConfig.parse({ model: 'm.onnx', ...config });
  return new OnnxModelTransform(whole, identity, models, runtime, new PlainPixelKernel(), logger);
}

/** Opens, answers one input after the other, closes. */
async function answersOf(transform: OnnxModelTransform, inputs: readonly unknown[]): Promise<OnnxModelAnswer[]> {
  await transform.open(signal);
  const answers: OnnxModelAnswer[] = [];
  for (const input of inputs) answers.push(await transform.transform(input as Frame));
  await transform.close();
  return answers;
}

async function codeOfOpening(bytes: Uint8Array, config: Partial<OnnxModelConfig>): Promise<unknown> {
  const transform = aTransform(bytes, config);
  try {
    await transform.open(signal);
    return 'none';
  } catch (error) {
    return errorCode(error);
  } finally {
    await transform.close();
  }
}

const ledger = new FrameLedger();
/** A frame of one colour. */
function colour(red: number, green: number, blue: number, width = 8, height = 8): Frame {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([red, green, blue, 255], at);
  return ledger.frame({ width, height }, data);
}

function windowOf(...frames: Frame[]): PacketWindow<Frame> {
  const packets = frames.map((value, index) => {
    const { timestampMs } = aProcessInfo(index);
    return { kind: 'value' as const, timestampMs, value, trace: aTrace() };
  });
  const window: PacketWindow<Frame> = {
    packets: packets as unknown as PacketWindow<Frame>['packets'],
    startMs: 0,
    endMs: frames.length,
    clone: () => window,
    close: () => {},
  };
  return window;
}

describe('onnx.model', () => {
  it.each([
    { name: 'onnxruntime-node', runtime: nodeOnnxRuntime },
    { name: 'onnxruntime-web (WASM)', runtime: new WebOnnxRuntime() },
  ])('feeds what the configuration says, on $name', async ({ runtime }) => {
    const bytes = aPictureModel({ dims: [1, 3, 2, 2] });
    const config: Partial<OnnxModelConfig> = { resize: 'stretch', colour: 'bgr', mean: [0.5], std: [0.25, 0.5, 1] };

    const [answer] = await answersOf(aTransform(bytes, config, runtime), [colour(255, 0, 51)]);

    const { data, dims, type } = answer?.tensors['answer'] ?? {};
    expect({ dims, type }).toEqual({ dims: [1, 3, 2, 2], type: 'float32' });
    const expected = [-0.3, -0.3, -0.3, -0.3, -1, -1, -1, -1, 2, 2, 2, 2];
    for (const [index, value] of expected.entries()) expect(Number(data?.[index])).toBeCloseTo(value, 6);
    expect(answer?.letterbox).toMatchObject({ x: 0, y: 0, width: 2, height: 2, sourceWidth: 8, scaleX: 0.25 });
  });

  it('gives each frame an answer of its own', async () => {
    const transform = aTransform(aPictureModel({ dims: ['n', 3, 4, 4], nodes: [channelMeans] }));

    const answers = await answersOf(transform, [colour(255, 0, 0), colour(0, 255, 0), colour(0, 0, 255)]);

    expect(answers.map(({ tensors }) => [...(tensors['answer']?.data ?? [])])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('takes windows of as many frames as come, oldest first', async () => {
    const transform = aTransform(aPictureModel({ dims: ['n', 3, 4, 4], nodes: [channelMeans] }));
    const [red, blue] = [colour(255, 0, 0), colour(0, 0, 255)];

    const answers = await answersOf(transform, [windowOf(red, blue), windowOf(blue), windowOf(blue, red, red), red]);

    expect(answers.map(({ tensors }) => [tensors['answer']?.dims, [...(tensors['answer']?.data ?? [])]])).toEqual([
      [
        [2, 3],
        [1, 0, 0, 0, 0, 1],
      ],
      [
        [1, 3],
        [0, 0, 1],
      ],
      [
        [3, 3],
        [0, 0, 1, 1, 0, 0, 1, 0, 0],
      ],
      [
        [1, 3],
        [1, 0, 0],
      ],
    ]);
  });

  it('refuses a window that is too short, and takes the next', async () => {
    const transform = aTransform(aPictureModel({ dims: [1, 2, 3, 4, 4] }));
    await transform.open(signal);
    const red = colour(255, 0, 0);

    await expect(transform.transform(red)).rejects.toMatchObject({
      code: 'ONNX_INPUT_MISFIT',
      message: expect.stringContaining(
        'takes float32 [1, 2, 3, 4, 4], but is given float32 [1, 3, 4, 4]. Give a window',
      ) as string,
    });
    await expect(transform.transform(windowOf())).rejects.toMatchObject({ code: 'ONNX_PICTURE_FORMAT' });
    const { tensors } = await transform.transform(windowOf(red, red));
    expect(tensors['answer']?.dims).toEqual([1, 2, 3, 4, 4]);
    await transform.close();
  });

  it('feeds other inputs with constants, and gives only the outputs that are asked for', async () => {
    const bytes = aPictureModel({
      dims: [1, 3, 1, 1],
      others: [
        { name: 'factor', type: 'float32', dims: [] },
        { name: 'offsets', type: 'float32', dims: ['n'] },
      ],
      nodes: [
        { op: 'Mul', inputs: ['picture', 'factor'], outputs: ['scaled'] },
        { op: 'Reshape', inputs: ['scaled', 'flat'], outputs: ['row'] },
        { op: 'Constant', inputs: [], outputs: ['flat'], attributes: { value_ints: { ints: [3] } } },
        { op: 'Add', inputs: ['row', 'offsets'], outputs: ['answer'] },
        { op: 'Identity', inputs: ['row'], outputs: ['side'] },
      ].toSorted((left, right) => Number(right.op === 'Constant') - Number(left.op === 'Constant')),
      outputs: [{ name: 'side', type: 'float32' }],
    });
    const constants = { factor: 10, offsets: [1, 2, 3] };
    const white = colour(255, 255, 255);

    const [all] = await answersOf(aTransform(bytes, { constants }), [white]);
    const [some] = await answersOf(aTransform(bytes, { constants, outputs: ['answer'] }), [white]);

    expect(all?.tensors['side']?.data).toEqual(Float32Array.of(10, 10, 10));
    expect(some?.tensors).toEqual({ answer: { type: 'float32', dims: [3], data: Float32Array.of(11, 12, 13) } });
  });

  it('writes float16, and gives it on as float32', async () => {
    const [answer] = await answersOf(
      aTransform(aPictureModel({ dims: [1, 3, 1, 1], type: 'float16' }), { std: [0.5] }),
      [colour(255, 0, 255)],
    );

    expect(answer?.tensors['answer']).toEqual({ type: 'float32', dims: [1, 3, 1, 1], data: Float32Array.of(2, 0, 2) });
  });

  it('writes the samples themselves where the input takes whole numbers', async () => {
    const bytes = aPictureModel({ dims: [1, 1, 1, 3], type: 'uint8' });

    const [answer] = await answersOf(aTransform(bytes, { layout: 'nhwc' }), [colour(7, 77, 200)]);

    expect(answer?.tensors['answer']).toEqual({ type: 'uint8', dims: [1, 1, 1, 3], data: Uint8Array.of(7, 77, 200) });
  });

  it('refuses NaN with its place, or keeps it where it is told to, live', async () => {
    const nodes = [{ op: 'Div', inputs: ['picture', 'picture'], outputs: ['answer'] }];
    const transform = aTransform(aPictureModel({ dims: [1, 3, 1, 1], nodes }));
    await transform.open(signal);

    await expect(transform.transform(colour(255, 0, 255))).rejects.toMatchObject({
      code: 'ONNX_NOT_FINITE',
      message: expect.stringMatching(
        /^Model "m.onnx" gave NaN as element 1 of output "answer" \[1, 3, 1, 1\], .* set "notFinite" to "keep"\.$/,
      ) as string,
    });
    expect((await transform.transform(colour(1, 2, 3))).tensors['answer']?.data).toEqual(Float32Array.of(1, 1, 1));
    const config = OnnxModelConfig.parse({ model: 'm.onnx' });
    expect(transform.reconfigure({ ...config, notFinite: 'keep' })).toBe(true);
    expect((await transform.transform(colour(255, 0, 255))).tensors['answer']?.data[1]).toBeNaN();
    expect(transform.reconfigure({ ...config, scale: 1 })).toBe(false);
    await transform.close();
  });

  it('refuses a frame that is encoded, and takes the next', async () => {
    const transform = aTransform(aPictureModel({ dims: [1, 3, 1, 1] }));
    await transform.open(signal);

    await expect(
      transform.transform(ledger.frame({ format: 'jpeg' }, Uint8Array.of(0xff, 0xd8, 0xff))),
    ).rejects.toMatchObject({
      code: 'ONNX_PICTURE_FORMAT',
      message: expect.stringMatching(
        /^Node "net" got a frame in the format "jpeg", .*core\.transform\.decode/,
      ) as string,
    });
    expect((await transform.transform(colour(255, 255, 255))).tensors['answer']?.data).toEqual(
      Float32Array.of(1, 1, 1),
    );
    await transform.close();
  });

  it.each<[what: string, bytes: Uint8Array, config: Partial<OnnxModelConfig>, code: string]>([
    ['no model', new TextEncoder().encode('<html>'), {}, 'ONNX_NOT_A_MODEL'],
    ['another size', aPictureModel({ dims: [1, 3, 4, 4] }), { width: 5 }, 'ONNX_INPUT_MISFIT'],
    ['an open size', aPictureModel({ dims: [1, 3, 'h', 'w'] }), {}, 'ONNX_INPUT_MISFIT'],
    [
      'memory that there is none of',
      aPictureModel({ dims: [1, 3, 'h', 'w'] }),
      { width: 16_384, height: 16_384 },
      'ONNX_TOO_LARGE',
    ],
    [
      'two inputs without a value',
      aPictureModel({ dims: [1, 3, 2, 2], others: [{ name: 'b', type: 'float32', dims: [1] }] }),
      {},
      'ONNX_INPUT_CHOICE',
    ],
    ['an input that there is not', aPictureModel({ dims: [1, 3, 2, 2] }), { input: 'images' }, 'ONNX_NO_SUCH_VALUE'],
    [
      'a constant that there is not',
      aPictureModel({ dims: [1, 3, 2, 2] }),
      { constants: { factor: 1 } },
      'ONNX_NO_SUCH_VALUE',
    ],
    [
      'too few constants',
      aPictureModel({ dims: [1, 3, 2, 2], others: [{ name: 'b', type: 'float32', dims: [2] }] }),
      { constants: { b: [1, 2, 3] } },
      'ONNX_INPUT_MISFIT',
    ],
    [
      'an output that there is not',
      aPictureModel({ dims: [1, 3, 2, 2] }),
      { outputs: ['boxes'] },
      'ONNX_NO_SUCH_VALUE',
    ],
  ])('refuses %s when it opens', async (_, bytes, config, code) => {
    expect(await codeOfOpening(bytes, config)).toBe(code);
  });
});
