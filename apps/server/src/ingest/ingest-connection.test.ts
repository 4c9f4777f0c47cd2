import type { Frame } from '@kinegraph/core';
import type { IngestServerMessage } from '@kinegraph/core/protocol';
import { VirtualClock } from '@kinegraph/core/testing';
import { expect, it } from 'vitest';
import { IngestConnection } from './ingest-connection.js';

/** All that is read of a picture which nobody decodes. */
const JPEG_HEAD = Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 48, 0, 64, 3);

/** What a sender of 30 frames a second is advised by a graph that drops and comes to results as told. */
async function advised(each: { drops: (frame: number) => boolean; results: (frame: number) => boolean }) {
  const clock = new VirtualClock();
  const rates: number[] = [];
  let [pushed, dropped, results] = [0, 0, 0];
  using connection = new IngestConnection({
    clock,
    maxPixels: 1e6,
    framesPerSecond: 1000,
    receiver: () => ({
      takes: 'frames',
      connected: () => {},
      isOpen: true,
      push: (frame: Frame) => {
        frame.close();
        pushed += 1;
        if (each.drops(pushed)) dropped += 1;
        else if (each.results(pushed)) results += 1;
      },
    }),
    results: () => results,
    dropped: () => dropped,
    send: (message: IngestServerMessage) => void (message.type === 'rate' && rates.push(message.framesPerSecond)),
    close: () => {},
  });
  for (let frame = 0; frame < 150; frame += 1) {
    connection.receive(JPEG_HEAD);
    await clock.advance(1000 / 30);
  }
  return rates;
}

it('A sender is not slowed down by a graph that looks at every frame and seldom has something to tell', async () => {
  expect(await advised({ drops: () => false, results: (frame) => frame % 10 === 0 })).toEqual([]);
});

it('A sender is slowed down to what the graph does not drop', async () => {
  const [first = 0] = await advised({ drops: (frame) => frame % 3 !== 0, results: () => false });
  expect(first).toBeGreaterThan(10);
  expect(first).toBeLessThan(15);
});
