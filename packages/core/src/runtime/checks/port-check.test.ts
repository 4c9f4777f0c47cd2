import { describe, expect, it } from 'vitest';
import { WindowSnapshot } from '../../nodes/index.js';
import { FrameLedger, aFrame, aHand, aPose, landmarksOf, valuePacketOf } from '../../testing/index.js';
import { coco17, hand21, pose33 } from '../../vision/index.js';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from '../../vision/index.js';
import { portCheck } from './port-check.js';
import type { ValueFault } from './value-check.js';

const SKELETONS = new Map([hand21, pose33, coco17].map((skeleton) => [skeleton.id, skeleton.points]));

function faultOf(type: string, value: unknown, timestampMs = 40): ValueFault | undefined {
  return portCheck(type, (id) => SKELETONS.get(id))(value, timestampMs);
}

function hands(change: Partial<Record<keyof TrackedLandmarks, unknown>> = {}): Landmarks {
  return landmarksOf(aHand(), { ...aHand(), ...change } as TrackedLandmarks);
}

function withValue(index: number, value: number): LandmarkArray {
  const image = aHand().image.slice();
  image[index] = value;
  return image;
}

describe('landmarks', () => {
  it('lets well-formed tracks pass, none, and points off screen', () => {
    const values = [hands(), landmarksOf(), hands({ image: withValue(0, -3.5) }), hands({ score: 1.000_1 })];
    expect(values.map((value) => faultOf('landmarks/hand-21', value))).toEqual(values.map(() => undefined));
    expect(faultOf('landmarks/pose-33', landmarksOf(aPose()))).toBeUndefined();
    expect(faultOf('landmarks/mixed', landmarksOf(aPose(), aHand()))).toBeUndefined();
  });

  it.each<[what: string, value: unknown, found: RegExp]>([
    [
      'NaN as a coordinate',
      hands({ image: withValue(8 * 4 + 1, Number.NaN) }),
      /^NaN as y of point 8 \("indexTip"\) in "image" of track 1$/,
    ],
    [
      'an infinite coordinate',
      hands({ world: withValue(2, Infinity) }),
      /^Infinity as z of point 0 .* in "world" of track 1$/,
    ],
    ['a visibility over 1', hands({ image: withValue(3, 1.5) }), /number 1.5 as visibility of point 0/],
    ['a visibility that is NaN', hands({ image: withValue(7, Number.NaN) }), /NaN as visibility of point 1/],
    ['too few points', hands({ image: new Float32Array(20 * 4) }), /^80 values as "image" of track 1$/],
    ['points in a plain array', hands({ image: Array.from(aHand().image) }), /^an array as "image"/],
    ['no points', hands({ image: undefined }), /^nothing as "image"/],
    ['another skeleton', landmarksOf(aPose()), /"pose-33" as skeleton of track 0/],
    ['a score below 0', hands({ score: -0.2 }), /number -0.2 as score of track 1/],
    ['a handedness score over 1', hands({ handednessScore: 97 }), /number 97 as handednessScore/],
    ['an unknown hand', hands({ handedness: 'Right' }), /"Right" as handedness of track 1/],
    ['no identity', hands({ trackId: undefined }), /undefined as trackId of track 1/],
    ['no frame size', { ...hands(), frameWidth: Number.NaN }, /NaN as frameWidth/],
    ['a time of its own', { ...hands(), timestampMs: 39 }, /timestampMs of its own \(39 instead of 40\)/],
    ['a list of answers', [hands(), hands()], /^an array of 2$/],
    ['a frame', aFrame(), /^frame 0$/],
    ['null', null, /^null$/],
    ['text', 'a hand', /^a string$/],
    [
      'angles',
      { tracks: [{ skeleton: 'hand-21', trackId: 1, degrees: {} }], frameWidth: 1, frameHeight: 1 },
      /score of track 0/,
    ],
  ])('tells %s', (_what, value, found) => {
    expect(faultOf('landmarks/hand-21', value)).toMatchObject({ found: expect.stringMatching(found) as string });
  });

  it('knows the points of contributed skeletons only, and whole rows of all others', () => {
    const paw = (values: number): unknown =>
      landmarksOf({ ...aHand(), skeleton: 'paw-5', image: new Float32Array(values) });
    expect(faultOf('landmarks/paw-5', paw(20))).toBeUndefined();
    expect(faultOf('landmarks/paw-5', paw(19))?.found).toBe('19 values as "image" of track 0');
  });
});

describe('results', () => {
  it('lets well-formed ones pass', () => {
    expect(
      faultOf('angles', { tracks: [{ skeleton: 'hand-21', trackId: 1, degrees: { thumbIp: 152.9 } }] }),
    ).toBeUndefined();
    const track = { trackId: 1, label: 'A', score: 0.93, alternatives: [{ label: 'S', score: 0.05 }] };
    expect(faultOf('classification', { tracks: [track] })).toBeUndefined();
    const box = { x: -3, y: 4.5, width: 0, height: 9 };
    const detections = [{ label: 'hand', score: 1, box }];
    expect(faultOf('detections', { frameWidth: 640, frameHeight: 480, detections })).toBeUndefined();
  });

  it.each<[type: string, what: string, value: unknown, found: RegExp]>([
    [
      'angles',
      'NaN degrees',
      { tracks: [{ trackId: 1, degrees: { thumbIp: Number.NaN } }] },
      /NaN as degrees of "thumbIp" of track 0/,
    ],
    ['angles', 'no degrees', { tracks: [{ trackId: 1 }] }, /no "degrees" in track 0/],
    ['angles', 'a track that is none', { tracks: [7] }, /the number 7 as entry 0 of "tracks"/],
    ['classification', 'a bare label', 'A', /a string/],
    [
      'classification',
      'a score over 1',
      { tracks: [{ trackId: 1, label: 'A', score: 93, alternatives: [] }] },
      /number 93 as score of track 0/,
    ],
    [
      'classification',
      'a bad alternative',
      { tracks: [{ trackId: 1, label: 'A', score: 1, alternatives: [{ label: 'B', score: Number.NaN }] }] },
      /NaN as score of alternative 0 of track 0/,
    ],
    ['classification', 'no alternatives', { tracks: [{ trackId: 1, label: 'A', score: 1 }] }, /no "alternatives"/],
    [
      'detections',
      'a box turned inside out',
      {
        frameWidth: 9,
        frameHeight: 9,
        detections: [{ label: 'x', score: 1, box: { x: 5, y: 5, width: -1, height: 1 } }],
      },
      /number -1 as width of the box of detection 0/,
    ],
    ['detections', 'no box', { frameWidth: 9, frameHeight: 9, detections: [{ label: 'x', score: 1 }] }, /no "box"/],
    [
      'detections',
      'a label that is none',
      { frameWidth: 9, frameHeight: 9, detections: [{ label: 7, score: 1, box: { x: 0, y: 0, width: 1, height: 1 } }] },
      /no label in detection 0/,
    ],
  ])('%s: tells %s', (type, _what, value, found) => {
    expect(faultOf(type, value)).toMatchObject({ found: expect.stringMatching(found) as string });
  });
});

describe('frames', () => {
  it('lets an open frame of the packet pass', () => {
    expect(faultOf('frame', aFrame({ timestampMs: 40 }))).toBeUndefined();
  });

  it('tells a closed one, one of another time, and one that lacks bytes', () => {
    const closed = aFrame({ timestampMs: 40 });
    closed.close();
    expect(faultOf('frame', closed)?.found).toBe('frame 0, which is closed');
    const late = faultOf('frame', aFrame({ timestampMs: 33 }));
    expect(late).toMatchObject({
      found: 'frame 0 with a timestampMs of its own (33 instead of 40)',
      mend: expect.stringContaining('restamp') as string,
    });
    const cut = new FrameLedger().frame({ timestampMs: 40, width: 4, height: 3 }, new Uint8Array(47));
    expect(faultOf('frame', cut)).toEqual({
      found: 'frame 0 of 4x3 rgba8 with 47 bytes',
      mend: 'A raw frame of that size needs 48; whatever reads it would read past its end.',
    });
  });

  it('tells what is none', () => {
    expect(faultOf('frame', { width: 4, height: 3 })?.found).toBe('an object with "width", "height"');
    expect(faultOf('frame', [aFrame(), aFrame()])).toMatchObject({
      found: 'an array of 2',
      mend: expect.stringContaining('one value for each packet') as string,
    });
  });
});

describe('windows', () => {
  const window = (...values: readonly (readonly [number, unknown])[]): WindowSnapshot =>
    new WindowSnapshot(values.map(([timestampMs, value]) => valuePacketOf(value, timestampMs)));

  it('looks at what is inside, at the time it has there', () => {
    expect(faultOf('window<frame>', window([0, aFrame()], [33, aFrame({ timestampMs: 33 })]))).toBeUndefined();
    expect(faultOf('window<frame>', window([0, aFrame()], [33, aFrame()]))?.found).toContain('0 instead of 33');
    const broken = hands({ image: withValue(0, Number.NaN) });
    expect(faultOf('window<landmarks/*>', window([0, hands()], [9, broken]))?.found).toMatch(
      /NaN as x of point 0 .*, in packet 1$/,
    );
  });

  it('tells a wrong order, and what is no window', () => {
    expect(faultOf('window<any>', window([5, 1], [5, 2]))?.found).toBe('a window whose packet 1 is at the number 5');
    expect(faultOf('window<any>', { packets: [] })?.found).toBe('an object with "packets"');
  });
});

describe('other types', () => {
  it('lets everything pass that is one value', () => {
    for (const type of ['any', 'acme.paws', 'no type <']) {
      for (const value of [null, 5, 'x', [1, 2], new Map(), { timestampMs: 3 }, Number.NaN])
        expect(faultOf(type, value)).toBeUndefined();
    }
  });

  it.each<[what: string, make: () => unknown, found: string]>([
    [
      'a generator',
      function* twice() {
        yield 1;
        yield 2;
      },
      'an iterator',
    ],
    [
      'an async generator',
      async function* twice() {
        yield 1;
        yield await Promise.resolve(2);
      },
      'an iterator',
    ],
    ['a promise', () => Promise.resolve(1), 'a promise'],
  ])('tells %s', (_what, make, found) => {
    for (const type of ['any', 'acme.paws', 'landmarks/*']) expect(faultOf(type, make())?.found).toBe(found);
  });

  it('takes a choice for all that it lists', () => {
    expect(faultOf('landmarks/*|angles', hands())).toBeUndefined();
    expect(faultOf('landmarks/*|angles', { tracks: [] })).toBeUndefined();
    expect(faultOf('landmarks/*|angles', { frames: [] })?.found).toBe('an object with "frames"');
    expect(faultOf('landmarks/*|acme.paws', 5)).toBeUndefined();
  });
});
