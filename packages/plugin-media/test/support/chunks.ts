import type { ByteParser } from '../../src/decoder/byte-parser.js';

/** Feeds `bytes` to a parser as a pipe would: pieces of the given sizes (repeated), each at most as long as the target. */
export function feed(parser: ByteParser, bytes: Uint8Array, sizes: readonly number[]): void {
  let offset = 0;
  for (let turn = 0; offset < bytes.length; turn += 1) {
    const target = parser.target();
    if (target.length === 0) throw new Error('the parser offered no room');
    const count = Math.min(sizes[turn % sizes.length] ?? 1, target.length, bytes.length - offset);
    target.set(bytes.subarray(offset, offset + count));
    parser.commit(count);
    offset += count;
  }
}
