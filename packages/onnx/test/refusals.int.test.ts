import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebOnnxRuntime } from '../src/browser/index.js';
import { encodeModel, tensor, type ModelSpec, type OnnxRuntime } from '../src/index.js';
import { nodeOnnxRuntime } from '../src/node/index.js';
import { ProtoWriter } from '../src/writer/proto-writer.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-onnx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** y = x [2, 'n'], changed as told. */
function model(changes: Partial<ModelSpec> = {}, op = 'Identity'): Uint8Array {
  return encodeModel({
    graph: {
      name: 'test',
      inputs: [{ name: 'x', type: 'float32', dims: [2, 'n'] }],
      outputs: [{ name: 'y', type: 'float32', dims: [2, 'n'] }],
      nodes: [{ op, inputs: ['x'], outputs: ['y'] }],
    },
    ...changes,
  });
}

/** y = x + w, where w [2] lies in another file. */
function externalModel(location: string): Uint8Array {
  const value = (name: string) => (out: ProtoWriter) =>
    out
      .string(1, name)
      .message(2, (type) =>
        type.message(1, (inner) => inner.int(1, 1).message(2, (shape) => shape.message(1, (dim) => dim.int(1, 2)))),
      );
  return new ProtoWriter()
    .int(1, 8)
    .message(7, (graph) =>
      graph
        .message(1, (node) => node.string(1, 'x').string(1, 'w').string(2, 'y').string(4, 'Add'))
        .string(2, 'external')
        .message(5, (weights) =>
          weights
            .int(1, 2)
            .int(2, 1)
            .string(8, 'w')
            .message(13, (entry) => entry.string(1, 'location').string(2, location))
            .int(14, 1),
        )
        .message(11, value('x'))
        .message(12, value('y')),
    )
    .message(8, (set) => set.string(1, '').int(2, 17))
    .finish();
}

/** y = x + w, where w [2] is sparse and its values lie in another file. */
function sparseExternalModel(location: string): Uint8Array {
  const value = (name: string) => (out: ProtoWriter) =>
    out
      .string(1, name)
      .message(2, (type) =>
        type.message(1, (inner) => inner.int(1, 1).message(2, (shape) => shape.message(1, (dim) => dim.int(1, 2)))),
      );
  return new ProtoWriter()
    .int(1, 8)
    .message(7, (graph) =>
      graph
        .message(1, (node) => node.string(1, 'x').string(1, 'w').string(2, 'y').string(4, 'Add'))
        .string(2, 'sparse')
        .message(11, value('x'))
        .message(12, value('y'))
        .message(15, (sparse) =>
          sparse
            .message(1, (values) =>
              values
                .int(1, 2)
                .int(2, 1)
                .string(8, 'w')
                .message(13, (entry) => entry.string(1, 'location').string(2, location))
                .message(13, (entry) => entry.string(1, 'length').string(2, '8'))
                .int(14, 1),
            )
            .message(2, (indices) =>
              indices
                .int(1, 2)
                .int(2, 7)
                .bytes(9, new Uint8Array(BigInt64Array.of(0n, 1n).buffer)),
            )
            .int(3, 2),
        ),
    )
    .message(8, (set) => set.string(1, '').int(2, 17))
    .finish();
}

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const place = path.join(folder, name);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, bytes);
  return place;
}

/** What opening a file of these bytes is refused with. */
async function refusal(runtime: OnnxRuntime, bytes: Uint8Array): Promise<unknown> {
  const source = runtime === nodeOnnxRuntime ? await file('model.onnx', bytes) : bytes;
  return runtime.open(source, { name: 'model.onnx' }).then(
    (session) => session.release(),
    (error: unknown) => error,
  );
}

describe.each([
  { name: 'onnxruntime-node', runtime: nodeOnnxRuntime },
  { name: 'onnxruntime-web (WASM)', runtime: new WebOnnxRuntime() },
])('$name', ({ runtime }) => {
  it.each([
    {
      is: 'no ONNX file',
      bytes: new TextEncoder().encode('{"graph": 1}'),
      code: 'ONNX_NOT_A_MODEL',
      message:
        'Model "model.onnx" is not a sound ONNX file: it is JSON. Give a file that was exported as ONNX, or fetch it anew.',
    },
    {
      is: 'a truncated file',
      bytes: model().subarray(0, 40),
      code: 'ONNX_TRUNCATED',
      message: /^Model "model.onnx" breaks off after 40 bytes: at least \d+ bytes are missing\. /,
    },
    {
      is: 'an opset that is too new',
      bytes: model({ opset: 99 }),
      code: 'ONNX_TOO_NEW',
      message:
        /^Model "model.onnx" has opset 99, but onnxruntime-\w+ [\d.]+ knows it up to (\d+)\. Export it with opset \1 or lower\.$/,
    },
    {
      is: 'an IR version that is too new',
      bytes: model({ irVersion: 99 }),
      code: 'ONNX_TOO_NEW',
      message:
        /^Model "model.onnx" has IR version 99, but onnxruntime-\w+ [\d.]+ knows it up to (\d+)\. Export it with IR version \1 or lower\.$/,
    },
    {
      is: 'an operator that there is none of',
      bytes: model({}, 'Conjure'),
      code: 'ONNX_MODEL_REFUSED',
      message: /^onnxruntime-\w+ [\d.]+ refuses model "model.onnx": .*Conjure.*\. Export it anew/,
    },
    {
      is: 'weights in a file that is not there',
      bytes: externalModel('no-weights.bin'),
      code: 'ONNX_EXTERNAL_DATA_MISSING',
      message: /^Model "model.onnx" keeps weights in "no-weights.bin": .* Put the files beside the model/,
    },
    {
      is: 'an input beyond all memory',
      bytes: model({
        graph: {
          name: 'huge',
          inputs: [{ name: 'x', type: 'float32', dims: [1, 3, 100_000, 100_000] }],
          outputs: [{ name: 'y', type: 'float32' }],
          nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
        },
      }),
      code: 'ONNX_TOO_LARGE',
      message:
        'The input "x" of model "model.onnx", float32 [1, 3, 100000, 100000], would take 120000000000 bytes, but no more than ' +
        '2147483648 are allowed. Use a smaller size or a smaller model, or raise "maxBytes" where there is memory for it.',
    },
  ])('refuses $is', async ({ bytes, code, message }) => {
    const error = await refusal(runtime, bytes);

    expect(error).toMatchObject({ code });
    if (typeof message === 'string') expect(error).toHaveProperty('message', message);
    else expect((error as Error).message).toMatch(message);
  });

  it('refuses weights beyond what is allowed', async () => {
    const bytes = model({
      graph: {
        name: 'weighty',
        inputs: [{ name: 'x', type: 'float32', dims: [100] }],
        outputs: [{ name: 'y', type: 'float32', dims: [100] }],
        nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
        initializers: { w: tensor('float32', [100]) },
      },
    });

    await expect(runtime.open(bytes, { maxBytes: 399 })).rejects.toMatchObject({
      code: 'ONNX_TOO_LARGE',
      data: { what: 'The weights of model "model"', bytes: 400, maxBytes: 399 },
    });
    await (await runtime.open(bytes, { maxBytes: 400 })).release();
  });

  it('reads no file of the working folder for a model that is given as bytes', async () => {
    await expect(runtime.open(sparseExternalModel('package.json'))).rejects.toMatchObject({
      code: 'ONNX_EXTERNAL_DATA_MISSING',
      data: { files: ['package.json'], problem: 'only the bytes of the model itself were given' },
    });
  });

  it('takes weights that lie elsewhere where it is given them', async () => {
    const weights = new Uint8Array(Float32Array.of(10, 20).buffer);
    const session = await runtime.open(externalModel('w.bin'), { externalData: { 'w.bin': weights } });

    expect(await session.run({ x: tensor('float32', [2], [1, 2]) })).toEqual({ y: tensor('float32', [2], [11, 22]) });
    await session.release();
  });

  it.each([
    {
      is: 'an input that there is not',
      feeds: { x: tensor('float32', [2, 1]), z: tensor('float32', [1]) },
      code: 'ONNX_NO_SUCH_VALUE',
      message: 'Model "model.onnx" has no input "z". It has "x". Use one of these names.',
    },
    {
      is: 'no input',
      feeds: {},
      code: 'ONNX_INPUT_MISSING',
      message: 'Model "model.onnx" was run without its input "x". It takes "x". Feed a tensor for each.',
    },
    {
      is: 'another element type',
      feeds: { x: tensor('uint8', [2, 1]) },
      code: 'ONNX_WRONG_TYPE',
      message:
        'The input "x" of model "model.onnx" holds float32 elements, but the tensor given has uint8. Convert it to float32.',
    },
    {
      is: 'other dims',
      feeds: { x: tensor('float32', [3, 1]) },
      code: 'ONNX_WRONG_SHAPE',
      message: /^The input "x" of model "model.onnx" is \[2, n\], but the tensor given is \[3, 1\]\. /,
    },
    {
      is: 'fewer dims',
      feeds: { x: tensor('float32', [2]) },
      code: 'ONNX_WRONG_SHAPE',
      message: /^The input "x" of model "model.onnx" is \[2, n\], but the tensor given is \[2\]\. /,
    },
    {
      is: 'a tensor that is none',
      feeds: { x: { type: 'float32', dims: [2, 2], data: new Float32Array(3) } as const },
      code: 'ONNX_TENSOR_MISFIT',
      message: /^Tensor "x" has 3 elements, but dims \[2, 2\] make 4\. /,
    },
  ])('refuses to run on $is, and runs on', async ({ feeds, code, message }) => {
    const session = await runtime.open(model(), { name: 'model.onnx' });
    const error = await session.run(feeds as never).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(message);
    const x = tensor('float32', [2, 1], [3, 4]);
    expect(await session.run({ x })).toEqual({ y: x });
    await session.release();
  });

  it('refuses to write into an output that there is not, or that is of another size', async () => {
    const session = await runtime.open(model(), { name: 'model.onnx' });
    const x = tensor('float32', [2, 3], [1, 2, 3, 4, 5, 6]);

    await expect(session.run({ x }, { z: tensor('float32', [2, 3]) })).rejects.toMatchObject({
      code: 'ONNX_NO_SUCH_VALUE',
      message: 'Model "model.onnx" has no output "z". It has "y". Use one of these names.',
    });
    await expect(session.run({ x }, { y: tensor('float32', [2, 4]) })).rejects.toMatchObject({
      code: expect.stringMatching(/^ONNX_(?:RUN_FAILED|WRONG_SHAPE)$/) as string,
    });
    expect(await session.run({ x }, { y: tensor('float32', [2, 3]) })).toEqual({ y: x });
    await session.release();
  });

  it('fails a run that asks for memory that there is none of, and runs on', async () => {
    const bytes = model({
      graph: {
        name: 'zeros',
        inputs: [{ name: 'shape', type: 'int64', dims: [2] }],
        outputs: [{ name: 'y', type: 'float32' }],
        nodes: [{ op: 'ConstantOfShape', inputs: ['shape'], outputs: ['y'] }],
      },
    });
    const session = await runtime.open(bytes);

    await expect(session.run({ shape: tensor('int64', [2], [1e7, 1e7]) })).rejects.toMatchObject({
      code: 'ONNX_RUN_FAILED',
    });
    expect(await session.run({ shape: tensor('int64', [2], [1, 2]) })).toEqual({ y: tensor('float32', [1, 2]) });
    await session.release();
  });

  it('fails a run whose memory was given away, and runs on', async () => {
    const session = await runtime.open(model());
    const x = tensor('float32', [2, 1]);
    await session.run({ x });
    structuredClone(x.data, { transfer: [x.data.buffer as ArrayBuffer] });

    await expect(session.run({ x })).rejects.toMatchObject({ code: 'ONNX_RUN_FAILED' });
    expect((await session.run({ x: tensor('float32', [2, 0]) }))['y']?.dims).toEqual([2, 0]);
    await session.release();
  });

  it('tells what fails in the middle of a run, and runs on', async () => {
    const bytes = model({
      graph: {
        name: 'reshape',
        inputs: [
          { name: 'x', type: 'float32', dims: ['n'] },
          { name: 'shape', type: 'int64', dims: [2] },
        ],
        outputs: [{ name: 'y', type: 'float32' }],
        nodes: [{ op: 'Reshape', inputs: ['x', 'shape'], outputs: ['y'] }],
      },
    });
    const session = await runtime.open(bytes, { name: 'model.onnx' });
    const x = tensor('float32', [6]);

    await expect(session.run({ x, shape: tensor('int64', [2], [4, 2]) })).rejects.toMatchObject({
      code: 'ONNX_RUN_FAILED',
      message: expect.stringMatching(
        /^onnxruntime-\w+ [\d.]+ failed to run model "model.onnx": .*[Rr]eshape/,
      ) as string,
    });
    expect((await session.run({ x, shape: tensor('int64', [2], [3, 2]) }))['y']?.dims).toEqual([3, 2]);
    await session.release();
  });
});

describe('files on Node', () => {
  it('reads weights beside the model', async () => {
    const place = await file('whole/model.onnx', externalModel('parts/w.bin'));
    await file('whole/parts/w.bin', new Uint8Array(Float32Array.of(10, 20).buffer));
    const session = await nodeOnnxRuntime.open(place);

    expect(await session.run({ x: tensor('float32', [2]) })).toEqual({ y: tensor('float32', [2], [10, 20]) });
    await session.release();
  });

  it.each(['../w.bin', '/etc/hostname', '..'])(
    'does not look for weights outside of the folder: %s',
    async (location) => {
      await file('w.bin', new Uint8Array(8));
      const place = await file('inner/model.onnx', externalModel(location));

      await expect(nodeOnnxRuntime.open(place)).rejects.toMatchObject({
        code: 'ONNX_EXTERNAL_DATA_MISSING',
        data: { files: [location] },
      });
    },
  );

  it('says that there is no such file, or that it is a folder', async () => {
    const missing = path.join(folder, 'missing.onnx');

    await expect(nodeOnnxRuntime.open(missing)).rejects.toMatchObject({
      code: 'ONNX_FILE_UNREADABLE',
      message: `Model file "${missing}" cannot be read: there is no such file. Give the path of an ONNX file.`,
    });
    await expect(nodeOnnxRuntime.open(folder)).rejects.toMatchObject({ data: { reason: 'it is a folder' } });
  });

  it('refuses zeros beyond all memory before it asks for them', () => {
    expect(() => tensor('float32', [1, 3, 100_000, 100_000])).toThrow(
      expect.objectContaining({
        code: 'ONNX_TOO_LARGE',
        message: expect.stringMatching(
          /^A float32 tensor \[1, 3, 100000, 100000\] would take 120000000000 bytes/,
        ) as string,
      }),
    );
  });
});
