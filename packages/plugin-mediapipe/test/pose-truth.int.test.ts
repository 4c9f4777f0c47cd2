import type { Landmarks } from '@kinegraph/core/plugin';
import { describe, expect, it } from 'vitest';
import { aPoseExtractor, infoAt } from './support/an-extractor.js';
import { drawPersons, jointsOf, type PersonPlace } from './support/draw-person.js';

const signal = new AbortController().signal;

/** The largest distance of a found joint from its true place, in heights of the person. */
function worstErrorOf(landmarks: Landmarks, track: number, place: PersonPlace): number {
  const image = landmarks.tracks[track]?.image ?? new Float32Array();
  const errors = [...jointsOf(place)].map(([index, [x, y]]) => {
    const [foundX = Number.NaN, foundY = Number.NaN] = image.subarray(index * 4);
    return Math.hypot(foundX * landmarks.frameWidth - x, foundY * landmarks.frameHeight - y) / place.height;
  });
  return Math.max(...errors);
}

describe('mediapipe.pose on a drawn person', () => {
  it.each(['lite', 'full'])(
    'finds every joint of a person with the %s model, left as the person has it',
    async (model) => {
      const { extractor } = aPoseExtractor({ model });
      await extractor.open(signal);
      const place = { x: 240, y: 50, height: 540 };
      const frame = drawPersons(480, 640, [place]);
      await extractor.extract(frame, infoAt(0));
      const found = await extractor.extract(frame, infoAt(33));
      extractor.close();

      expect(found.tracks).toHaveLength(1);
      expect(worstErrorOf(found, 0, place)).toBeLessThan(0.03);
      const { image, world = new Float32Array(), score, skeleton } = found.tracks[0] ?? {};
      expect([skeleton, image?.length, world.length]).toEqual(['pose-33', 33 * 4, 33 * 4]);
      expect(score).toBeGreaterThan(0.7);
      // World landmarks are metres from the middle of the hips: shoulders as wide apart as those of people, hips at 0.
      const at = (index: number): Float32Array => world.subarray(index * 4, index * 4 + 3);
      const distance = Math.hypot(...[...at(11)].map((value, axis) => value - (at(12)[axis] ?? 0)));
      expect(distance).toBeGreaterThan(0.2);
      expect(distance).toBeLessThan(0.5);
      expect(Math.abs((at(23)[0] ?? 1) + (at(24)[0] ?? 1))).toBeLessThan(0.02);
    },
  );

  it('keeps the identity of a person who walks, and gives a new one after an absence', async () => {
    const { extractor } = aPoseExtractor();
    await extractor.open(signal);
    const idsAt = async (x: number | undefined, timeMs: number): Promise<number[]> => {
      const frame = drawPersons(480, 360, x === undefined ? [] : [{ x, y: 20, height: 320 }]);
      return (await extractor.extract(frame, infoAt(timeMs))).tracks.map((track) => track.trackId);
    };
    const walk: number[] = [];
    for (let step = 0; step < 8; step += 1) walk.push(...(await idsAt(180 + 12 * step, step * 33)));
    const absence = [await idsAt(undefined, 300), await idsAt(undefined, 333)];
    const back = await idsAt(240, 2000);
    extractor.close();
    expect(walk).toEqual(Array(8).fill(1));
    expect(absence).toEqual([[], []]);
    expect(back).toEqual([2]);
  });

  it('tells two persons apart, and follows one where only one is asked for', async () => {
    const places = [
      { x: 200, y: 40, height: 540 },
      { x: 560, y: 40, height: 540 },
    ];
    const frame = drawPersons(760, 620, places);
    const { extractor } = aPoseExtractor({ numPoses: 2 });
    await extractor.open(signal);
    const both: Landmarks[] = [];
    for (const time of [0, 33, 66]) both.push(await extractor.extract(frame, infoAt(time)));
    const taken = await extractor.reconfigure({
      model: 'lite',
      numPoses: 1,
      minPoseDetectionConfidence: 0.5,
      minPosePresenceConfidence: 0.5,
      minTrackingConfidence: 0.5,
    });
    const one = await extractor.extract(frame, infoAt(100));
    extractor.close();

    const last = both.at(-1);
    const order = last?.tracks.map((track) => ((track.image[0] ?? 0) < 0.5 ? 0 : 1)) ?? [];
    expect([...order].toSorted((a, b) => a - b)).toEqual([0, 1]);
    order.forEach((person, track) =>
      expect(worstErrorOf(last ?? one, track, places[person] ?? { x: 0, y: 0, height: 1 })).toBeLessThan(0.04),
    );
    expect(new Set(both.flatMap((found) => found.tracks.map((track) => track.trackId)))).toEqual(new Set([1, 2]));
    expect(taken).toBe(true);
    expect(one.tracks).toHaveLength(1);
  });
});
