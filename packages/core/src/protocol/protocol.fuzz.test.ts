import { describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../test/support/fuzz.js';
import { mutatedBytes, mutatedValue, pickNumber } from '../../../../test/support/mutations.js';
import type { Random } from '../../../../test/support/mutations.js';
import { aHand, aPose } from '../testing/index.js';
import { ClientMessage } from './control-messages.js';
import { FloatResultError, readLayout } from './float-layout.js';
import { FloatResultEncoder } from './float-results.js';
import {
  FRAME_HEADER_BYTES,
  FRAME_MESSAGE_FORMATS,
  FrameHeaderError,
  encodeFrameMessage,
  readFrameMessage,
} from './frame-message.js';
import { readFloatResult } from './read-float-result.js';

describe('A hundred thousand', { timeout: FUZZ_LIMIT_MS }, () => {
  it('frame messages are read, or refused by their error', () => {
    const image = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
    const seeds = (['jpeg', 'png', 'webp'] as const).map((format, sequence) =>
      encodeFrameMessage({ format, sequence, capturedAtMs: 1234.5 }, image),
    );
    let read = 0;
    const figures = fuzz({
      make: (random) => mutatedBytes(random, [...seeds, image]),
      attempt: (bytes) => {
        const message = readOrRefused(() => readFrameMessage(bytes), FrameHeaderError);
        if (message === undefined) return;
        read += 1;
        const { header } = message;
        expectTrue(message.image.buffer === bytes.buffer, 'the image is a view');
        expectTrue(message.image.length === bytes.length - (header === undefined ? 0 : FRAME_HEADER_BYTES), 'whole');
        if (header === undefined) return;
        expectTrue(header.format in FRAME_MESSAGE_FORMATS, 'a known format');
        expectTrue(Number.isFinite(header.capturedAtMs), 'a finite time');
        expectTrue(Number.isInteger(header.sequence) && header.sequence >= 0, 'a whole number');
      },
      mostSteps: () => 12,
    });
    expect(figures.inputs).toBe(100_000);
    expect(read).toBeGreaterThan(10_000);
  });

  it('control messages are read as they are, or refused', () => {
    const seeds = [
      { type: 'ping', id: 3, sentMs: 12.5 },
      { type: 'pong', id: 3, sentMs: 12.5, clockMs: 99 },
    ];
    let read = 0;
    fuzz({
      make: (random) => mutatedValue(random, seeds[pickNumber(random, 2)]),
      attempt: (value) => {
        const { success, data } = ClientMessage.safeParse(value);
        if (!success) return;
        read += 1;
        const { id, sentMs, ...rest } = data;
        expectTrue(Number.isInteger(id) && id >= 0 && id <= 0xffff_ffff, 'an id');
        expectTrue(Number.isFinite(sentMs), 'a time');
        expectTrue(Object.keys(rest).join(',') === (data.type === 'pong' ? 'type,clockMs' : 'type'), 'nothing else');
      },
      mostSteps: () => 500,
    });
    expect(read).toBeGreaterThan(1_000);
  });
});

describe('What a server answers, a hundred thousand times:', { timeout: FUZZ_LIMIT_MS }, () => {
  const encoder = new FloatResultEncoder({ world: true });
  const value = { frameWidth: 640, frameHeight: 480, tracks: [aHand(), aPose()] };
  const common = { source: 'camera', timestampMs: 1.5, capturedAtMs: 2.5, ageMs: 3.5, dropped: 2 };
  encoder.encode({ ...common, sequence: 1, values: { hands: value, body: { ...value, tracks: [] } } });
  const seeds = [
    encoder.encode({ ...common, sequence: 1, values: { hands: value, body: { ...value, tracks: [] } } }),
    encoder.encode({ ...common, sequence: 2, values: {} }),
  ].map((bytes) => Uint8Array.from(bytes));
  const { layout } = encoder;

  it('float results are read, or refused by their error', () => {
    let read = 0;
    fuzz({
      make: (random: Random) => mutatedBytes(random, seeds),
      attempt: (bytes) => {
        const result = readOrRefused(() => readFloatResult(bytes, layout), FloatResultError);
        if (result === undefined) return;
        read += 1;
        expectTrue(Number.isFinite(result.ageMs + result.timestampMs + result.capturedAtMs), 'finite times');
        expectTrue(result.source === 'camera', 'a known source');
      },
      // Each number once, and what stands around it.
      mostSteps: (bytes) => bytes.length / 4 + 64,
    });
    expect(read).toBeGreaterThan(1_000);
  });

  it('layouts are read, or refused by their error', () => {
    let read = 0;
    fuzz({
      make: (random: Random) => mutatedValue(random, layout),
      attempt: (input) => {
        const found = readOrRefused(() => readLayout(input), FloatResultError);
        if (found === undefined) return;
        read += 1;
        expectTrue(
          found.skeletons.every(({ points }) => Number.isInteger(points) && points >= 0),
          'points',
        );
      },
      mostSteps: () => 500,
    });
    expect(read).toBeGreaterThan(1_000);
  });
});
