import { errorCode } from '@kinegraph/core/plugin';
import { FrameLedger } from '@kinegraph/core/testing';
import { encodeModel, tensor } from '@kinegraph/onnx';
import type { Dim, ElementType } from '@kinegraph/onnx';
import { describe, expect, it } from 'vitest';
import type { PoseConfig } from '../src/nodes/pose-config.js';
import { layoutOf } from './support/model-output.js';
import type { PlainCandidate } from './support/model-output.js';
import { aPoseModel, exportMetadata } from './support/pose-model.js';
import type { PoseModelOptions } from './support/pose-model.js';
import { externalModel } from './support/external-model.js';
import { anExtractor, plainFrame } from './support/an-extractor.js';

const signal = new AbortController().signal;
/** A provider that the runtime has not got on this platform. */
const ABSENT = process.platform === 'darwin' ? 'directml' : 'coreml';
const person: PlainCandidate = {
  box: [32, 32, 16, 16],
  scores: [0.5],
  points: Array.from({ length: 17 }, () => [32, 32, 0.5] as const),
};
const layout = layoutOf({
  form: 'channels-first',
  classes: 1,
  points: 17,
  valuesPerPoint: 3,
  candidates: 60,
});
const sound = (changes: Partial<PoseModelOptions> = {}): Uint8Array =>
  aPoseModel({ layout, candidates: [person], ...changes });

/** A model that gives its input back. */
function identity(type: ElementType, dims: readonly Dim[], metadata: Record<string, string> = {}): Uint8Array {
  const value = { type, dims };
  return encodeModel({
    graph: {
      name: 'identity',
      inputs: [{ name: 'x', ...value }],
      outputs: [{ name: 'y', ...value }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
    },
    metadata,
  });
}

/** A model whose two inputs are pictures. */
const twoInputs = encodeModel({
  graph: {
    name: 'sum',
    inputs: ['left', 'right'].map((name) => ({ name, type: 'float32', dims: [1, 3, 32, 32] })),
    outputs: [{ name: 'y', type: 'float32', dims: [1, 3, 32, 32] }],
    nodes: [{ op: 'Add', inputs: ['left', 'right'], outputs: ['y'] }],
  },
});

describe('a model that does not fit is refused when the node opens', () => {
  it.each<[what: string, model: Uint8Array, config: Partial<PoseConfig>, code: string, says: string[]]>([
    ['no ONNX file', new TextEncoder().encode('<html>'), {}, 'ONNX_NOT_A_MODEL', ['model.onnx']],
    ['a truncated one', sound().slice(0, 2000), {}, 'ONNX_TRUNCATED', ['2000 bytes']],
    [
      'another task',
      sound({ metadata: { ...exportMetadata(layout), task: 'detect' } }),
      {},
      'YOLO_NOT_POSE',
      ['"detect"', '"pose"'],
    ],
    [
      'a classifier',
      identity('float32', [1, 3, 32, 32]),
      {},
      'YOLO_OUTPUTS',
      ['"y" float32 [1, 3, 32, 32]', '[n, 56, candidates]', '[n, rows, 57]', '"names" and "kpt_shape"'],
    ],
    [
      'another number of classes',
      sound({ metadata: { ...exportMetadata(layout), names: "['a', 'b']" } }),
      {},
      'YOLO_OUTPUTS',
      ['[1, 56, 60]', '[n, 57, candidates]'],
    ],
    [
      'a detector of 80 classes without metadata',
      aPoseModel({
        layout: layoutOf({ form: 'channels-first', classes: 29, points: 17, valuesPerPoint: 3, candidates: 100 }),
        candidates: [{ ...person, scores: Array(29).fill(0.5) as number[] }],
        metadata: {},
      }),
      {},
      'YOLO_OUTPUTS',
      ['[1, 84, 100]', '[n, 56, candidates]', 'exactly one class', '"names" and "kpt_shape"'],
    ],
    ['another number of points', sound(), { skeleton: 'paw-5' }, 'YOLO_SKELETON', ['17 points', '"paw-5" has 5']],
    ['an unknown skeleton', sound(), { skeleton: 'cat-9' }, 'CORE_SKELETON_UNKNOWN', ['cat-9', 'coco-17']],
    ['bytes for input', identity('uint8', [1, 3, 32, 32]), {}, 'YOLO_INPUT', ['"x" uint8 [1, 3, 32, 32]']],
    ['grey pictures', identity('float32', [1, 1, 32, 32]), {}, 'YOLO_INPUT', ['[1, 1, 32, 32]']],
    ['rows for pictures', identity('float32', [1, 'n']), {}, 'YOLO_INPUT', ['[1, n]']],
    ['an input as large as a house', identity('float32', [1, 3, 8000, 8000]), {}, 'YOLO_INPUT', ['8000']],
    ['two inputs', twoInputs, {}, 'YOLO_INPUT', ['"left"', '"right"']],
  ])('%s', async (_what, model, config, code, says) => {
    const { extractor } = anExtractor(model, config);
    const error: unknown = await extractor.open(signal).catch((reason: unknown) => reason);
    await extractor.close();
    expect(errorCode(error)).toBe(code);
    for (const part of says) expect(String(error)).toContain(part);
  });

  it('weights that are not beside it, or would be elsewhere', async () => {
    for (const [location, says] of [
      ['weights.data', 'no file "weights.data"'],
      ['../weights.data', 'leads out of the folder'],
      ['/etc/weights.data', 'leads out of the folder'],
    ] as const) {
      const { extractor } = anExtractor(externalModel(location));
      const error: unknown = await extractor.open(signal).catch((reason: unknown) => reason);
      await extractor.close();
      expect(errorCode(error)).toBe('ONNX_EXTERNAL_DATA_MISSING');
      expect(String(error)).toContain(says);
    }
  });
});

describe('a model from a URL with a secret in it', () => {
  const url = 'https://me:word@models.example/pose.onnx?sig=abc';
  const shown = 'https://models.example/pose.onnx?...';

  it.each([
    ['is no model', new TextEncoder().encode('<html>')],
    ['names weights elsewhere', externalModel('weights.data')],
    ['is another task', sound({ metadata: { ...exportMetadata(layout), task: 'detect' } })],
  ])('is refused without it where it %s', async (_what, bytes) => {
    const { extractor } = anExtractor({ [url]: bytes }, { model: url });
    const error: unknown = await extractor.open(signal).catch((reason: unknown) => reason);
    await extractor.close();
    expect(String(error)).toContain(shown);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/word|abc/);
  });

  it('is told of without it', async () => {
    const { extractor, logged } = anExtractor({ [url]: sound() }, { model: url, providers: [ABSENT, 'cpu'] });
    await extractor.open(signal);
    await extractor.close();
    expect(logged.map(({ level }) => level)).toEqual(['debug', 'info']);
    for (const { message } of logged) expect(message).toContain(shown);
    expect(JSON.stringify(logged)).not.toMatch(/word|abc/);
  });
});

it('a refusal stays short, however long and many the names of a model are', async () => {
  const named = (what: string, count: number): { name: string; type: 'float32'; dims: Dim[] }[] =>
    Array.from({ length: count }, (_, index) => ({
      name: `${what}${index}${'n'.repeat(50_000)}`,
      type: 'float32',
      dims: [1, 3, 32, 32],
    }));
  const wide = (inputs: number, outputs: number): Uint8Array => {
    const [ins, outs] = [named('in', inputs), named('out', outputs)];
    const nodes = outs.map(({ name }, index) => ({
      op: 'Identity',
      inputs: [ins[index % inputs]?.name ?? ''],
      outputs: [name],
    }));
    return encodeModel({ graph: { name: 'wide', inputs: ins, outputs: outs, nodes } });
  };
  const task = sound({ metadata: { ...exportMetadata(layout), task: 't'.repeat(50_000) } });
  for (const [model, code] of [
    [wide(12, 12), 'YOLO_INPUT'],
    [wide(1, 12), 'YOLO_OUTPUTS'],
    [task, 'YOLO_NOT_POSE'],
  ] as const) {
    const { extractor } = anExtractor(model);
    const error: unknown = await extractor.open(signal).catch((reason: unknown) => reason);
    await extractor.close();
    expect(errorCode(error)).toBe(code);
    expect(String(error).length).toBeLessThan(1800);
    if (code !== 'YOLO_NOT_POSE') expect(String(error)).toContain('and 2 more');
  }
});

describe('a model that fits is opened', () => {
  it('with weights in a file beside it', async () => {
    const weights = new Uint8Array(new Float32Array(56 * 60).fill(0.5).buffer);
    const files = { 'nets/pose.onnx': externalModel('pose.data'), 'nets/pose.data': weights };
    const { extractor } = anExtractor(files, { model: 'nets/pose.onnx', maxPeople: 3 });
    await extractor.open(signal);
    expect((await extractor.extract(plainFrame())).people.tracks).toHaveLength(1); // all boxes are the same one
    await extractor.close();
  });

  it('without any metadata', async () => {
    const { extractor, logged } = anExtractor(sound({ metadata: {} }));
    await extractor.open(signal);
    const { people, boxes } = await extractor.extract(plainFrame());
    expect([people.tracks.length, boxes.detections[0]?.label]).toEqual([1, '0']);
    await extractor.close();
    expect(logged).toMatchObject([{ level: 'debug' }]);
    expect(logged[0]?.message).toContain('[1, 3, 64, 64] float32; channels-first output, 60 candidates, 1 class');
  });

  it('with classes and a skeleton of its own', async () => {
    const paws = layoutOf({ form: 'channels-first', classes: 3, points: 5, valuesPerPoint: 2, candidates: 40 });
    const paw: PlainCandidate = { box: [32, 32, 16, 16], scores: [0.1, 0.2, 0.5], points: [[1, 2, 1]] };
    const { extractor } = anExtractor(aPoseModel({ layout: paws, candidates: [paw] }), { skeleton: 'paw-5' });
    await extractor.open(signal);
    const { people, boxes } = await extractor.extract(plainFrame());
    expect(people.tracks).toMatchObject([{ skeleton: 'paw-5' }]);
    expect(people.tracks[0]?.image).toHaveLength(20);
    expect(boxes.detections[0]?.label).toBe('class 2');
    await extractor.close();
  });

  it('on the CPU, with one warning, where the provider is not there', async () => {
    const { extractor, logged } = anExtractor(sound(), { providers: [ABSENT] });
    await extractor.open(signal);
    expect((await extractor.extract(plainFrame())).people.tracks).toHaveLength(1);
    await extractor.close();
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(logged.find(({ level }) => level === 'warn')?.message).toContain(`"${ABSENT}"`);
  });
});

describe('frames that are hard', () => {
  it('an answer that is no number costs its frame, and the next one is read as ever', async () => {
    const lost: readonly (readonly [PlainCandidate, string])[] = [
      [{ ...person, box: [Number.NaN, 1, 1, 1] }, '1 scores or boxes'],
      [{ ...person, points: [[Number.NaN, 1, 1]] }, 'points that are no finite numbers'],
    ];
    for (const [candidate, says] of lost) {
      const bench = anExtractor(sound({ candidates: [candidate] }));
      await bench.extractor.open(signal);
      const error: unknown = await bench.extractor.extract(plainFrame()).catch((reason: unknown) => reason);
      expect(errorCode(error)).toBe('YOLO_ANSWER');
      expect(String(error)).toContain(says);
      expect((await bench.extractor.extract(plainFrame(64, 64, 0))).people.tracks).toEqual([]);
      await bench.extractor.close();
    }
  });

  it.each([
    [1, 1],
    [10_000, 10],
    [10, 10_000],
    [1, 5000],
  ])('a frame of %i x %i', async (width, height) => {
    const { extractor } = anExtractor(sound(), { confidence: 0.1 });
    await extractor.open(signal);
    const { people, boxes } = await extractor.extract(plainFrame(width, height));
    expect(people).toMatchObject({ frameWidth: width, frameHeight: height });
    expect(boxes.detections.every(({ box }) => Object.values(box).every((value) => Number.isFinite(value)))).toBe(true);
    expect(people.tracks).toHaveLength(1); // grey around it: 114/255 of 0.5 and more is above 0.1
    await extractor.close();
  });

  it('one that is still encoded is refused, and the next one is not', async () => {
    const { extractor } = anExtractor(sound());
    await extractor.open(signal);
    const jpeg = new FrameLedger().frame({ width: 64, height: 64, format: 'jpeg' }, new Uint8Array(100));
    const error: unknown = await extractor.extract(jpeg).catch((reason: unknown) => reason);
    expect(errorCode(error)).toBe('YOLO_FRAME_FORMAT');
    expect(String(error)).toContain('core.transform.decode');
    expect((await extractor.extract(plainFrame())).people.tracks).toHaveLength(1);
    await extractor.close();
  });

  it('rows that differ in number from frame to frame', async () => {
    const { extractor } = anExtractor(varyingRows());
    await extractor.open(signal);
    const counts: number[] = [];
    for (const value of [255, 0, 255, 128])
      counts.push((await extractor.extract(plainFrame(64, 64, value))).people.tracks.length);
    await extractor.close();
    expect(counts).toEqual([4, 0, 4, 2]);
  });
});

/** End-to-end with as many rows as the picture is bright, 0 to 4, as exports with NMS that do not fill up. */
function varyingRows(): Uint8Array {
  return encodeModel({
    graph: {
      name: 'main_graph',
      inputs: [{ name: 'images', type: 'float32', dims: [1, 3, 64, 64] }],
      outputs: [{ name: 'output0', type: 'float32', dims: [1, 'rows', 57] }],
      nodes: [
        { op: 'ReduceMean', inputs: ['images'], outputs: ['mean'], attributes: { keepdims: { int: 0 } } },
        { op: 'Mul', inputs: ['mean', 'four'], outputs: ['scaled'] },
        { op: 'Round', inputs: ['scaled'], outputs: ['rounded'] },
        { op: 'Cast', inputs: ['rounded'], outputs: ['count'], attributes: { to: { int: 7 } } },
        { op: 'Unsqueeze', inputs: ['count', 'zero'], outputs: ['end'] },
        { op: 'Slice', inputs: ['all', 'zero', 'end', 'one'], outputs: ['output0'] },
      ],
      initializers: {
        four: tensor('float32', [], [4]),
        zero: tensor('int64', [1], [0]),
        one: tensor('int64', [1], [1]),
        all: tensor('float32', [1, 4, 57], new Float32Array(4 * 57).fill(1)),
      },
    },
    metadata: { task: 'pose', names: "{0: 'person'}", kpt_shape: '[17, 3]' },
  });
}
