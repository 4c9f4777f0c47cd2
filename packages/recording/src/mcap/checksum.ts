import { crc32Final, crc32Update } from '@foxglove/crc';

/**
 * CRC-32 of bytes that go on where others ended.
 * @param before - the answer for those others; 0 where there are none.
 */
export type Checksum = (bytes: Uint8Array, before: number) => number;

/** In JavaScript, for every platform. A platform that has it natively brings its own. */
export const portableChecksum: Checksum = (bytes, before) => crc32Final(crc32Update(before ^ 0xffff_ffff, bytes));
