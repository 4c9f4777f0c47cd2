import type { Landmarks } from '@kinegraph/core/plugin';
import { expect, it } from 'vitest';
import { aPoseExtractor, infoAt } from './support/an-extractor.js';
import { drawPersons, type PersonPlace } from './support/draw-person.js';

const signal = new AbortController().signal;
const FRAMES = 8;

/** Two cameras: a person who walks to the right, and a smaller one elsewhere who walks to the left, at another rate. */
const STREAMS: readonly { readonly intervalMs: number; place(index: number): PersonPlace }[] = [
  { intervalMs: 33, place: (index) => ({ x: 200 + index * 6, y: 50, height: 400 }) },
  { intervalMs: 50, place: (index) => ({ x: 440 - index * 8, y: 130, height: 300 }) },
];

/** What each stream's own extractor finds, its frames in turn with those of the others, all in this thread. */
async function resultsOf(streams: typeof STREAMS): Promise<Landmarks[][]> {
  const extractors = streams.map(() => aPoseExtractor().extractor);
  for (const extractor of extractors) await extractor.open(signal);
  const results: Landmarks[][] = streams.map(() => []);
  for (let index = 0; index < FRAMES; index += 1) {
    for (const [stream, { intervalMs, place }] of streams.entries()) {
      using frame = drawPersons(640, 480, [place(index)]);
      const landmarks = await extractors[stream]?.extract(frame, infoAt(index * intervalMs));
      if (landmarks !== undefined) results[stream]?.push(structuredClone(landmarks));
    }
  }
  for (const extractor of extractors) extractor.close();
  return results;
}

// MediaPipe follows a person from the frame before, so that a shared state would show at once.
it('two streams of one thread, fed in turn, are extracted as each is alone', async () => {
  const together = await resultsOf(STREAMS);
  for (const [index, stream] of STREAMS.entries()) {
    const [alone] = await resultsOf([stream]);
    expect(alone).toHaveLength(FRAMES);
    expect(alone?.every(({ tracks }) => tracks.length === 1 && tracks[0]?.trackId === 1)).toBe(true);
    expect(together[index]).toEqual(alone);
  }
  expect(together[0]?.[0]?.tracks[0]?.image).not.toEqual(together[1]?.[0]?.tracks[0]?.image);
}, 120_000);
