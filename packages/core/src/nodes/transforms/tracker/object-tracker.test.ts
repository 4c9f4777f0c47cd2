import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aWalker, peopleScene, trackingFigures } from '../../../testing/index.js';
import type { SceneOptions, ScenePerson, TrackedFrame, TrackingFigures } from '../../../testing/index.js';
import { coco17 } from '../../../vision/index.js';
import { ObjectTracker } from './object-tracker.js';
import type { ObjectTrackerOptions } from './object-tracker.js';
import { sightingsOf } from './sighting.js';
import { sigmasOf } from './similarity.js';
import { TrackerConfig } from './tracker.js';

const SIGMAS = sigmasOf(coco17.points, coco17.points.length);
const aTracker = (options: Partial<ObjectTrackerOptions> = {}): ObjectTracker =>
  new ObjectTracker({ ...TrackerConfig.parse({}), ...options }, () => SIGMAS);

/** A scene as a tracker answers it, frame by frame. */
function* tracked(
  scene: SceneOptions,
  tracker = aTracker(),
): Generator<TrackedFrame & { readonly timestampMs: number }> {
  for (const { timestampMs, landmarks, boxes, truth, present } of peopleScene(scene)) {
    const ids = tracker.update(sightingsOf(landmarks, boxes), timestampMs);
    const answers = ids.flatMap((id, index) => (id === undefined ? [] : [{ id, truth: truth[index] }]));
    yield { timestampMs, present, answers };
  }
}
const follow = (scene: SceneOptions, options?: Partial<ObjectTrackerOptions>): TrackingFigures =>
  trackingFigures(tracked(scene, aTracker(options)));

/** Somebody who walks at constant speed, in pixels a second, and is in the middle of the picture after two seconds. */
const crossing = (id: number, speed: number, y: number, heightPx = 250): ScenePerson => ({
  id,
  heightPx,
  centre: (timestampMs) => ({ x: 640 + (speed * (timestampMs - 3000)) / 1000, y }),
});
const TWO = [crossing(1, 200, 350), crossing(2, -160, 375)];

describe('people keep their ids', () => {
  it.each<[what: string, scene: Partial<SceneOptions>]>([
    ['where they cross', {}],
    ['where one hides the other', { occlusion: true }],
    ['with noise', { occlusion: true, noise: 0.02 }],
    ['at irregular times', { occlusion: true, irregularity: 0.9 }],
    ['at 10 frames a second', { occlusion: true, framesPerSecond: 10 }],
    ['with finds missed', { missed: 0.2 }],
    ['where they score low at times', { unsure: 0.4 }],
  ])('%s', (_what, scene) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const figures = follow({ people: TWO, seconds: 4, seed, ...scene });
      expect(figures).toMatchObject({ switches: 0, ids: 2 });
    }
  });

  it('where somebody is out of sight for half a second, walking on', () => {
    const behindPillar: ScenePerson = {
      ...crossing(1, 220, 350),
      isThere: (ms) => ms < 2500 || ms > 3000,
    };
    expect(follow({ people: [behindPillar, crossing(2, 60, 380)], seconds: 4 })).toMatchObject({ switches: 0, ids: 2 });
  });

  it('where others come and go', () => {
    const guest = (id: number, from: number, to: number): ScenePerson => ({
      ...crossing(id, 20, 150 + 30 * id),
      isThere: (ms) => ms >= from && ms < to,
    });
    const people = [...TWO, guest(3, 1500, 2500), guest(4, 2000, 3500)];
    expect(follow({ people, seconds: 4, noise: 0.01 })).toMatchObject({ switches: 0, ids: 4 });
  });
});

it('gives somebody who comes back too late another id', () => {
  const leaves: ScenePerson = { ...crossing(1, 0, 350), isThere: (ms) => ms < 2000 || ms > 2600 };
  const stays = crossing(2, 0, 350, 100);
  const people = [leaves, { ...stays, centre: () => ({ x: 100, y: 100 }) }];
  expect(follow({ people, seconds: 3 })).toMatchObject({ switches: 0, ids: 2 });
  expect(follow({ people, seconds: 3 }, { keepLostMs: 300 })).toMatchObject({ switches: 1, ids: 3 });
});

it('goes on with a score between low and high, begins nothing with it, and leaves lower ones out', () => {
  const one = [{ ...crossing(1, 50, 350) }];
  const answersOf = (score: (frame: number) => number, options: Partial<ObjectTrackerOptions> = {}): number[] => {
    const tracker = aTracker(options);
    return [...peopleScene({ people: one, seconds: 1 })].map(({ landmarks, boxes, timestampMs }, frame) => {
      const [sighting] = sightingsOf(landmarks, boxes);
      return sighting === undefined
        ? Number.NaN
        : (tracker.update([{ ...sighting, score: score(frame) }], timestampMs)[0] ?? 0);
    });
  };
  expect(new Set(answersOf((frame) => (frame > 5 && frame < 20 ? 0.15 : 0.9)))).toEqual(new Set([1]));
  expect(new Set(answersOf(() => 0.4))).toEqual(new Set([0]));
  const dipped = answersOf((frame) => (frame > 5 && frame < 20 ? 0.05 : 0.9));
  expect(dipped.map((id, frame) => (frame > 5 && frame < 20 ? id : -1)).filter((id) => id >= 0)).toEqual(
    Array.from({ length: 14 }, () => 0),
  );
  expect(dipped.at(-1)).toBe(1);
});

it('passes on what is new only once it was seen often enough, and no number is lost to what was not', () => {
  const late: ScenePerson = { ...crossing(2, 0, 150, 120), isThere: (ms) => ms > 1500 };
  const flash: ScenePerson = { ...crossing(3, 0, 600, 120), isThere: (ms) => ms > 1190 && ms < 1210 };
  const scene = { people: [crossing(1, 50, 350), late, flash], seconds: 1, noise: 0 };
  const frames = [...tracked(scene, aTracker({ confirmAfter: 4 }))];
  const firstMs = (id: number): number =>
    frames.find(({ answers }) => answers.some((answer) => answer.id === id))?.timestampMs ?? 0;
  expect(firstMs(1)).toBe(1000); // there in the first frame
  expect(firstMs(2)).toBeCloseTo(1533.3 + 3 * 33.3, 0);
  expect(trackingFigures(frames)).toMatchObject({ ids: 2, switches: 0 });
});

it('begins anew after a gap in the stream, and where time goes back, with ids that never came before', () => {
  const tracker = aTracker();
  const ids = (offsetMs: number): Set<number> =>
    new Set(
      [...peopleScene({ people: TWO, seconds: 0.5 })].flatMap(({ landmarks, boxes, timestampMs }) =>
        tracker.update(sightingsOf(landmarks, boxes), timestampMs + offsetMs).flatMap((id) => id ?? []),
      ),
    );
  expect([ids(0), ids(5000), ids(0)].map((set) => [...set].toSorted((a, b) => a - b))).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
});

describe('who comes later takes no id of who has gone', () => {
  /** Somebody is there for a second and goes; after nine tenths of the time to keep lost somebody comes. */
  const idsOf = (
    { keepLostMs, agility = 1 }: { keepLostMs: number; agility?: number },
    comes: { readonly aside: number; readonly heightPx?: number },
  ): (number | undefined)[] => {
    const tracker = aTracker({ keepLostMs, agility, confirmAfter: 1 });
    const person = (id: number, x: number, heightPx: number): ScenePerson => ({
      id,
      heightPx,
      centre: () => ({ x, y: 350 }),
    });
    const scene = (who: ScenePerson) => peopleScene({ people: [who], seconds: 1, noise: 0.005 });
    let lastMs = 0;
    for (const { landmarks, boxes, timestampMs } of scene(person(1, 200, 200))) {
      tracker.update(sightingsOf(landmarks, boxes), timestampMs);
      lastMs = timestampMs;
    }
    for (let waited = 100; waited < 0.9 * keepLostMs; waited += 100) tracker.update([], lastMs + waited);
    const [first] = [...scene(person(2, 200 + comes.aside, comes.heightPx ?? 200))];
    if (first === undefined) throw new Error('An empty scene.');
    return tracker.update(sightingsOf(first.landmarks, first.boxes), lastMs + 0.9 * keepLostMs);
  };

  it.each([
    { keepLostMs: 1500, agility: 1, aside: 100 },
    { keepLostMs: 3000, agility: 1, aside: 200 },
    { keepLostMs: 5000, agility: 1, aside: 400 },
    { keepLostMs: 10_000, agility: 1, aside: 800 },
    { keepLostMs: 1000, agility: 5, aside: 200 },
    { keepLostMs: 1500, agility: 5, aside: 400 },
    { keepLostMs: 3000, agility: 5, aside: 800 },
  ])('$aside px aside, kept for $keepLostMs ms at agility $agility', ({ aside, ...options }) => {
    expect(idsOf(options, { aside, heightPx: 150 })).toEqual([2]);
    expect(idsOf(options, { aside })).toEqual([2]);
  });

  it.each([1500, 5000, 60_000])('of half the size or twice it in the same place, kept for %d ms', (keepLostMs) => {
    for (const heightPx of [100, 400]) expect(idsOf({ keepLostMs }, { aside: 0, heightPx })).toEqual([2]);
  });

  it.each([1500, 5000])('while who stepped aside is known again, kept for %d ms', (keepLostMs) => {
    for (const heightPx of [180, 200, 220]) expect(idsOf({ keepLostMs }, { aside: 30, heightPx })).toEqual([1]);
  });
});

it('goes on where several frames have one time', () => {
  const twice = (tracker: ObjectTracker): (number | undefined)[][] =>
    [...peopleScene({ people: TWO, seconds: 1, noise: 0.01 })].flatMap(({ landmarks, boxes, timestampMs }) =>
      [1, 2].map(() => tracker.update(sightingsOf(landmarks, boxes), timestampMs)),
    );
  const ids = twice(aTracker());
  expect(ids).toHaveLength(60);
  expect(new Set(ids.flat())).toEqual(new Set([1, 2]));
});

it('takes an unsure find of a frame at the same time for who was seen just before', () => {
  const tracker = aTracker();
  const [first] = [...peopleScene({ people: TWO, seconds: 1, noise: 0 })];
  if (first === undefined) throw new Error('An empty scene.');
  const sightings = sightingsOf(first.landmarks, first.boxes);
  const ids = tracker.update(sightings, 40);
  expect(new Set(ids)).toEqual(new Set([1, 2]));
  const unsure = sightings.map((sighting) => ({ ...sighting, score: 0.2 }));
  expect(tracker.update(unsure, 40)).toEqual(ids);
});

it('keeps kinds of objects apart, and gives no id to two', () => {
  const tracker = aTracker();
  for (const { landmarks, boxes, timestampMs } of peopleScene({ people: TWO, seconds: 1 })) {
    const sightings = sightingsOf(landmarks, boxes).flatMap((sighting) => [
      sighting,
      { ...sighting, skeleton: 'paw-3' },
    ]);
    const ids = tracker.update(sightings, timestampMs);
    expect(new Set(ids).size).toBe(4);
  }
});

it('answers the same whatever the order of the finds, and every id once in a frame', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 6 }), (seed, count) => {
      const people = Array.from({ length: count }, (_, id) => aWalker(id, seed + id));
      const [one, other] = [aTracker(), aTracker()];
      const scene = {
        people,
        seconds: 1.5,
        missed: 0.1,
        unsure: 0.1,
        falseFinds: 0.5,
        noise: 0.02,
        occlusion: true,
        seed,
      };
      for (const { landmarks, boxes, timestampMs } of peopleScene(scene)) {
        const sightings = sightingsOf(landmarks, boxes);
        const ids = one.update(sightings, timestampMs);
        const given = ids.filter((id) => id !== undefined);
        expect(new Set(given).size).toBe(given.length);
        expect(other.update(sightings.toReversed(), timestampMs).toReversed()).toEqual(ids);
      }
    }),
    { numRuns: 20 },
  );
});

it('keeps five people apart for ten seconds of bad detection', () => {
  const people = Array.from({ length: 5 }, (_, id) => ({ ...aWalker(id, id + 3), id }));
  const scene = { people, seconds: 10, missed: 0.05, unsure: 0.1, falseFinds: 0.2, noise: 0.015, occlusion: true };
  const { switches, idf1, mota } = follow(scene);
  expect(switches).toBeLessThanOrEqual(6);
  expect(idf1).toBeGreaterThan(0.85);
  expect(mota).toBeGreaterThan(0.85);
});
