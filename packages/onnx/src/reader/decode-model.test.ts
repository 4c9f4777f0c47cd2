import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELEMENT_TYPES, elementArrayClass, type OnnxTensor } from '../tensor/index.js';
import { encodeModel, type AttributeSpec, type GraphSpec, type ModelSpec } from '../writer/index.js';
import { decodeModel } from './decode-model.js';
import { ProtoWriter } from '../writer/proto-writer.js';

const anyName = fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__');
const aFloat = fc.float({ noNaN: true }).map(Math.fround);
const anInt = fc.oneof(fc.maxSafeInteger(), fc.constant(2n ** 63n - 1n), fc.constant(-(2n ** 63n)));

const aTensor: fc.Arbitrary<OnnxTensor> = fc
  .tuple(fc.constantFrom(...ELEMENT_TYPES), fc.array(fc.nat({ max: 3 }), { maxLength: 3 }), fc.nat({ max: 255 }))
  .map(([type, dims, seed]) => {
    const array = elementArrayClass(type);
    const data = new array(dims.reduce((product, dim) => product * dim, 1));
    const bytes = new Uint8Array(data.buffer);
    for (const index of bytes.keys()) bytes[index] = type === 'bool' ? index % 2 : (index * 7 + seed) % 60;
    return { type, dims, data } as unknown as OnnxTensor;
  });

function anAttribute(depth: number): fc.Arbitrary<AttributeSpec> {
  return fc.oneof(
    anInt.map((int) => ({ int })),
    aFloat.map((float) => ({ float })),
    fc.string().map((string) => ({ string })),
    fc.array(fc.maxSafeInteger()).map((ints) => ({ ints })),
    fc.array(aFloat).map((floats) => ({ floats })),
    fc.array(fc.string()).map((strings) => ({ strings })),
    aTensor.map((tensor) => ({ tensor })),
    ...(depth > 0 ? [aGraph(depth - 1).map((graph) => ({ graph }))] : []),
  );
}

const aValue = fc.record({
  name: anyName,
  type: fc.constantFrom(...ELEMENT_TYPES),
  dims: fc.array(fc.oneof(fc.nat({ max: 9 }), fc.constant('n'), fc.constant(null)), { maxLength: 3 }),
});

function aGraph(depth: number): fc.Arbitrary<GraphSpec> {
  return fc.record({
    name: anyName,
    inputs: fc.array(aValue, { maxLength: 2 }),
    outputs: fc.array(aValue, { maxLength: 2 }),
    nodes: fc.array(
      fc.record({
        op: anyName,
        inputs: fc.array(anyName, { maxLength: 3 }),
        outputs: fc.array(anyName, { maxLength: 2 }),
        attributes: fc.dictionary(anyName, anAttribute(depth), { maxKeys: 3 }),
      }),
      { maxLength: 4 },
    ),
    initializers: fc.dictionary(anyName, aTensor, { maxKeys: 3 }),
  });
}

describe('decodeModel', () => {
  it('gives back what was written: written again, it is the same file, byte for byte', () => {
    fc.assert(
      fc.property(aGraph(1), fc.dictionary(anyName, fc.string(), { maxKeys: 2 }), (graph, metadata) => {
        const bytes = encodeModel({ graph, metadata, description: 'a test', opsets: { 'ai.example': 3 } });
        expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
      }),
    );
  });

  it('gives weights that are copies', () => {
    const data = Float32Array.of(1, 2);
    const model: ModelSpec = {
      graph: {
        name: '',
        inputs: [],
        outputs: [],
        nodes: [],
        initializers: { w: { type: 'float32', dims: [2], data } },
      },
    };
    const bytes = encodeModel(model);
    const weights = decodeModel(bytes).graph.initializers?.['w'];
    bytes.fill(0);
    expect(weights?.data).toEqual(data);
  });

  it('refuses models that say more than it can hold, with the reason', () => {
    const whole = (write: (graph: ProtoWriter) => void): Uint8Array =>
      new ProtoWriter()
        .int(1, 8)
        .message(7, write)
        .message(8, (set) => set.string(1, '').int(2, 17))
        .finish();
    const typed = whole((graph) => graph.message(5, (w) => w.int(1, 1).int(2, 1).float(4, 2).string(8, 'w')));
    expect(() => decodeModel(typed, 'm')).toThrow(/"m" cannot be taken apart: its tensor "w" does not hold/);
    const outside = whole((graph) =>
      graph.message(5, (w) =>
        w
          .int(1, 1)
          .int(2, 1)
          .string(8, 'w')
          .message(13, (entry) => entry.string(1, 'location').string(2, 'w.bin'))
          .int(14, 1),
      ),
    );
    expect(() => decodeModel(outside)).toThrow(/weights in other files/);
    const text = whole((graph) =>
      graph.message(5, (w) => w.int(1, 1).int(2, 8).bytes(6, Uint8Array.of(65)).string(8, 's')),
    );
    expect(() => decodeModel(text)).toThrow(/elements of another type/);
  });

  it('throws an error of its own for bytes of any kind', () => {
    const sound = encodeModel({
      graph: { name: 'g', inputs: [], outputs: [], nodes: [{ op: 'A', inputs: ['x'], outputs: ['y'] }] },
    });
    fc.assert(
      fc.property(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const bytes = sound.slice();
        bytes[at] = byte;
        try {
          decodeModel(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^ONNX_/) as unknown });
        }
      }),
    );
  });
});
