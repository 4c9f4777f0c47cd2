import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feed } from '../../test/support/chunks.js';
import { CountedMemory } from '../../test/support/counted-memory.js';
import { DecoderGarbageError, FrameTooLargeError } from '../decoder/errors.js';
import type { DecodedFrame } from '../decoder/frame-stream.js';
import { NutParser } from './nut-parser.js';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url));
const variable = fixture('variable-40x30.nut');
const tiny = fixture('tiny-8x6.nut');

function parse(bytes: Uint8Array, sizes: readonly number[]) {
  const memory = new CountedMemory();
  const frames: DecodedFrame[] = [];
  const parser = new NutParser({ allocate: memory.allocate, onFrame: (frame) => frames.push(frame) });
  let fault: unknown;
  try {
    feed(parser, bytes, sizes);
  } catch (error) {
    fault = error;
  }
  return { memory, frames, parser, fault };
}

const anySizes = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 20 });

describe('NutParser', () => {
  it('reads the exact times of a variable frame rate', () => {
    const { frames, parser, fault } = parse(variable, [65536]);
    expect(fault).toBeUndefined();
    expect(frames.map((frame) => frame.timestampMs)).toEqual([0, 200, 300, 400, 612.3, 712.3, 812.3, 1012.3]);
    expect(frames.every((frame) => frame.width === 40 && frame.height === 30)).toBe(true);
    expect(parser.atBoundary).toBe(true);
  });

  it('gives the same frames, however the bytes are cut', () => {
    const whole = parse(variable, [65536]).frames;
    fc.assert(
      fc.property(anySizes, (sizes) => {
        const { frames, memory } = parse(variable, sizes);
        expect(frames.map((frame) => frame.timestampMs)).toEqual(whole.map((frame) => frame.timestampMs));
        for (const [index, frame] of frames.entries()) {
          expect(Buffer.compare(frame.memory.bytes, whole[index]?.memory.bytes ?? new Uint8Array())).toBe(0);
          frame.memory.release();
        }
        expect([memory.open, memory.overReleased]).toEqual([0, 0]);
      }),
      { numRuns: 50 },
    );
  });

  it('reads frames smaller than its read-ahead, several from one piece', () => {
    const { frames } = parse(tiny, [65536]);
    expect(frames.map((frame) => frame.timestampMs)).toEqual([0, 100, 200, 300, 400]);
    const black = Buffer.alloc(8 * 6 * 4, Buffer.from([0, 0, 0, 255]));
    for (const frame of frames) expect(Buffer.compare(frame.memory.bytes, black)).toBe(0);
  });

  it('tells the middle of a frame from the end of the stream', () => {
    const { frames, memory, parser } = parse(variable.subarray(0, variable.length - 100), [4096]);
    expect([frames.length, parser.atBoundary, memory.open]).toEqual([7, false, 8]);
    parser.abandon();
    expect(memory.open).toBe(7);
  });

  it.each([
    ['text', 'hello, this is no NUT stream at all\n'],
    ['another container', '\u001aEß££'],
    ['the right name and then nonsense', 'nut/multimedia container\0N???????????????????'],
  ])('refuses %s', (_name, text) => {
    const { fault } = parse(new TextEncoder().encode(text), [3]);
    expect(fault).toBeInstanceOf(DecoderGarbageError);
  });

  it('refuses pixels of another format', () => {
    const bytes = Uint8Array.from(variable);
    const at = Buffer.from(bytes).indexOf('RGBA');
    bytes.set(new TextEncoder().encode('I420'), at);
    expect(parse(bytes, [4096]).fault).toMatchObject({
      code: 'MEDIA_DECODER_GARBAGE',
      message: expect.stringContaining('I420'),
    });
  });

  it('never fails in another way and never loses memory, whatever bytes are changed', () => {
    const headers = 700; // what comes before the first pixels; changes there matter most
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: headers }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }),
        anySizes,
        (changes, sizes) => {
          const bytes = Uint8Array.from(tiny.subarray(0, 1200));
          for (const [at, value] of changes) bytes[at] = value;
          const { memory, frames, parser, fault } = parse(bytes, sizes);
          expect(
            fault === undefined || fault instanceof DecoderGarbageError || fault instanceof FrameTooLargeError,
          ).toBe(true);
          parser.abandon();
          for (const frame of frames) frame.memory.release();
          expect([memory.open, memory.overReleased]).toEqual([0, 0]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
