import type { Frame, FrameReceiver, Landmarks, LandmarksReceiver, StreamItem } from '@kinegraph/core';
import { encodeFrameMessage, encodeLandmarksMessage } from '@kinegraph/core/protocol';
import type { IngestServerMessage } from '@kinegraph/core/protocol';
import { VirtualClock, aHand } from '@kinegraph/core/testing';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { FUZZ_LIMIT_MS, expectTrue, fuzz, readOrRefused } from '../../../../test/support/fuzz.js';
import { JSON_TOKENS, mutatedBytes, pickNumber, textsAsBytes } from '../../../../test/support/mutations.js';
import type { Random } from '../../../../test/support/mutations.js';
import { ControlMessageError, readControlText } from '../sockets/control-text.js';
import { IngestConnection } from './ingest-connection.js';

const texts = textsAsBytes(
  '{"type":"ping","id":3,"sentMs":12.5}',
  '{"type":"pong","id":0,"sentMs":0,"clockMs":99.5}',
  '{"type":"pong","id":1,"sentMs":100,"clockMs":-1e9}',
);
const frames: Uint8Array[] = [];
const HAND = { id: 'hand-21', points: 21 };
const SIZE = { frameWidth: 64, frameHeight: 48 };
beforeAll(async () => {
  const picture = sharp({ create: { width: 16, height: 12, channels: 3, background: '#888' } });
  const jpeg = (await picture.clone().jpeg().toBuffer()).subarray(0, 700);
  const webp = await picture.clone().webp().toBuffer();
  frames.push(
    jpeg,
    encodeFrameMessage({ format: 'jpeg', sequence: 5, capturedAtMs: 40 }, jpeg),
    encodeFrameMessage({ format: 'webp', sequence: 0xffff_ffff, capturedAtMs: -1e300 }, webp),
    encodeFrameMessage({ format: 'png', sequence: 7, capturedAtMs: 1 }, jpeg), // it is none
    encodeLandmarksMessage({ sequence: 6, capturedAtMs: 30 }, HAND, {
      ...SIZE,
      tracks: [aHand(), aHand({ trackId: 2 })],
    }),
  );
});

describe('A hundred thousand', { timeout: FUZZ_LIMIT_MS }, () => {
  it('texts of clients are control messages, or refused by their error', () => {
    let read = 0;
    fuzz({
      make: (random) => mutatedBytes(random, texts, JSON_TOKENS),
      attempt: (bytes) => {
        const message = readOrRefused(() => readControlText(bytes), ControlMessageError);
        if (message === undefined) return;
        read += 1;
        expectTrue(message.type === 'ping' || message.type === 'pong', 'a known type');
        expectTrue(Number.isFinite(message.sentMs), 'a finite time');
      },
      mostSteps: () => 500,
    });
    expect(read).toBeGreaterThan(100); // most is refused: a text has to be whole to be read
  });

  it('messages to one sender after another leave no frame open, no timer, and few answers', () => {
    const clock = new VirtualClock();
    let [pushed, found, refused] = [0, 0, 0];
    fuzz({
      // A connection lives for 25 messages, so that more than 100,000 of these come to either kind of source.
      make: (random) => Array.from({ length: 25 }, () => messageOf(random)),
      attempt: (messages) => {
        const receiver = new StrictReceiver(clock);
        const hands = new StrictLandmarksReceiver();
        const sent: IngestServerMessage[] = [];
        let isClosed = false;
        const connection = new IngestConnection({
          clock,
          maxPixels: 4096,
          framesPerSecond: 10,
          // Some have no source, and some one of landmarks.
          receiver: () =>
            messages[0]?.isBinary !== true ? undefined : messages[1]?.isBinary === true ? hands : receiver,
          results: () => receiver.frames,
          dropped: () => 0,
          send: (message) => void sent.push(message),
          close: () => (isClosed = true),
        });
        for (const { bytes, isBinary } of messages)
          if (isBinary) connection.receive(bytes);
          else connection.receiveText(bytes);
        const { counts } = connection;
        connection[Symbol.dispose]();
        pushed += receiver.frames;
        found += hands.frames;
        refused += counts.refused;
        expectTrue(!isClosed && clock.pendingCount === 0, 'no timer at the end');
        const binary = messages.filter(({ isBinary }) => isBinary).length;
        expectTrue(counts.frames === binary && receiver.frames + hands.frames <= 12, 'counted, and held to the rate');
        expectTrue(sent.filter(({ type }) => type === 'error').length <= 1, 'one error a second');
        expectTrue(sent.length <= 2 + messages.length, 'one answer to each');
        expectTrue(JSON.stringify(sent).length < 4000, 'short answers');
      },
      inputs: 7_000,
    });
    expect(Math.min(pushed, refused)).toBeGreaterThan(1_000);
    expect(found).toBeGreaterThan(100);
  });
});

interface Message {
  readonly bytes: Uint8Array;
  readonly isBinary: boolean;
}

function messageOf(random: Random): Message {
  // Either sort may hold what the other should.
  const isBinary = random() < 0.6;
  const isText = pickNumber(random, 20) === 0 ? isBinary : !isBinary;
  return { isBinary, bytes: isText ? mutatedBytes(random, texts, JSON_TOKENS) : mutatedBytes(random, frames) };
}

/** What a source takes for granted of every frame. */
class StrictReceiver implements FrameReceiver {
  readonly takes = 'frames';
  readonly isOpen = true;
  frames = 0;

  constructor(private readonly clock: VirtualClock) {}

  push(frame: Frame, clockOffsetMs: number): void {
    this.frames += 1;
    using own = frame.restamp(this.clock.nowMs());
    const { width, height, sequence, capturedAtMs } = own;
    expectTrue(width * height <= 4096 && Math.min(width, height) >= 1, 'a size that is allowed');
    expectTrue(Number.isInteger(sequence) && sequence >= 0, 'a whole sequence');
    expectTrue(Number.isFinite(capturedAtMs) && Number.isFinite(clockOffsetMs), 'finite times');
  }

  connected(): void {}
}

/** What a source takes for granted of all landmarks. */
class StrictLandmarksReceiver implements LandmarksReceiver {
  readonly takes = 'landmarks';
  readonly skeleton = HAND;
  readonly isOpen = true;
  frames = 0;

  push({ sequence, capturedAtMs, value }: StreamItem<Landmarks>, clockOffsetMs: number): void {
    this.frames += 1;
    expectTrue(Number.isInteger(sequence) && sequence >= 0, 'a whole sequence');
    expectTrue(Number.isFinite(capturedAtMs) && Number.isFinite(clockOffsetMs), 'finite times');
    expectTrue(
      value.tracks.every(({ image }) => image.length === 84 && image.every(Number.isFinite)),
      'points that are somewhere',
    );
  }

  connected(): void {}
}
