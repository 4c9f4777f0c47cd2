import { AbortedError, deferred, type ConnectionState, type Deferred } from '@kinegraph/core/plugin';
import { RecordingLogger, settle, VirtualClock } from '@kinegraph/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CountedMemory } from '../../test/support/counted-memory.js';
import { CameraLostError, CameraRefusedError, CameraUnreachableError } from '../camera-errors.js';
import { DecoderMissingError } from '../decoder/errors.js';
import type { DecodedFrame, FrameStream } from '../decoder/frame-stream.js';
import { BackOff } from './back-off.js';
import { CameraConnection } from './camera-connection.js';

const camera = 'rtsp://cam/main';
const lost = new CameraLostError({ camera, reason: 'the stream ended' });
const unreachable = new CameraUnreachableError({ camera, reason: 'Connection refused' });
const refused = new CameraRefusedError({ camera, status: 401 });
const memory = new CountedMemory();

/** A stream whose frames and end the test decides. */
class HandStream implements FrameStream {
  readonly pid = undefined;
  readonly facts = {};
  readonly complaints = [];
  closeCount = 0;
  #next: Deferred<DecodedFrame | undefined> | undefined;
  #signal: AbortSignal | undefined;

  next(signal?: AbortSignal): Promise<DecodedFrame | undefined> {
    this.#next = deferred();
    if (this.#signal === undefined) {
      this.#signal = signal;
      signal?.addEventListener('abort', () => this.#next?.reject(new AbortedError({ what: 'Waiting for a frame' })));
    }
    return this.#next.promise;
  }

  async frame(): Promise<void> {
    this.#next?.resolve({ timestampMs: 0, width: 1, height: 1, memory: memory.allocate(4) });
    await settle();
  }

  async fail(error: Error): Promise<void> {
    this.#next?.reject(error);
    await settle();
  }

  close(): Promise<void> {
    this.closeCount += 1;
    return Promise.resolve();
  }
}

let clock: VirtualClock;
let logger: RecordingLogger;
/** What was reported, each with its time. */
let reports: [number, ConnectionState, unknown?][];
/** When each attempt was made. */
let attempts: number[];
let streams: HandStream[];
let hopeless: Error | undefined;
let connection: CameraConnection;
/** What the next attempts meet: an error, or a stream where there is none. */
let outcomes: (Error | 'never')[];

beforeEach(() => {
  clock = new VirtualClock();
  logger = new RecordingLogger();
  reports = [];
  attempts = [];
  streams = [];
  outcomes = [];
  hopeless = undefined;
  connection = new CameraConnection({
    camera,
    clock,
    logger,
    status: {
      report: (state, error) =>
        void reports.push(error === undefined ? [clock.nowMs(), state] : [clock.nowMs(), state, error]),
    },
    backOff: new BackOff(() => 0),
    openStream: (signal) => {
      attempts.push(clock.nowMs());
      const outcome = outcomes.shift();
      if (outcome === 'never') {
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AbortedError({ what: 'Opening' })));
        });
      }
      if (outcome !== undefined) return Promise.reject(outcome);
      const stream = new HandStream();
      streams.push(stream);
      return Promise.resolve(stream);
    },
    onBegin: () => {},
    onFrame: (frame) => frame.memory.release(),
    onHopeless: (error) => {
      hopeless = error;
    },
  });
});

afterEach(async () => {
  await connection.stop();
  expect(streams.map(({ closeCount }) => closeCount)).toEqual(streams.map(() => 1));
  expect([memory.open, clock.pendingCount]).toEqual([0, 0]);
});

async function start(): Promise<void> {
  connection.start();
  await settle();
}

/** The newest stream. */
function stream(): HandStream {
  const newest = streams.at(-1);
  if (newest === undefined) throw new Error('no stream was opened');
  return newest;
}

describe('CameraConnection', () => {
  it('waits until the first frame, then is live', async () => {
    await start();
    await clock.advance(300);
    await stream().frame();
    await stream().frame();
    expect(reports).toEqual([
      [0, 'waiting'],
      [300, 'live'],
    ]);
  });

  it('tries a camera that is off again and again, ever more seldom, the first time like any other', async () => {
    outcomes = Array.from({ length: 7 }, () => unreachable);
    await start();
    await clock.advance(92_000);
    expect(attempts).toEqual([0, 1000, 3000, 7000, 15_000, 31_000, 61_000, 91_000]);
    expect(reports.every(([, state]) => state === 'waiting')).toBe(true);
    expect(reports.at(-1)?.[2]).toBe(unreachable);
  });

  it('reconnects after a loss, and says so', async () => {
    await start();
    await stream().frame();
    await clock.advance(100);
    await stream().fail(lost);
    await clock.advance(1000);
    await stream().frame();
    expect(reports).toEqual([
      [0, 'waiting'],
      [0, 'live'],
      [100, 'reconnecting', lost],
      [1100, 'live'],
    ]);
    expect(logger.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
  });

  it('tries soon again after a good connection, and not after one that only came and went', async () => {
    await start();
    for (let round = 0; round < 3; round += 1) {
      await stream().frame();
      await stream().fail(lost);
      await clock.advance(1000 * 2 ** round);
    }
    expect(attempts).toEqual([0, 1000, 3000, 7000]);
    await stream().frame();
    for (let second = 0; second < 11; second += 1) {
      await clock.advance(1000);
      await stream().frame();
    }
    await stream().fail(lost);
    await clock.advance(1000);
    expect(attempts.at(-1)).toBe(7000 + 11_000 + 1000);
  });

  it('counts as stalled while frames stay away, and as live when they come again', async () => {
    await start();
    await stream().frame();
    await clock.advance(2500);
    await stream().frame();
    expect(reports).toEqual([
      [0, 'waiting'],
      [0, 'live'],
      [2000, 'stalled'],
      [2500, 'live'],
    ]);
    expect(attempts).toEqual([0]);
  });

  it('asks a camera that refuses as seldom as can be', async () => {
    outcomes = [refused, refused];
    await start();
    await clock.advance(60_000);
    expect(attempts).toEqual([0, 30_000, 60_000]);
    expect(reports.slice(0, 2)).toEqual([
      [0, 'waiting'],
      [0, 'refused', refused],
    ]);
  });

  it('logs a fault once, not with every attempt', async () => {
    outcomes = [unreachable, unreachable, unreachable, refused];
    await start();
    await clock.advance(10_000);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(/cannot be reached .* Next attempt in 1\.0 s\./),
      expect.stringMatching(/refuses with status 401.* Next attempt in 30\.0 s\./),
    ]);
  });

  it('gives up where no attempt can work', async () => {
    const missing = new DecoderMissingError({ wanted: 'node-av', reason: 'none' });
    outcomes = [missing];
    await start();
    await clock.advance(100_000);
    expect([hopeless, attempts]).toEqual([missing, [0]]);
  });

  it('can be stopped before it has begun, and twice', async () => {
    await connection.stop();
    await connection.stop();
    expect(attempts).toEqual([]);
  });

  it.each<[string, () => Promise<void>]>([
    ['opening', async () => void (outcomes = ['never'])],
    ['waiting for its first frame', async () => {}],
    ['waiting for the next attempt', async () => void (outcomes = [unreachable])],
    ['refused', async () => void (outcomes = [refused])],
  ])('can be stopped while %s, without time going by', async (_state, prepare) => {
    await prepare();
    await start();
    await connection.stop();
    const made = attempts.length;
    await clock.advance(100_000);
    expect(attempts).toHaveLength(made);
  });

  it('can be stopped while live and while stalled', async () => {
    await start();
    await stream().frame();
    await clock.advance(3000);
    expect(reports.at(-1)).toEqual([2000, 'stalled']);
    await connection.stop();
    expect(reports).toHaveLength(3);
  });
});
