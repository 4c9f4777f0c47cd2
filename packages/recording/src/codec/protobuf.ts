/** The wire types of protobuf that are used here. @see https://protobuf.dev/programming-guides/encoding/ */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Writes one message into memory of its own, in one go: a frame's bytes are copied once. */
export class ByteWriter {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #length = 0;

  /** @param capacity - bytes that the message takes at most. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** @param value - whole, 0 to 2^53. */
  varint(field: number, value: number): this {
    return this.#put(field * 8 + VARINT).#put(value);
  }

  double(field: number, value: number): this {
    this.#put(field * 8 + FIXED_64);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#put(field * 8 + LENGTH_DELIMITED).#put(value.byteLength);
    this.#bytes.set(value, this.#length);
    this.#length += value.byteLength;
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #put(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length] = (rest % 0x80) + 0x80;
      this.#length += 1;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length] = rest;
    this.#length += 1;
    return this;
  }
}

/** One field of a message. Its methods throw an Error where it is of another type. */
export interface Field {
  readonly number: number;
  varint(): number;
  double(): number;
  /** A view of the message. */
  bytes(): Uint8Array;
  text(): string;
}

/** The fields of a message in their order. @throws Error - for bytes that are no message */
export class FieldReader implements Iterable<Field> {
  constructor(private readonly message: Uint8Array) {}

  *[Symbol.iterator](): Generator<Field> {
    const { message } = this;
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    let offset = 0;
    const varint = (): number => {
      let value = 0;
      for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
        const byte = message[offset];
        if (byte === undefined) break;
        offset += 1;
        value += (byte % 0x80) * scale;
        if (byte < 0x80) return value;
      }
      throw new Error('a number in a message has no end');
    };
    while (offset < message.byteLength) {
      const tag = varint();
      const type = tag % 8;
      let value = 0;
      if (type === VARINT) value = varint();
      const length = lengthOf(type, varint);
      const start = offset;
      offset += length;
      if (offset > message.byteLength) throw new Error('a message breaks off');
      const expect = (wanted: number): void => {
        if (type !== wanted) throw new Error(`field ${Math.floor(tag / 8)} has the wire type ${type}`);
      };
      const bytes = (): Uint8Array => {
        expect(LENGTH_DELIMITED);
        return message.subarray(start, start + length);
      };
      yield {
        number: Math.floor(tag / 8),
        varint: () => {
          expect(VARINT);
          return value;
        },
        double: () => {
          expect(FIXED_64);
          return view.getFloat64(start, true);
        },
        bytes,
        text: () => decoder.decode(bytes()),
      };
    }
  }
}

function lengthOf(type: number, varint: () => number): number {
  if (type === VARINT) return 0;
  if (type === FIXED_64) return 8;
  if (type === FIXED_32) return 4;
  if (type === LENGTH_DELIMITED) return varint();
  throw new Error(`a field has the wire type ${type}`);
}
