import { KinegraphError, errorCode } from '@kinegraph/core/plugin';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELEMENT_TYPES, elementCount, tensor, type ElementType } from '../tensor/index.js';
import { encodeModel, type GraphSpec, type ModelSpec, type ValueSpec } from '../writer/index.js';
import { ProtoWriter } from '../writer/proto-writer.js';
import { inspectModel } from './index.js';

const aName = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' });
const aType = fc.constantFrom<ElementType>(...ELEMENT_TYPES);
const aDim = fc.oneof(fc.nat({ max: 2 ** 31 }), aName, fc.constant(null));
const someValues = fc.uniqueArray(
  fc.record<ValueSpec>(
    { name: aName, type: aType, dims: fc.array(aDim, { maxLength: 5 }) },
    { requiredKeys: ['name', 'type'] },
  ),
  { selector: (value) => value.name, maxLength: 4 },
);
const aTensor = fc
  .tuple(aType, fc.array(fc.nat({ max: 4 }), { maxLength: 3 }))
  .map(([type, dims]) => tensor(type, dims));
const aGraph: fc.Arbitrary<GraphSpec> = fc.record({
  name: aName,
  inputs: someValues,
  outputs: someValues,
  nodes: fc.array(
    fc.record({
      op: aName,
      inputs: fc.array(aName, { maxLength: 3 }),
      outputs: fc.array(aName, { maxLength: 2 }),
      attributes: fc.dictionary(
        aName,
        fc.oneof(
          fc.record({ int: fc.maxSafeInteger() }),
          fc.record({ float: fc.float() }),
          fc.record({ string: fc.string() }),
          fc.record({ ints: fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })) }),
          fc.record({ floats: fc.array(fc.float()) }),
          fc.record({ strings: fc.array(fc.string()) }),
          fc.record({ tensor: aTensor }),
        ),
        { maxKeys: 3 },
      ),
    }),
    { maxLength: 4 },
  ),
  initializers: fc.dictionary(
    aName.map((name) => `weights ${name}`),
    aTensor,
    { maxKeys: 4 },
  ),
});
const aModel: fc.Arbitrary<ModelSpec> = fc.record({
  graph: aGraph,
  opset: fc.integer({ min: 1, max: 30 }),
  irVersion: fc.integer({ min: 1, max: 20 }),
  metadata: fc.dictionary(aName, fc.string({ unit: 'grapheme' })),
  producer: aName,
});

/** An identity, which needs no weights. */
const identity: GraphSpec = {
  name: 'identity',
  inputs: [{ name: 'x', type: 'float32', dims: [1, 'n', null] }],
  outputs: [{ name: 'y', type: 'float32' }],
  nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['y'] }],
};

/** A model around the bytes of a graph that the writer would not write. */
function modelAround(graph: (out: ProtoWriter) => void): Uint8Array {
  return new ProtoWriter()
    .int(1, 8)
    .message(7, graph)
    .message(8, (set) => set.string(1, '').int(2, 17))
    .finish();
}

/** What `inspectModel` throws, which has to be one of ours. */
function refusal(bytes: Uint8Array): KinegraphError | undefined {
  try {
    inspectModel(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof KinegraphError) return error;
    throw error;
  }
}

describe('inspectModel', () => {
  it('tells what a model says of itself', () => {
    const bytes = encodeModel({
      graph: { ...identity, initializers: { w: tensor('float16', [2, 3]), x2: tensor('int64', [1]) } },
      opsets: { 'com.microsoft': 1 },
      metadata: { task: 'pose', names: "{0: 'person'}" },
      producer: 'a test',
    });

    expect(inspectModel(bytes)).toEqual({
      irVersion: 8,
      opset: 17,
      opsets: new Map([
        ['', 17],
        ['com.microsoft', 1],
      ]),
      producer: 'a test',
      inputs: [{ name: 'x', type: 'float32', dims: [1, 'n', null] }],
      outputs: [{ name: 'y', type: 'float32', dims: [], anyRank: true }],
      metadata: new Map([
        ['task', 'pose'],
        ['names', "{0: 'person'}"],
      ]),
      weights: { count: 2, bytes: 20 },
      externalFiles: [],
    });
  });

  it('reads back whatever the writer writes', () => {
    fc.assert(
      fc.property(aModel, (model) => {
        const info = inspectModel(encodeModel(model));
        const { graph } = model;
        const asRead = (values: readonly ValueSpec[]) =>
          values.map(({ name, type, dims }) => ({
            name,
            type,
            ...(dims === undefined ? { dims: [], anyRank: true } : { dims }),
          }));
        expect(info.inputs).toEqual(asRead(graph.inputs));
        expect(info.outputs).toEqual(asRead(graph.outputs));
        expect(Object.fromEntries(info.metadata)).toEqual({ ...model.metadata });
        expect([info.irVersion, info.opset, info.producer]).toEqual([model.irVersion, model.opset, model.producer]);
        const weights = Object.values(graph.initializers ?? {});
        const attributes = graph.nodes.flatMap((node) => Object.values(node.attributes ?? {}));
        const constants = attributes.flatMap((each) => ('tensor' in each ? [each.tensor] : []));
        expect(info.weights).toEqual({
          count: weights.length,
          bytes: [...weights, ...constants].reduce((sum, { data }) => sum + data.byteLength, 0),
        });
      }),
      { numRuns: 100 },
    );
  });

  it('says of every beginning of a file that it breaks off, or that it is none', () => {
    const bytes = encodeModel({ graph: { ...identity, initializers: { w: tensor('float32', [9]) } } });
    const codes = Array.from(bytes, (_, length) => refusal(bytes.subarray(0, length))?.code);

    expect(inspectModel(bytes).irVersion).toBe(8);
    expect(new Set(codes.slice(0, 2))).toEqual(new Set(['ONNX_NOT_A_MODEL']));
    expect(new Set(codes.slice(2))).toEqual(new Set(['ONNX_TRUNCATED']));
    expect(refusal(bytes.subarray(0, 60))?.message).toBe(
      `Model "model" breaks off after 60 bytes: at least ${bytes.length - 60 - 6} bytes are missing. Fetch or copy the whole file again.`,
    );
  });

  it('never fails on bytes of a stranger but with a sentence, and keeps little of them', () => {
    fc.assert(
      fc.property(
        aModel,
        fc.array(fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) }), { maxLength: 8 }),
        fc.nat(),
        (model, changes, cut) => {
          const bytes = encodeModel(model);
          for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
          const given = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
          const error = refusal(given);
          if (error === undefined) return;
          expect(['ONNX_NOT_A_MODEL', 'ONNX_TRUNCATED']).toContain(errorCode(error));
          expect(error.message.length).toBeLessThan(3 * given.length + 2000);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('takes any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(refusal(bytes)).toBeDefined();
      }),
      { numRuns: 400 },
    );
  });

  it('leaves out initializers that are listed as inputs too', () => {
    const bytes = encodeModel({
      graph: {
        ...identity,
        inputs: [...identity.inputs, { name: 'w', type: 'float32', dims: [2] }],
        initializers: { w: tensor('float32', [2]) },
      },
    });

    expect(inspectModel(bytes).inputs.map((input) => input.name)).toEqual(['x']);
  });

  it('tells of values that are no tensors', () => {
    const bytes = modelAround((graph) =>
      graph.message(11, (value) =>
        value.string(1, 'list').message(2, (type) => type.message(4, (sequence) => sequence.int(1, 1))),
      ),
    );

    expect(inspectModel(bytes).inputs).toEqual([{ name: 'list', type: 'sequence', dims: [], anyRank: true }]);
  });

  it.each([
    { is: 'nothing', bytes: new Uint8Array(0), says: 'it has 0 bytes' },
    { is: 'a zip', bytes: new TextEncoder().encode('PK\u0003\u0004rest'), says: 'it is a zip archive, as PyTorch' },
    { is: 'a page', bytes: new TextEncoder().encode('<!doctype html>'), says: 'it is a web page' },
    {
      is: 'a pointer of LFS',
      bytes: new TextEncoder().encode('version https://git-lfs.github.com/spec/v1'),
      says: 'it is a pointer of Git LFS',
    },
    { is: 'TFLite', bytes: new TextEncoder().encode('\u001c\0\0\0TFL3'), says: 'it is a TensorFlow Lite model' },
    { is: 'text', bytes: new TextEncoder().encode('hello'), says: 'field 13 has the wire type 4' },
    { is: 'another message', bytes: new ProtoWriter().string(2, 'x').finish(), says: 'it does not say its IR version' },
  ])('says what is there instead of a model: $is', ({ bytes, says }) => {
    expect(refusal(bytes)).toMatchObject({
      code: 'ONNX_NOT_A_MODEL',
      message: expect.stringContaining(`Model "model" is not a sound ONNX file: ${says}`) as string,
    });
  });

  it.each([
    {
      is: 'a tensor that holds less than it claims',
      graph: (out: ProtoWriter) =>
        out.message(5, (inner) => inner.int(1, 1e6).int(1, 1e6).int(2, 1).string(8, 'w').bytes(9, new Uint8Array(4))),
      says: 'tensor "w" is float32 [1000000, 1000000], which is 4000000000000 bytes, but holds 4 bytes',
    },
    {
      is: 'a negative dim',
      graph: (out: ProtoWriter) => out.message(5, (inner) => inner.int(1, -4)),
      says: 'a tensor has the dims [, -4]',
    },
    {
      is: 'graphs without end in each other',
      graph: (out: ProtoWriter) => {
        const nest = (depth: number) => (graph: ProtoWriter) => {
          if (depth > 0)
            graph.message(1, (node) => node.message(5, (attribute) => attribute.message(6, nest(depth - 1))));
        };
        nest(100)(out);
      },
      says: 'its graphs lie in each other more than 32 deep',
    },
    {
      is: 'a million inputs',
      graph: (out: ProtoWriter) => {
        for (let count = 0; count < 5000; count += 1) out.message(11, () => {});
      },
      says: 'it has more than 4096 inputs',
    },
    {
      is: 'sparse weights of a negative size',
      graph: (out: ProtoWriter) => out.message(15, (sparse) => sparse.int(3, -4)),
      says: 'a tensor has the dims [, -4]',
    },
    {
      is: 'damage inside of it',
      graph: (out: ProtoWriter) => out.bytes(5, Uint8Array.of(0x0a, 0xff)),
      says: 'it ends inside a number',
    },
  ])('refuses $is', ({ graph, says }) => {
    expect(refusal(modelAround(graph))).toMatchObject({
      code: 'ONNX_NOT_A_MODEL',
      message: expect.stringContaining(`: ${says}. `) as string,
    });
  });

  it('does not touch the elements of weights', () => {
    const bytes = encodeModel({ graph: { ...identity, initializers: { w: tensor('float32', [4_000_000]) } } });
    const before = process.memoryUsage().arrayBuffers;

    expect(inspectModel(bytes).weights.bytes).toBe(16_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    expect(elementCount([4_000_000])).toBe(4_000_000);
  });
});
