import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../../test/support/fuzz.js';
import { mutatedBytes, mutatedValue, pick } from '../../../../../test/support/mutations.js';
import { FrameEventError, readFrameEvent } from './frame-event.js';

const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9]);
const image = Buffer.from(jpeg).toString('base64');
const events = [
  { image, timestamp: 12.5, sequence: 3 },
  { image: `data:image/jpeg;base64,${image}`, sequence: 'abc', use3D: false },
  { image: 'data:,', sequence: null },
];

describe('A hundred thousand events of Socket.IO clients', { timeout: FUZZ_LIMIT_MS }, () => {
  it('give a picture no larger than what came, or are refused by their error', () => {
    let read = 0;
    fuzz({
      make: (random) => {
        const event = pick(random, events);
        if (random() < 0.7) return mutatedValue(random, event);
        const bytes = mutatedBytes(random, [Buffer.from(event.image), jpeg]);
        return { ...event, image: random() < 0.5 ? bytes : Buffer.from(bytes).toString('latin1') };
      },
      attempt: (event) => {
        const found = readOrRefused(() => readFrameEvent(event), FrameEventError);
        if (found === undefined) return;
        read += 1;
        const sent = (event as { image: string | Uint8Array }).image;
        expectTrue(found.image instanceof Uint8Array && found.image.length <= sent.length, 'bytes');
        const { sequence, use3D } = found.tag;
        expectTrue(typeof use3D === 'boolean', 'a wish');
        const isNumber = typeof sequence === 'number' && Number.isFinite(sequence);
        expectTrue(
          isNumber || sequence === null || (typeof sequence === 'string' && sequence.length <= 100),
          'what can be sent back',
        );
      },
      mostSteps: () => 500,
    });
    expect(read).toBeGreaterThan(10_000);
  });
});
