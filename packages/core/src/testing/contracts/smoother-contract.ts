import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Smoother } from '../../kinds/index.js';
import { LANDMARK_STRIDE } from '../../vision/index.js';
import type { LandmarkArray, Landmarks, TrackedLandmarks } from '../../vision/index.js';
import { aHand, landmarksOf } from '../landmarks.js';
import { aProcessInfo } from '../packets.js';

const FRAME_MS = 1000 / 30;
/** More than any smoother may bridge with its defaults. */
const GAP_MS = 10_000;

/**
 * What graphs rely on in every smoother of landmarks: it keeps who is who, leaves its input alone, keeps state for each
 * track and instance, and stays between what it was given. Call it in a test file of the package that brings the smoother.
 *
 * @param make - a new smoother with its default configuration.
 */
export function describeSmootherContract(name: string, make: () => Smoother<Landmarks>): void {
  const position = fc.tuple(
    fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  );
  const walk = fc.array(position, { minLength: 1, maxLength: 25 });

  describe(`${name} keeps the contract of a smoother`, () => {
    it('answers an empty frame with an empty frame', async () => {
      expect(await make().smooth(landmarksOf(), aProcessInfo())).toEqual(landmarksOf());
    });

    it('passes a track that it sees for the first time as it is', async () => {
      const hand = aHand();
      expect(await smoothOne(make(), hand, 0)).toEqual(hand);
    });

    it('keeps number, order and facts of the tracks, and changes nothing of its input', async () => {
      const smoother = make();
      for (const [index, tracks] of [
        [aHand({ trackId: 1 }), aHand({ trackId: 2 })],
        [aHand({ trackId: 2 }), aHand({ trackId: 1, centre: [0.6, 0.7] })],
      ].entries()) {
        const input = landmarksOf(...tracks);
        const copy = structuredClone(input);
        const answer = await smoother.smooth(input, aProcessInfo(index * FRAME_MS));
        expect(input).toEqual(copy);
        expect(answer?.tracks.map(factsOf)).toEqual(input.tracks.map(factsOf));
        expect(answer?.tracks.map(({ image, world }) => [image.length, world?.length])).toEqual(
          input.tracks.map(({ image, world }) => [image.length, world?.length]),
        );
      }
    });

    it('never changes a value that it has answered', async () => {
      const smoother = make();
      const first = await smoothOne(smoother, aHand(), 0);
      const copy = structuredClone(first);
      await smoothOne(smoother, aHand({ centre: [0.2, 0.4] }), FRAME_MS);
      expect(first).toEqual(copy);
    });

    it('keeps no hold on what it answers: whoever changes it changes nothing that follows', async () => {
      const [changed, untouched] = [make(), make()];
      const [start, goal] = [aHand(), aHand({ centre: [0.2, 0.4] })];
      const answer = await smoothOne(changed, start, 0);
      await smoothOne(untouched, start, 0);
      answer.image.fill(9);
      answer.world?.fill(9);
      expect(await smoothOne(changed, goal, FRAME_MS)).toEqual(await smoothOne(untouched, goal, FRAME_MS));
    });

    it('leaves what stands still where it is', async () => {
      const smoother = make();
      const hand = aHand();
      for (let frame = 0; frame < 20; frame += 1) {
        const { image } = await smoothOne(smoother, hand, frame * FRAME_MS);
        expect(farthest(image, hand.image)).toBeLessThan(1e-5);
      }
    });

    it('comes to rest on what it is shown for long', async () => {
      const smoother = make();
      await smoothOne(smoother, aHand({ centre: [0.2, 0.4] }), 0);
      const goal = aHand({ centre: [0.7, 0.9] });
      let image = goal.image;
      for (let frame = 1; frame < 300; frame += 1) ({ image } = await smoothOne(smoother, goal, frame * FRAME_MS));
      expect(farthest(image, goal.image)).toBeLessThan(1e-3);
    });

    it('stays between the positions that it was given, all of them finite', async () => {
      await fc.assert(
        fc.asyncProperty(walk, async (positions) => {
          const smoother = make();
          const hands = positions.map((centre) => aHand({ centre }));
          for (const [index, hand] of hands.entries()) {
            const { image } = await smoothOne(smoother, hand, index * FRAME_MS);
            for (let at = 0; at < image.length; at += 1) {
              const seen = hands.slice(0, index + 1).map((earlier) => earlier.image[at] ?? Number.NaN);
              expect(image[at]).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-5);
              expect(image[at]).toBeLessThanOrEqual(Math.max(...seen) + 1e-5);
            }
          }
        }),
        { numRuns: 20 },
      );
    });

    it('starts anew for another track, another skeleton and after a gap', async () => {
      const moved = aHand({ centre: [0.3, 0.6] });
      for (const [next, timestampMs] of [
        [{ ...moved, trackId: 2 }, FRAME_MS],
        [{ ...moved, skeleton: 'test-21' }, FRAME_MS],
        [moved, GAP_MS],
      ] as const) {
        const smoother = make();
        await smoothOne(smoother, aHand(), 0);
        expect((await smoothOne(smoother, next, timestampMs)).image).toEqual(moved.image);
      }
    });

    it('tells tracks apart by their identity, whatever their place in the list', async () => {
      await fc.assert(
        fc.asyncProperty(walk, fc.array(fc.boolean()), async (positions, swaps) => {
          const [together, alone] = [make(), make()];
          for (const [index, centre] of positions.entries()) {
            const followed = aHand({ trackId: 1, centre });
            const other = aHand({ trackId: 2, centre: [1 - centre[0], centre[1]] });
            const tracks = swaps[index] === true ? [other, followed] : [followed, other];
            const both = await together.smooth(landmarksOf(...tracks), aProcessInfo(index * FRAME_MS));
            expect(both?.tracks.find(({ trackId }) => trackId === 1)).toEqual(
              await smoothOne(alone, followed, index * FRAME_MS),
            );
          }
        }),
        { numRuns: 20 },
      );
    });

    it('shares no state with another instance: two interleaved streams answer as each alone', async () => {
      await fc.assert(
        fc.asyncProperty(walk, walk, async (one, two) => {
          const alone = [await smoothAll(make(), one), await smoothAll(make(), two)];
          const streams = [one, two].map((positions) => ({
            positions,
            smoother: make(),
            answers: [] as TrackedLandmarks[],
          }));
          for (let index = 0; index < Math.max(one.length, two.length); index += 1) {
            for (const { positions, smoother, answers } of streams) {
              const centre = positions[index];
              if (centre !== undefined) answers.push(await smoothOne(smoother, aHand({ centre }), index * FRAME_MS));
            }
          }
          expect(streams.map(({ answers }) => answers)).toEqual(alone);
        }),
        { numRuns: 10 },
      );
    });
  });
}

async function smoothOne(
  smoother: Smoother<Landmarks>,
  track: TrackedLandmarks,
  timestampMs: number,
): Promise<TrackedLandmarks> {
  const answer = await smoother.smooth(landmarksOf(track), aProcessInfo(timestampMs));
  const [smoothed] = answer?.tracks ?? [];
  if (smoothed === undefined || answer?.tracks.length !== 1)
    throw new Error(`One track went in, ${answer?.tracks.length ?? 'nothing'} came out.`);
  return smoothed;
}

async function smoothAll(
  smoother: Smoother<Landmarks>,
  positions: readonly (readonly [number, number])[],
): Promise<TrackedLandmarks[]> {
  const answers: TrackedLandmarks[] = [];
  for (const [index, centre] of positions.entries())
    answers.push(await smoothOne(smoother, aHand({ centre }), index * FRAME_MS));
  return answers;
}

/** All of a track but its coordinates. */
function factsOf({ image: _image, world: _world, ...facts }: TrackedLandmarks): object {
  return facts;
}

/** The largest distance between points of the same index, in the unit of the landmarks. */
function farthest(a: LandmarkArray, b: LandmarkArray): number {
  let largest = 0;
  for (let at = 0; at < a.length; at += LANDMARK_STRIDE) {
    largest = Math.max(
      largest,
      Math.hypot(
        (a[at] ?? NaN) - (b[at] ?? NaN),
        (a[at + 1] ?? NaN) - (b[at + 1] ?? NaN),
        (a[at + 2] ?? NaN) - (b[at + 2] ?? NaN),
      ),
    );
  }
  return largest;
}
