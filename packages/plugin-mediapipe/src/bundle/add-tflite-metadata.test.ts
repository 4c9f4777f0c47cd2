import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { Builder } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import { addTfliteMetadata } from './add-tflite-metadata.js';
import { FlatReader, METADATA_FIELD, MODEL_FIELD, MODEL_FIELD_COUNT, readTfliteMetadata } from './tflite-file.js';

interface SmallModel {
  readonly version: number;
  readonly description: string | undefined;
  readonly buffers: readonly Uint8Array[];
  readonly metadata: readonly { readonly name: string; readonly buffer: number }[] | undefined;
}

/** A TFLite file with what matters here, written by the official FlatBuffers builder. */
function encodeModel(model: SmallModel): Uint8Array {
  const builder = new Builder(64);
  const offsets = (list: readonly number[]): number => {
    builder.startVector(4, list.length, 4);
    for (const offset of [...list].reverse()) builder.addOffset(offset);
    return builder.endVector();
  };
  const buffers = offsets(
    model.buffers.map((bytes) => {
      builder.startVector(1, bytes.length, 16);
      for (const byte of [...bytes].reverse()) builder.addInt8(byte);
      const data = builder.endVector();
      builder.startObject(1);
      builder.addFieldOffset(0, data, 0);
      return builder.endObject();
    }),
  );
  const metadata =
    model.metadata &&
    offsets(
      model.metadata.map((entry) => {
        const name = builder.createString(entry.name);
        builder.startObject(2);
        builder.addFieldOffset(METADATA_FIELD.name, name, 0);
        builder.addFieldInt32(METADATA_FIELD.buffer, entry.buffer, 0);
        return builder.endObject();
      }),
    );
  const description = model.description === undefined ? undefined : builder.createString(model.description);
  builder.startObject(MODEL_FIELD_COUNT);
  builder.addFieldInt32(MODEL_FIELD.version, model.version, 0);
  if (description !== undefined) builder.addFieldOffset(MODEL_FIELD.description, description, 0);
  builder.addFieldOffset(MODEL_FIELD.buffers, buffers, 0);
  if (metadata !== undefined) builder.addFieldOffset(MODEL_FIELD.metadata, metadata, 0);
  builder.finish(builder.endObject(), 'TFL3');
  return builder.asUint8Array();
}

/** What `encodeModel` wrote, read back. */
function decodeModel(bytes: Uint8Array): SmallModel {
  const reader = new FlatReader(bytes, 'model');
  const field = (index: number): number => reader.field(reader.root(), index);
  const text = (position: number): string => new TextDecoder().decode(reader.bytesOf(reader.follow(position)));
  const version = field(MODEL_FIELD.version);
  const metadata = field(MODEL_FIELD.metadata);
  return {
    version: version === 0 ? 0 : reader.uint32(version),
    description: field(MODEL_FIELD.description) === 0 ? undefined : text(field(MODEL_FIELD.description)),
    buffers: reader.tablesOf(reader.follow(field(MODEL_FIELD.buffers))).map((buffer) => {
      const data = reader.field(buffer, 0);
      return data === 0 ? new Uint8Array() : Uint8Array.from(reader.bytesOf(reader.follow(data)));
    }),
    metadata:
      metadata === 0
        ? undefined
        : reader.tablesOf(reader.follow(metadata)).map((entry) => {
            const buffer = reader.field(entry, METADATA_FIELD.buffer);
            return {
              name: text(reader.field(entry, METADATA_FIELD.name)),
              buffer: buffer === 0 ? 0 : reader.uint32(buffer),
            };
          }),
  };
}

const models: fc.Arbitrary<SmallModel> = fc.record({
  version: fc.nat(5),
  description: fc.option(fc.string(), { nil: undefined }),
  buffers: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }),
  metadata: fc.option(fc.array(fc.record({ name: fc.string(), buffer: fc.nat(9) }), { maxLength: 4 }), {
    nil: undefined,
  }),
});
const names = fc.string({ minLength: 1 }).map((name) => `NEW_${name}`);

describe('addTfliteMetadata', () => {
  it('keeps all that was there and adds one buffer and one metadata entry, for any model', () => {
    fc.assert(
      fc.property(models, names, fc.uint8Array({ maxLength: 100 }), (model, name, data) => {
        const result = decodeModel(addTfliteMetadata(encodeModel(model), name, data));
        expect(result).toEqual({
          ...model,
          buffers: [...model.buffers, data],
          metadata: [...(model.metadata ?? []), { name, buffer: model.buffers.length }],
        });
      }),
    );
  });

  it('puts a multiple of 64 bytes in front and leaves the old file as it was', () => {
    fc.assert(
      fc.property(models, names, fc.uint8Array({ maxLength: 100 }), (model, name, data) => {
        const old = encodeModel(model);
        const result = addTfliteMetadata(old, name, data);
        expect((result.length - old.length) % 64).toBe(0);
        expect(Buffer.compare(result.subarray(result.length - old.length), old)).toBe(0);
      }),
    );
  });

  it('aligns the new bytes to 16', () => {
    const result = addTfliteMetadata(
      encodeModel({ version: 3, description: undefined, buffers: [], metadata: undefined }),
      'N',
      Uint8Array.of(7),
    );
    const data = readTfliteMetadata(result, 'N');
    expect([...(data ?? [])]).toEqual([7]);
    expect((data?.byteOffset ?? 1) % 16).toBe(0);
  });

  it('adds a second entry to its own result, and refuses the same name twice', () => {
    const once = addTfliteMetadata(
      encodeModel({ version: 3, description: 'd', buffers: [], metadata: undefined }),
      'A',
      Uint8Array.of(1),
    );
    const twice = addTfliteMetadata(once, 'B', Uint8Array.of(2));
    expect([...(readTfliteMetadata(twice, 'A') ?? [])]).toEqual([1]);
    expect([...(readTfliteMetadata(twice, 'B') ?? [])]).toEqual([2]);
    expect(() => addTfliteMetadata(twice, 'A', Uint8Array.of(3))).toThrow('has a metadata entry "A" already');
  });

  it('keeps the graph of a real model', () => {
    const old = readFileSync(createRequire(import.meta.url).resolve('@mediapipe/hands/hand_landmark_lite.tflite'));
    const result = addTfliteMetadata(old, 'TFLITE_METADATA', Uint8Array.of(1, 2, 3));
    const [before, after] = [new FlatReader(old, 'old'), new FlatReader(result, 'new')];
    const head = result.length - old.length;
    for (const field of [MODEL_FIELD.operatorCodes, MODEL_FIELD.subgraphs]) {
      const tables = (reader: FlatReader): readonly number[] =>
        reader.tablesOf(reader.follow(reader.field(reader.root(), field)));
      expect(tables(after)).toEqual(tables(before).map((position) => position + head));
    }
    expect(decodeModel(result).buffers.length).toBe(decodeModel(old).buffers.length + 1);
    expect(decodeModel(result).version).toBe(decodeModel(old).version);
  });

  it('refuses what is no TFLite model, or a damaged one, with the name of the file', () => {
    expect(() =>
      addTfliteMetadata(new TextEncoder().encode('no model at all'), 'A', new Uint8Array(), 'x.tflite'),
    ).toThrow('"x.tflite" cannot be read: it is not a TensorFlow Lite model');
    const cut = encodeModel({
      version: 3,
      description: 'long enough to be cut',
      buffers: [new Uint8Array(40)],
      metadata: undefined,
    }).slice(0, 24);
    expect(() => addTfliteMetadata(cut, 'A', new Uint8Array(), 'x.tflite')).toThrow(
      /"x.tflite" cannot be read: it points to byte \d+/,
    );
  });
});
