import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signTake } from '../../testing/takes.js';
import type { Landmarks } from '@kinegraph/core/plugin';
import { TakeUnreadableError } from '../errors.js';
import { decodeBundle, encodeBundle } from './take-bundle.js';
import { decodeTake, encodeTake } from './take-codec.js';
import { TakeRecorder } from './take-recorder.js';
import type { Take } from './take.js';

const place = fc.double({ min: -2, max: 3, noNaN: true });
const aHand = fc.record({
  trackId: fc.nat(),
  handedness: fc.constantFrom('left' as const, 'right' as const),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  points: fc.array(place, { minLength: 63, maxLength: 63 }).map((points) => Float32Array.from(points)),
});
const aTake: fc.Arbitrary<Take> = fc
  .record({
    id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/),
    label: fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 10 })
      .filter((text) => /^[^\s.]/.test(text) && text === text.trim()),
    recordedAt: fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    source: fc.string(),
    frameWidth: fc.integer({ min: 1, max: 4096 }),
    frameHeight: fc.integer({ min: 1, max: 4096 }),
    rate: fc.integer({ min: 1, max: 120 }),
    hands: fc.array(fc.array(aHand, { maxLength: 2 }), { maxLength: 8 }),
  })
  .map(({ hands, ...header }) => ({
    ...header,
    frames: hands.map((seen, index) => ({ timestampMs: index * 33, hands: seen })),
  }));

describe('a take as text', () => {
  it('comes back as it was, to the hundred thousandth of a width', () => {
    fc.assert(
      fc.property(aTake, (take) => {
        const { take: back, damage } = decodeTake(encodeTake(take), 't');
        expect(damage).toBeUndefined();
        expect({ ...back, frames: [] }).toEqual({ ...take, frames: [] });
        for (const [index, frame] of back.frames.entries()) {
          const before = take.frames[index];
          expect(frame.timestampMs).toBe(before?.timestampMs);
          for (const [at, hand] of frame.hands.entries()) {
            const points = before?.hands[at]?.points ?? [];
            expect(
              Math.max(0, ...hand.points.map((value, point) => Math.abs(value - (points[point] ?? 0)))),
            ).toBeLessThan(6e-6);
          }
        }
        expect(encodeTake(back)).toBe(encodeTake(take));
      }),
    );
  });

  it('cut anywhere keeps every whole line and says so', () => {
    const whole = signTake(1, 1);
    const text = encodeTake(whole);
    const header = text.indexOf('\n');
    fc.assert(
      fc.property(fc.integer({ min: header + 1, max: text.length - 1 }), (length) => {
        const part = text.slice(0, length);
        const { take, damage } = decodeTake(part, 't');
        const wholeLines = part.split('\n').length - 2;
        const isAtLineEnd = part.endsWith('\n') || text[length] === '\n';
        expect(take.frames).toHaveLength(wholeLines + (text[length] === '\n' ? 1 : 0));
        expect(damage === undefined).toBe(isAtLineEnd);
        if (damage !== undefined)
          expect(damage).toMatchObject({
            lines: 1,
            isCut: true,
            problem: expect.stringMatching(/^line \d+: it is no whole line of JSON$/) as unknown,
          });
      }),
    );
  });

  it('keeps the lines around a damaged one, and those after a time that goes back', () => {
    const lines = encodeTake(signTake(0, 0)).trimEnd().split('\n');
    const nan = lines[7]?.replace(/\[\d[^,]*,/, '[null,') ?? '';
    const text = [...lines.slice(0, 7), nan, 'rubbish', lines[3], ...lines.slice(9), ''].join('\n');
    const { take, damage } = decodeTake(text, 't');
    expect(damage).toMatchObject({
      lines: 3,
      isCut: false,
      problem: expect.stringContaining('line 8: point 0') as unknown,
    });
    expect(take.frames).toHaveLength(lines.length - 1 - 2);
  });

  it('lasts ten minutes at most, in frames that are a millisecond apart', () => {
    const take = signTake(0, 0, { seconds: 0.1 });
    const [first] = take.frames;
    const frames = [0, 1.0004, 1.9, 3, 1e15, -5, 600_001, 4, 600_000].map((timestampMs) => ({
      timestampMs,
      hands: first?.hands ?? [],
    }));
    const read = decodeTake(encodeTake({ ...take, frames }), 't');
    expect(read.take.frames.map(({ timestampMs }) => timestampMs)).toEqual([0, 1, 3, 4, 600_000]);
    expect(read.damage?.lines).toBe(4);
  });

  it('of any bytes is read or refused, never more', () => {
    const text = encodeTake(signTake(0, 0, { seconds: 0.2 }));
    const mutated = fc
      .array(
        fc.tuple(
          fc.nat({ max: text.length - 1 }),
          fc.constantFrom('"', '{', '}', '[', ']', ',', 'null', '1e999', '-', '\n', ''),
        ),
        { maxLength: 4 },
      )
      .map((edits) => edits.reduce((sum, [at, by]) => sum.slice(0, at) + by + sum.slice(at + 1), text));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string(), fc.json()), (any) => {
        try {
          for (const { take } of [decodeTake(any, 't'), ...decodeBundle(any, 'b')]) {
            for (const { hands } of take.frames)
              for (const { points } of hands) expect(points.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TakeUnreadableError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('says of a file that is none what is wrong with it', () => {
    expect(() => decodeTake('', 'a/b')).toThrow(/take a\/b cannot be read: its header is no JSON/);
    expect(() => decodeTake('{"x":1}\n', 't')).toThrow(/has no "kinegraph-take"/);
    expect(() => decodeTake('{"kinegraph-take":2}\n', 't')).toThrow(/version 2, and this program reads 1/);
    expect(() => decodeTake(encodeTake({ ...signTake(0, 0), frameWidth: 0 }), 't')).toThrow(/header's frameWidth/);
    expect(() => decodeTake(encodeTake({ ...signTake(0, 0), label: '..' }), 't')).toThrow(/label/);
  });

  it('leaves out hands with a place that is not finite when it is written', () => {
    const take = signTake(0, 0);
    const hand = take.frames[2]?.hands[0];
    if (hand !== undefined) hand.points[5] = Number.NaN;
    expect(decodeTake(encodeTake(take), 't').take.frames[2]?.hands).toEqual([]);
  });
});

describe('a recorder', () => {
  const landmarks = (hands: number): Landmarks => ({
    ...{ frameWidth: 640, frameHeight: 480 },
    tracks: Array.from({ length: hands }, (_, trackId) => ({
      ...{ trackId, skeleton: 'hand-21', score: 0.9, image: new Float32Array(84).fill(-0.123456) },
    })),
  });
  const recorder = (): TakeRecorder =>
    new TakeRecorder({ label: 'x'.repeat(60), source: '\u0001'.repeat(600), recordedAt: new Date(0), random: 0 });

  it('is full before its take is larger than one that can be read', () => {
    const recording = recorder();
    let at = 0;
    for (; !recording.isFull && at < 20_000; at += 1) recording.push(at * 20, landmarks(8));
    expect(at).toBeLessThan(10_000);
    recording.push(at * 20, landmarks(8));
    const take = recording.take();
    if (take === undefined) throw new Error('nothing was recorded');
    const read = decodeTake(encodeTake(take), 't');
    expect(read.damage).toBeUndefined();
    expect(read.take.frames).toHaveLength(at);
  });

  it('lets go what a file would not give back', () => {
    const recording = recorder();
    const [odd, far] = [landmarks(1), landmarks(1)];
    far.tracks[0]?.image.fill(1e7);
    recording.push(Number.NaN, odd);
    recording.push(5, odd);
    recording.push(Number.NaN, odd);
    recording.push(35, { ...odd, tracks: odd.tracks.map((track) => ({ ...track, score: Number.NaN })) });
    recording.push(65, far);
    expect(recording.take()?.frames.map(({ timestampMs, hands }) => [timestampMs, hands.length])).toEqual([
      [0, 1],
      [30, 0],
      [60, 0],
    ]);
  });
});

describe('takes in one text', () => {
  it('come apart where a cut file was joined to the next, and wherever the key of a header stands', () => {
    const takes = [signTake(0, 0), signTake(1, 0)];
    const [first = '', second = ''] = takes.map(encodeTake);
    const read = decodeBundle(first.slice(0, -40) + second, 'b');
    expect(read.map(({ take }) => take.label)).toEqual(takes.map(({ label }) => label));
    expect(read[0]?.damage).toMatchObject({ lines: 1, isCut: true });
    expect(read[0]?.take.frames).toHaveLength((takes[0]?.frames.length ?? 0) - 1);
    expect(read[1]?.take).toEqual(decodeTake(second, 't').take);
    const last = second.replace('{"kinegraph-take":1,', '{').replace('}', ',"kinegraph-take":1}');
    expect(decodeBundle(first + last, 'b')).toHaveLength(2);
  });

  it('come apart where the next one has its key in the middle, and braces and brackets in its texts', () => {
    const [first, second] = [signTake(0, 0), { ...signTake(1, 0), label: 'a {b} "c', source: '{"x":[{' }];
    const text = encodeTake(second)
      .replace('{"kinegraph-take":1,', '{')
      .replace('"frameWidth"', '"kinegraph-take":1,$&');
    const read = decodeBundle(encodeTake(first).slice(0, -40) + text, 'b');
    expect(read.map(({ take, damage }) => [take.label, damage?.isCut])).toEqual([
      ['sign-0', true],
      ['a {b} "c', undefined],
    ]);
    expect(read[1]?.take).toEqual(decodeTake(encodeTake(second), 't').take);
  });

  it.each([
    ['its key first', (header: string) => header],
    [
      'its key last',
      (header: string) => header.replace('{"kinegraph-take":1,', '{').replace(/}$/, ',"kinegraph-take":1}'),
    ],
    [
      'its key after a label',
      (header: string) => header.replace('{"kinegraph-take":1,', '{"label":"x","kinegraph-take":1,'),
    ],
  ])('lose nothing of each other where one is cut in its header with %s', (_what, ordered) => {
    const texts = [signTake(0, 0), signTake(1, 0), signTake(1, 1)].map((take) =>
      encodeTake({ ...take, frames: take.frames.slice(0, 3) }),
    );
    const [a = '', b = '', c = ''] = texts;
    const header = ordered(b.slice(0, b.indexOf('\n')));
    for (let length = 1; length < header.length; length += 1) {
      const cut = header.slice(0, length);
      for (const ending of ['', '\n']) {
        const first = decodeBundle(cut + ending + a + c, 'b');
        expect(encodeBundle(first.map(({ take }) => take))).toBe(a + c);
        expect(first.map(({ damage }) => damage?.lines)).toEqual([1, undefined]);
        const middle = decodeBundle(a + cut + ending + c, 'b');
        expect(encodeBundle(middle.map(({ take }) => take))).toBe(a + c);
        expect(middle.map(({ damage }) => damage?.lines)).toEqual([1, undefined]);
        const last = decodeBundle(a + c + cut + ending, 'b');
        expect(encodeBundle(last.map(({ take }) => take))).toBe(a + c);
        expect(last.map(({ damage }) => damage?.lines)).toEqual([undefined, 1]);
      }
    }
  });

  it('never take the frames after a broken header for those of the take before it', () => {
    const [a = '', b = ''] = [signTake(0, 0), signTake(1, 0, { seconds: 3 })].map(encodeTake);
    for (const broken of [b.replace('"id":', '"id"'), b.replace(/{("kinegraph-take":1),(.*)}\n/, '{$2,$1\n')])
      expect(() => decodeBundle(a + broken, 'b')).toThrow(/b, line 44 cannot be read: its header is no JSON/);
  });

  it('are counted before they are read', () => {
    const text = '{"kinegraph-take":1}\n'.repeat(10_001);
    expect(() => decodeBundle(text, 'b')).toThrow(/it has 10001 takes, and 10000 are allowed at once/);
    expect(() => decodeBundle(text.slice(21), 'b')).toThrow(/line 1 cannot be read: its header's id/);
  });

  it('are refused for lines without end, even empty ones', () => {
    expect(() => decodeTake(encodeTake(signTake(0, 0)) + '\n'.repeat(1_000_000), 't')).toThrow(/40000 lines or more/);
  });

  it('come apart again, and a cut costs the last line of the last one', () => {
    const takes = [signTake(0, 0), signTake(1, 0), signTake(1, 1)];
    const text = encodeBundle(takes);
    expect(encodeBundle(decodeBundle(text, 'b').map(({ take }) => take))).toBe(text);
    const cut = decodeBundle(text.slice(0, -40), 'b');
    expect(cut.map(({ damage }) => damage?.isCut)).toEqual([undefined, undefined, true]);
    expect(() => decodeBundle(text.slice(20), 'b')).toThrow(/does not begin with the header of a take/);
  });
});
