import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.js';
import { readZip, writeStoredZip } from './stored-zip.js';

const files = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[a-z0-9_]{1,20}\.[a-z]{1,6}$/), bytes: fc.uint8Array({ maxLength: 300 }) }),
  { selector: (file) => file.name, maxLength: 6 },
);

describe('crc32', () => {
  it('agrees with the check value of the standard and with zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
  });
});

describe('writeStoredZip', () => {
  it('is read back as it was, for any files', () => {
    fc.assert(
      fc.property(files, (input) => {
        expect(readZip(writeStoredZip(input))).toEqual(
          input.map((file) => ({ ...file, method: 0, crc32: crc32(file.bytes) })),
        );
      }),
    );
  });

  it('writes the bytes that the zip specification asks for', () => {
    const zip = writeStoredZip([{ name: 'a.bin', bytes: Uint8Array.of(1, 2, 3) }]);
    const local = '504b03040a00000000000000210' + '01d80bc5503000000030000000500000' + '0612e62696e010203';
    const central =
      '504b01020a000a0000000000000021001d80bc5503000000030000000500000000000000000000000000000000' + '00612e62696e';
    const end = '504b05060000000001000100' + '33000000' + '26000000' + '0000';
    expect(Buffer.from(zip).toString('hex')).toBe(local + central + end);
  });

  it('gives the same bytes every time', () => {
    const input = [{ name: 'a', bytes: Uint8Array.of(9) }];
    expect(writeStoredZip(input)).toEqual(writeStoredZip(input));
  });
});

describe('readZip', () => {
  const zip = writeStoredZip([
    { name: 'a.tflite', bytes: new Uint8Array(50).fill(1) },
    { name: 'b.tflite', bytes: new Uint8Array(50).fill(2) },
  ]);

  it('reads a zip with a comment at its end', () => {
    const withComment = Uint8Array.from([...zip, ...new TextEncoder().encode('hello')]);
    withComment[zip.length - 2] = 5;
    expect(readZip(withComment)).toHaveLength(2);
  });

  it.each([
    ['empty', new Uint8Array(), 'it is empty'],
    ['text', new TextEncoder().encode('<!doctype html>'), 'it does not begin like a zip file'],
    [
      'cut',
      zip.slice(0, -10),
      `it is cut off after ${zip.length - 10} bytes: the zip's table of contents at the end is missing`,
    ],
  ])('tells why it cannot read bytes that are %s', (_case, bytes, why) => {
    expect(readZip(bytes)).toBe(why);
  });

  it('answers with entries or a phrase, and never throws, whatever bytes are changed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const changed = Uint8Array.from(zip);
        for (const [at, value] of changes) changed[at] = value;
        const result = readZip(changed);
        expect(typeof result === 'string' || Array.isArray(result)).toBe(true);
      }),
    );
  });
});
