import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_HEADER_BYTES, FrameHeaderError, encodeFrameMessage, readFrameMessage } from './frame-message.js';

const header = { format: 'jpeg', sequence: 7, capturedAtMs: 1234.5 } as const;
const image = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);

describe('A frame message', () => {
  it('has its header at fixed places', () => {
    const message = encodeFrameMessage({ format: 'webp', sequence: 0x01020304, capturedAtMs: 1.5 }, image);
    expect([...message]).toEqual([
      ...[0x4b, 0x47, 0x46, 0x52, 1, 3, 0, 0],
      ...[4, 3, 2, 1, 0, 0, 0, 0],
      ...[0, 0, 0, 0, 0, 0, 0xf8, 0x3f],
      ...image,
    ]);
  });

  it('comes back as it was sent, the image as a view of the message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('jpeg' as const, 'png' as const, 'webp' as const),
        fc.nat(0xffff_ffff),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.uint8Array(),
        fc.nat(16),
        (format, sequence, capturedAtMs, bytes, shift) => {
          const sent = encodeFrameMessage({ format, sequence, capturedAtMs }, bytes);
          const message = new Uint8Array(sent.length + shift).subarray(shift); // at any place of its memory
          message.set(sent);
          const read = readFrameMessage(message);
          expect(read.header).toEqual({ format, sequence, capturedAtMs });
          expect([...read.image]).toEqual([...bytes]);
          expect(read.image.buffer).toBe(message.buffer);
        },
      ),
    );
  });

  it('without the magic is a bare image', () => {
    expect(readFrameMessage(image)).toEqual({ header: undefined, image });
    expect(readFrameMessage(new Uint8Array(0)).header).toBeUndefined();
  });

  it.each([
    ['ends inside its header', (m: Uint8Array) => m.subarray(0, 20), /20 bytes/],
    ['is of another version', (m: Uint8Array) => m.fill(2, 4, 5), /version 2; allowed: 1/],
    ['has an unknown format', (m: Uint8Array) => m.fill(9, 5, 6), /format 9; allowed: 1 \(JPEG\)/],
    ['was captured at no time', (m: Uint8Array) => m.fill(0xff, 16, 24), /capture time NaN/],
  ])('that %s is refused', (_what, change, sentence) => {
    const message = change(encodeFrameMessage(header, image));
    expect(() => readFrameMessage(message)).toThrow(FrameHeaderError);
    expect(() => readFrameMessage(message)).toThrow(sentence);
  });

  it('is read or refused whatever the bytes are', () => {
    const start = encodeFrameMessage(header, image).subarray(0, FRAME_HEADER_BYTES);
    const mutated = fc
      .tuple(fc.uint8Array({ maxLength: 40 }), fc.array(fc.tuple(fc.nat(23), fc.nat(255)), { maxLength: 6 }))
      .map(([tail, changes]) => {
        const bytes = Uint8Array.of(...start, ...tail);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes.subarray(0, Math.max(0, bytes.length - (changes[0]?.[0] ?? 0)));
      });
    fc.assert(
      fc.property(mutated, (bytes) => {
        try {
          const { header: read } = readFrameMessage(bytes);
          if (read !== undefined) expect(Number.isFinite(read.capturedAtMs)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameHeaderError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
