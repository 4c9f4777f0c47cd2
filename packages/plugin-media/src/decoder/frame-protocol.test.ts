import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feed } from '../../test/support/chunks.js';
import { CountedMemory } from '../../test/support/counted-memory.js';
import { DecoderGarbageError, FrameTooLargeError } from './errors.js';
import { FrameProtocolParser } from './frame-protocol.js';
import { encodeNote, RECORD_HEADER_BYTES, writeFrameHeader, type DecoderNote } from './frame-record.js';
import type { DecodedFrame } from './frame-stream.js';

interface Sample {
  readonly timestampMs: number;
  readonly width: number;
  readonly height: number;
  readonly fill: number;
}

function encodeFrame({ timestampMs, width, height, fill }: Sample): Uint8Array {
  const record = new Uint8Array(RECORD_HEADER_BYTES + width * height * 4).fill(fill);
  writeFrameHeader(record, timestampMs, width, height);
  return record;
}

function collect() {
  const memory = new CountedMemory();
  const frames: DecodedFrame[] = [];
  const notes: DecoderNote[] = [];
  const parser = new FrameProtocolParser({
    allocate: memory.allocate,
    onFrame: (frame) => frames.push(frame),
    onNote: (note) => notes.push(note),
  });
  return { memory, frames, notes, parser };
}

const anyFrame = fc.record({
  timestampMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
  width: fc.integer({ min: 1, max: 20 }),
  height: fc.integer({ min: 1, max: 20 }),
  fill: fc.integer({ min: 0, max: 255 }),
});
const anyNote = fc.oneof(
  fc.record({
    type: fc.constant('facts' as const),
    durationMs: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
  }),
  fc.record({ type: fc.constant('fault' as const), code: fc.string(), detail: fc.string() }),
);
const anySizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 });

describe('FrameProtocolParser', () => {
  it('gives back every frame and note, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyFrame, anyNote), { maxLength: 8 }), anySizes, (records, sizes) => {
        const { memory, frames, notes, parser } = collect();
        for (const record of records) feed(parser, 'type' in record ? encodeNote(record) : encodeFrame(record), sizes);
        expect(parser.atBoundary).toBe(true);
        expect(notes).toEqual(JSON.parse(JSON.stringify(records.filter((record) => 'type' in record))));
        const sent = records.filter((record): record is Sample => !('type' in record));
        expect(frames.map(({ timestampMs, width, height }) => ({ timestampMs, width, height }))).toEqual(
          sent.map(({ timestampMs, width, height }) => ({ timestampMs, width, height })),
        );
        for (const [index, frame] of frames.entries()) {
          expect(frame.memory.bytes.every((byte) => byte === sent[index]?.fill)).toBe(true);
          frame.memory.release();
        }
        expect([memory.open, memory.overReleased]).toEqual([0, 0]);
      }),
    );
  });

  it('tells the middle of a record from its end, and releases what it had begun', () => {
    const { memory, frames, parser } = collect();
    feed(parser, encodeFrame({ timestampMs: 1, width: 4, height: 4, fill: 9 }).subarray(0, 50), [7]);
    expect([parser.atBoundary, memory.open]).toEqual([false, 1]);
    parser.abandon();
    parser.abandon();
    expect([frames.length, memory.open, memory.overReleased]).toEqual([0, 0, 0]);
  });

  it.each<[string, (header: DataView) => void]>([
    ['a wrong magic number', (header) => header.setUint32(0, 0x20202020, true)],
    ['an unknown kind', (header) => header.setUint32(4, 3, true)],
    ['a timestamp that is no number', (header) => header.setFloat64(8, Number.NaN, true)],
    ['no width', (header) => header.setUint32(16, 0, true)],
    ['a size that does not fit the picture', (header) => header.setUint32(24, 63, true)],
    ['a note without end', (header) => [header.setUint32(4, 2, true), header.setUint32(24, 0xffffffff, true)]],
  ])('refuses %s', (_name, spoil) => {
    const { memory, parser } = collect();
    const record = encodeFrame({ timestampMs: 1, width: 4, height: 4, fill: 0 });
    spoil(new DataView(record.buffer));
    expect(() => feed(parser, record, [11])).toThrow(DecoderGarbageError);
    expect(memory.open).toBe(0);
  });

  it('refuses a frame of more pixels than allowed before it asks for memory', () => {
    const { memory, parser } = collect();
    const header = new Uint8Array(RECORD_HEADER_BYTES);
    writeFrameHeader(header, 0, 20_000, 4_000);
    expect(() => feed(parser, header, [32])).toThrow(FrameTooLargeError);
    expect(memory.open).toBe(0);
  });

  it('refuses notes that are no JSON or of no known type', () => {
    const spoilt = encodeNote({ type: 'facts' });
    spoilt[RECORD_HEADER_BYTES] = 0;
    expect(() => feed(collect().parser, spoilt, [5])).toThrow(DecoderGarbageError);
    const unknown = encodeNote({ type: 'facts', durationMs: 'long' } as unknown as DecoderNote);
    expect(() => feed(collect().parser, unknown, [5])).toThrow(DecoderGarbageError);
  });

  it('never fails in another way, whatever bytes come', () => {
    const valid = encodeFrame({ timestampMs: 5, width: 3, height: 2, fill: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        anySizes,
        (changes, sizes) => {
          const bytes = Uint8Array.from(valid);
          for (const [at, value] of changes) bytes[at] = value;
          const { memory, frames, parser } = collect();
          try {
            feed(parser, bytes, sizes);
          } catch (error) {
            expect(error instanceof DecoderGarbageError || error instanceof FrameTooLargeError).toBe(true);
          }
          parser.abandon();
          for (const frame of frames) frame.memory.release();
          expect([memory.open, memory.overReleased]).toEqual([0, 0]);
        },
      ),
    );
  });
});
