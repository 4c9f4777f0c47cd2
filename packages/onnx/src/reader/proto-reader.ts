/** Why bytes are no message. `missingBytes` is set where the outermost one ends too soon: at least so many are missing. */
export class ProtoFault extends Error {
  override readonly name = 'ProtoFault';
  constructor(
    readonly problem: string,
    readonly missingBytes?: number | undefined,
  ) {
    super(problem);
  }
}

const utf8 = new TextDecoder();

/**
 * Reads the fields of one protobuf message in the order they come. Nothing is copied but what is asked for, and every
 * length is checked against the bytes that are there before it is used.
 */
export class ProtoReader {
  /** Number of the field at hand. */
  field = 0;
  #wireType = 0;
  #offset = 0;
  /** Where the content of the field at hand begins and ends. */
  #start = 0;
  #number = 0n;

  constructor(
    private readonly message: Uint8Array,
    private readonly isInner = false,
  ) {}

  /** Goes to the next field; false at the end of the message. @throws ProtoFault */
  next(): boolean {
    if (this.#offset >= this.message.byteLength) return false;
    const tag = this.#varint();
    this.#wireType = Number(tag & 7n);
    this.field = Number(tag >> 3n);
    if (this.field === 0 || this.field > 0x1fffffff) throw new ProtoFault(`a field has the number ${this.field}`);
    this.#start = this.#offset;
    if (this.#wireType === 0) this.#number = this.#varint();
    else if (this.#wireType === 1) this.#skip(8);
    else if (this.#wireType === 5) this.#skip(4);
    else if (this.#wireType === 2) {
      const length = Number(this.#varint());
      this.#start = this.#offset;
      this.#skip(length);
    } else throw new ProtoFault(`field ${this.field} has the wire type ${this.#wireType}`);
    return true;
  }

  /** The number in the field at hand, as int64. @throws ProtoFault */
  int(): number {
    this.#expect(0);
    return Number(BigInt.asIntN(64, this.#number));
  }

  /** The number in the field at hand, as int64 of any size. @throws ProtoFault */
  bigint(): bigint {
    this.#expect(0);
    return BigInt.asIntN(64, this.#number);
  }

  /** The float in the field at hand. @throws ProtoFault */
  float(): number {
    this.#expect(5);
    return new DataView(this.message.buffer, this.message.byteOffset + this.#start, 4).getFloat32(0, true);
  }

  /** A view of the bytes in the field at hand. @throws ProtoFault */
  bytes(): Uint8Array {
    this.#expect(2);
    return this.message.subarray(this.#start, this.#offset);
  }

  string(): string {
    return utf8.decode(this.bytes());
  }

  /** A reader of the message in the field at hand. @throws ProtoFault */
  inner(): ProtoReader {
    return new ProtoReader(this.bytes(), true);
  }

  /** The numbers of a repeated field, of which one or, packed, several are at hand. @throws ProtoFault */
  *ints(): Generator<number> {
    if (this.#wireType === 0) {
      yield this.int();
      return;
    }
    const packed = new ProtoReader(this.bytes(), true);
    while (packed.#offset < packed.message.byteLength) yield Number(BigInt.asIntN(64, packed.#varint()));
  }

  /** How many elements of a repeated number are at hand. @param fixedBytes - of one; 0 for varints. @throws ProtoFault */
  count(fixedBytes: number): number {
    if (this.#wireType !== 2) return 1;
    if (fixedBytes > 0) return this.bytes().byteLength / fixedBytes;
    let count = 0;
    for (const byte of this.bytes()) count += byte < 0x80 ? 1 : 0;
    return count;
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) throw new ProtoFault(`field ${this.field} has the wire type ${this.#wireType}`);
  }

  #skip(length: number): void {
    const left = this.message.byteLength - this.#offset;
    if (length > left) {
      throw new ProtoFault(
        `field ${this.field} claims ${length} bytes and ${left} are left`,
        this.#missing(length - left),
      );
    }
    this.#offset += length;
  }

  /** Inside a message that is whole, a length that is too great is damage and not a cut. */
  #missing(bytes: number): number | undefined {
    return this.isInner ? undefined : bytes;
  }

  #varint(): bigint {
    // Small numbers, nearly all of them, need no big arithmetic.
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtoFault('a number has more than ten bytes');
  }

  #byte(): number {
    const byte = this.message[this.#offset];
    if (byte === undefined) throw new ProtoFault('it ends inside a number', this.#missing(1));
    this.#offset += 1;
    return byte;
  }
}
