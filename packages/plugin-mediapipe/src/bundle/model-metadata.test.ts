import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeModelMetadata } from './model-metadata.js';
import { FlatReader } from './tflite-file.js';

/** Follows the path to the one process unit: subgraph 0 > input tensor 0 > process unit 0. */
function readNormalization(metadata: Uint8Array): { unionType: number; mean: number[]; std: number[] } {
  const reader = new FlatReader(metadata, 'metadata');
  const first = (table: number, field: number): number =>
    reader.tablesOf(reader.follow(reader.field(table, field)))[0] ?? 0;
  const unit = first(first(first(reader.root(), 3), 2), 4);
  const options = reader.follow(reader.field(unit, 1));
  const floats = (field: number): number[] => {
    const vector = reader.follow(reader.field(options, field));
    const view = new DataView(metadata.buffer, metadata.byteOffset);
    return Array.from({ length: reader.uint32(vector) }, (_, index) => view.getFloat32(vector + 4 + 4 * index, true));
  };
  return { unionType: metadata[reader.field(unit, 0)] ?? 0, mean: floats(0), std: floats(1) };
}

describe('encodeModelMetadata', () => {
  it('carries the identifier of TFLite metadata', () => {
    expect(new TextDecoder().decode(encodeModelMetadata('hand', { mean: 0, std: 255 }).subarray(4, 8))).toBe('M001');
  });

  it('says how the input image is normalised, for any values', () => {
    const floats = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.string(), floats, floats, (name, mean, std) => {
        expect(readNormalization(encodeModelMetadata(name, { mean, std }))).toEqual({
          unionType: 1,
          mean: [mean],
          std: [std],
        });
      }),
    );
  });

  it('gives the same bytes every time', () => {
    expect(encodeModelMetadata('pose', { mean: 127.5, std: 127.5 })).toEqual(
      encodeModelMetadata('pose', { mean: 127.5, std: 127.5 }),
    );
  });
});
