import type { RandomAccess } from '../../src/mcap/index.js';

/** A file that is only bytes. */
export function memoryFile(bytes: Uint8Array, path = 'memory.mcap'): RandomAccess {
  return {
    path,
    size: () => Promise.resolve(bytes.byteLength),
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  };
}

/** Bytes one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
