/** Thrown when the bytes at hand end before the element does. One for all: it is control flow, and its stack means nothing. */
export const NEED_MORE_BYTES = new Error('More bytes of the NUT stream are needed.');

/** Reads NUT's basic types from a piece of the stream. Numbers above 2^53 do not occur in what we ask for and are refused. */
export class NutReader {
  #position = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly refuse: (detail: string) => Error,
  ) {}

  get position(): number {
    return this.#position;
  }

  /** One byte without moving on; undefined at the end. */
  peek(): number | undefined {
    return this.bytes[this.#position];
  }

  u8(): number {
    const value = this.bytes[this.#position];
    if (value === undefined) throw NEED_MORE_BYTES;
    this.#position += 1;
    return value;
  }

  /** `byteCount` bytes as a view. */
  take(byteCount: number): Uint8Array {
    const end = this.#position + byteCount;
    if (end > this.bytes.length) throw NEED_MORE_BYTES;
    const part = this.bytes.subarray(this.#position, end);
    this.#position = end;
    return part;
  }

  skip(byteCount: number): void {
    this.take(byteCount);
  }

  /** NUT's `v`: seven bits a byte, most significant first, the top bit says that more follow. */
  v(): number {
    let value = 0;
    for (let byte = this.u8(); ; byte = this.u8()) {
      value = value * 128 + (byte & 127);
      if (value > Number.MAX_SAFE_INTEGER) throw this.refuse('a number that is too large');
      if (byte < 128) return value;
    }
  }

  /** NUT's `s`: a signed number folded into a `v`. */
  s(): number {
    const folded = this.v() + 1;
    return folded % 2 === 1 ? -Math.floor(folded / 2) : folded / 2;
  }
}
