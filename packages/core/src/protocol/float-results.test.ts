import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Landmarks, TrackedLandmarks } from '../vision/index.js';
import { FloatResultError, readLayout } from './float-layout.js';
import type { LayoutMessage } from './float-layout.js';
import { FloatResultEncoder } from './float-results.js';
import type { FloatResult } from './float-results.js';
import { readFloatResult } from './read-float-result.js';

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const milliseconds = fc.double({ noNaN: true, noDefaultInfinity: true });
const u32 = fc.nat(0xffff_ffff);

/** Tracks of a skeleton always have as many points, as in life. */
const track = fc
  .constantFrom(
    { skeleton: 'hand-21', points: 21 },
    { skeleton: 'pose-33', points: 33 },
    { skeleton: 'dot', points: 1 },
  )
  .chain(({ skeleton, points }): fc.Arbitrary<TrackedLandmarks> => {
    const rows = fc.array(float, { minLength: 4 * points, maxLength: 4 * points }).map((row) => Float32Array.from(row));
    return fc.record(
      {
        skeleton: fc.constant(skeleton),
        trackId: u32,
        score: float,
        handedness: fc.constantFrom('left' as const, 'right' as const),
        handednessScore: float,
        image: rows,
        world: rows,
      },
      { requiredKeys: ['skeleton', 'trackId', 'score', 'image'] },
    );
  });
const landmarks: fc.Arbitrary<Landmarks> = fc.record({
  frameWidth: u32,
  frameHeight: u32,
  tracks: fc.array(track, { maxLength: 4 }),
});
const sinkName = fc.constantFrom('hands', 'body', 'both', 'ünïcode');
const result: fc.Arbitrary<FloatResult> = fc.record({
  source: fc.constantFrom('camera', 'clip'),
  sequence: u32,
  timestampMs: milliseconds,
  capturedAtMs: milliseconds,
  ageMs: milliseconds,
  dropped: u32,
  values: fc.dictionary(sinkName, landmarks, { maxKeys: 3 }),
});

it('numbers a skeleton anew that was given other points while the run goes on', () => {
  const encoder = new FloatResultEncoder();
  const encodePaw = (points: number): string[] => {
    const paw = { skeleton: 'paw', trackId: 1, score: 1, image: new Float32Array(4 * points) };
    const bytes = encoder.encode({ ...aResult(), values: { paws: { frameWidth: 4, frameHeight: 3, tracks: [paw] } } });
    const { values } = readFloatResult(bytes, encoder.layout);
    expect(values['paws']).toMatchObject({ tracks: [paw] });
    return encoder.layout.skeletons.map((skeleton) => `${skeleton.id} ${skeleton.points}`);
  };
  expect(encodePaw(3)).toEqual(['paw 3']);
  expect(encodePaw(4)).toEqual(['paw 3', 'paw 4']);
  expect(encodePaw(4)).toEqual(['paw 3', 'paw 4']);
});

/** A result of two hands and a body. */
function aResult(): FloatResult {
  const rows = (points: number): Float32Array => Float32Array.from({ length: 4 * points }, (_, index) => index / 7);
  const hand = (trackId: number): TrackedLandmarks => ({
    skeleton: 'hand-21',
    trackId,
    score: 0.5,
    handedness: 'left',
    image: rows(21),
    world: rows(21),
  });
  const pose: TrackedLandmarks = { skeleton: 'pose-33', trackId: 1, score: 0.75, image: rows(33) };
  return {
    source: 'camera',
    sequence: 7,
    timestampMs: 1.5,
    capturedAtMs: 2.5,
    ageMs: 3.5,
    dropped: 2,
    values: {
      hands: { frameWidth: 512, frameHeight: 384, tracks: [hand(1), hand(2)] },
      body: { frameWidth: 512, frameHeight: 384, tracks: [pose] },
    },
  };
}

function withoutWorld(value: Landmarks): Landmarks {
  return { ...value, tracks: value.tracks.map(({ world: _world, ...rest }) => rest) };
}

describe('A float result', () => {
  it('has its fields at fixed places', () => {
    const encoder = new FloatResultEncoder();
    const dot = { skeleton: 'dot', trackId: 3, score: 1, handedness: 'right', image: Float32Array.of(1, 0, -2, 0.5) };
    const values = { dots: { frameWidth: 640, frameHeight: 480, tracks: [dot] } };
    const bytes = encoder.encode({ ...aResult(), sequence: 0x01020304, values });
    expect([...bytes.subarray(0, 16)]).toEqual([0x4b, 0x47, 0x52, 0x53, 1, 0, 3, 0, 4, 3, 2, 1, 2, 0, 0, 0]);
    expect([...bytes.subarray(16, 40)]).toEqual([...new Uint8Array(Float64Array.of(1.5, 2.5, 3.5).buffer)]);
    expect([...bytes.subarray(40, 48)]).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
    expect([...bytes.subarray(48, 60)]).toEqual([0, 0, 1, 0, 0x80, 2, 0, 0, 0xe0, 1, 0, 0]);
    expect([...bytes.subarray(60, 80)]).toEqual([0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0, 1, 0, 0, 0]);
    expect([...bytes.subarray(80)]).toEqual([...new Uint8Array(dot.image.buffer)]);
    expect(encoder.layout).toEqual({
      type: 'layout',
      layout: 3,
      sources: ['camera'],
      sinks: ['dots'],
      skeletons: [{ id: 'dot', points: 1 }],
    });
  });

  it('of two hands and a body takes little more than its 75 rows', () => {
    expect(new FloatResultEncoder().encode(aResult()).length).toBe(48 + 2 * 12 + 3 * 20 + 75 * 16);
  });

  it('comes back as it was sent, wherever it lies in memory', () => {
    fc.assert(
      fc.property(
        fc.array(result, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.nat(9),
        (results, world, shift) => {
          const encoder = new FloatResultEncoder({ world });
          for (const sent of results) {
            const bytes = encoder.encode(sent);
            const message = new Uint8Array(bytes.length + shift).subarray(shift);
            message.set(bytes);
            const layout = readLayout(JSON.parse(JSON.stringify(encoder.layout)));
            const values = Object.entries(sent.values as Record<string, Landmarks>);
            expect(readFloatResult(message, layout)).toEqual({
              ...sent,
              type: 'result',
              stages: {},
              values: Object.fromEntries(values.map(([sink, value]) => [sink, world ? value : withoutWorld(value)])),
            });
          }
        },
      ),
    );
  });

  it('leaves out what is no landmarks', () => {
    const encoder = new FloatResultEncoder();
    const hands = { frameWidth: 4, frameHeight: 3, tracks: [] };
    const values = { hands, angles: { tracks: [] }, label: 'A', none: null, count: 3 };
    const bytes = encoder.encode({ ...aResult(), values });
    expect(readFloatResult(bytes, encoder.layout).values).toEqual({ hands });
  });

  it('changes the layout only for what is new', () => {
    const encoder = new FloatResultEncoder();
    encoder.encode(aResult());
    const first = encoder.layout;
    encoder.encode(aResult());
    expect(encoder.layout).toBe(first);
    encoder.encode({ ...aResult(), source: 'clip' });
    expect(encoder.layout).toMatchObject({ layout: first.layout + 1, sources: ['camera', 'clip'] });
    expect(first.sources).toEqual(['camera']);
  });

  it.each([
    ['ends early', (m: Uint8Array) => m.subarray(0, m.length - 1), /a length of \d+; allowed: \d+ bytes or more/],
    ['has bytes behind its end', (m: Uint8Array) => Uint8Array.of(...m, 0), /a length of \d+; allowed: \d+ bytes/],
    ['is of another version', (m: Uint8Array) => m.fill(2, 4, 5), /version 2; allowed: 1/],
    ['is of another layout', (m: Uint8Array) => m.fill(9, 6, 7), /layout 9; allowed: 5/],
    ['has an unknown sink', (m: Uint8Array) => m.fill(8, 48, 49), /the sink numbered 8; allowed: less than 2/],
    ['claims more rows than there are', (m: Uint8Array) => m.fill(255, 76, 80), /bytes or more/],
    ['was captured at no time', (m: Uint8Array) => m.fill(255, 24, 32), /capturedAtMs NaN/],
  ])('that %s is refused', (_what, change, sentence) => {
    const encoder = new FloatResultEncoder();
    const bytes = change(encoder.encode(aResult()));
    expect(() => readFloatResult(bytes, encoder.layout)).toThrow(FloatResultError);
    expect(() => readFloatResult(bytes, encoder.layout)).toThrow(sentence);
  });

  it('without a layout is refused', () => {
    const bytes = new FloatResultEncoder().encode(aResult());
    expect(() => readFloatResult(bytes, undefined)).toThrow(/as none has come/);
  });

  it('is read or refused whatever the bytes are', () => {
    const encoder = new FloatResultEncoder({ world: true });
    const start = encoder.encode(aResult());
    const change = fc.tuple(fc.oneof(fc.nat(120), fc.nat(start.length - 1)), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(start.length), fc.boolean(), (changes, length, cut) => {
        const bytes = Uint8Array.from(cut ? start.subarray(0, length) : start);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          expect(Number.isFinite(readFloatResult(bytes, encoder.layout).ageMs)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FloatResultError);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('A layout', () => {
  it('is read or refused whatever it is', () => {
    const near = fc.record(
      { layout: fc.anything(), sources: fc.anything(), sinks: fc.anything(), skeletons: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), near), (value) => {
        try {
          const read: LayoutMessage = readLayout(value);
          expect(read.type).toBe('layout');
        } catch (error) {
          expect(error).toBeInstanceOf(FloatResultError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [{ layout: -1 }, /a layout numbered -1; allowed: 0-65535/],
    [{ layout: 1, sources: ['camera', 3] }, /sources are \["camera",3\]/],
    [{ layout: 1, sources: [], sinks: [], skeletons: [{ id: 'dot' }] }, /skeletons are \[\{"id":"dot"\}\]/],
  ])('%j is refused', (value, sentence) => {
    expect(() => readLayout(value)).toThrow(sentence);
  });
});
