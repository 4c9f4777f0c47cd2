import { ModelPartError } from '../errors.js';

/** Places of the fields in the Model table of TensorFlow Lite's schema.fbs (file identifier TFL3). */
export const MODEL_FIELD = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadataBuffer: 5,
  metadata: 6,
  signatureDefs: 7,
} as const;
/** The number of fields that the schema gives the Model table. */
export const MODEL_FIELD_COUNT = 8;
/** Places of the fields in the Metadata table. */
export const METADATA_FIELD = { name: 0, buffer: 1 } as const;

/** True when the bytes carry the identifier of TensorFlow Lite models. */
export function isTfliteFile(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && bytes[4] === 0x54 && bytes[5] === 0x46 && bytes[6] === 0x4c && bytes[7] === 0x33; // "TFL3"
}

/**
 * Reads a FlatBuffers file in place. Positions are bytes from the start of the file; every read is checked against its
 * end, so that a damaged file gives an error instead of nonsense.
 */
export class FlatReader {
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    /** What to call the file in errors. */
    readonly fileName: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Position of the root table. */
  root(): number {
    return this.follow(0);
  }

  /** Position of field `index` of the table, or 0 when the table has not got it. */
  field(table: number, index: number): number {
    const vtable = table - this.#checked(table, 4).getInt32(table, true);
    const entry = vtable + 4 + 2 * index;
    if (entry + 2 > vtable + this.uint16(vtable)) return 0;
    const offset = this.uint16(entry);
    return offset === 0 ? 0 : table + offset;
  }

  /** What the forward offset stored at `position` points to. */
  follow(position: number): number {
    return position + this.uint32(position);
  }

  /** Positions of the tables in the vector that starts at `vector`. */
  tablesOf(vector: number): readonly number[] {
    const count = this.uint32(vector);
    this.#checked(vector, 4 + 4 * count);
    return Array.from({ length: count }, (_, index) => this.follow(vector + 4 + 4 * index));
  }

  /** The string or byte vector that starts at `vector`, without a copy. */
  bytesOf(vector: number): Uint8Array {
    const length = this.uint32(vector);
    this.#checked(vector + 4, length);
    return this.bytes.subarray(vector + 4, vector + 4 + length);
  }

  uint16(position: number): number {
    return this.#checked(position, 2).getUint16(position, true);
  }

  uint32(position: number): number {
    return this.#checked(position, 4).getUint32(position, true);
  }

  #checked(position: number, length: number): DataView {
    if (position < 0 || position + length > this.bytes.length) {
      throw new ModelPartError({
        part: this.fileName,
        problem: `it points to byte ${position} but has ${this.bytes.length} bytes`,
      });
    }
    return this.#view;
  }
}

/** The bytes of the named metadata entry of a TensorFlow Lite model, or undefined. @throws ModelPartError */
export function readTfliteMetadata(
  model: Uint8Array,
  metadataName: string,
  fileName = 'model',
): Uint8Array | undefined {
  const reader = openTflite(model, fileName);
  const metadataField = reader.field(reader.root(), MODEL_FIELD.metadata);
  const buffersField = reader.field(reader.root(), MODEL_FIELD.buffers);
  if (metadataField === 0 || buffersField === 0) return undefined;
  for (const entry of reader.tablesOf(reader.follow(metadataField))) {
    const name = reader.field(entry, METADATA_FIELD.name);
    if (name === 0 || new TextDecoder().decode(reader.bytesOf(reader.follow(name))) !== metadataName) continue;
    const index = reader.field(entry, METADATA_FIELD.buffer);
    const buffer = reader.tablesOf(reader.follow(buffersField))[index === 0 ? 0 : reader.uint32(index)];
    const data = buffer === undefined ? 0 : reader.field(buffer, 0);
    return data === 0 ? undefined : reader.bytesOf(reader.follow(data));
  }
  return undefined;
}

/** A reader for bytes that say they are a TensorFlow Lite model. @throws ModelPartError */
export function openTflite(model: Uint8Array, fileName: string): FlatReader {
  if (!isTfliteFile(model)) throw new ModelPartError({ part: fileName, problem: 'it is not a TensorFlow Lite model' });
  return new FlatReader(model, fileName);
}
