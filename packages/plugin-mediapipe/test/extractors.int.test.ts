import { Socket } from 'node:net';
import { FrameLedger } from '@kinegraph/core/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HAND_TASK, POSE_TASK, writeStoredZip, writeTaskBundle } from '../src/bundle/index.js';
import { aHandExtractor, aPoseExtractor, emptyFrame, infoAt } from './support/an-extractor.js';
import { modelBytes } from './support/manifest-models.js';

const signal = new AbortController().signal;

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([
  { name: 'mediapipe.hands', make: () => aHandExtractor({ model: 'lite' }), model: 'mediapipe.hands.lite' },
  { name: 'mediapipe.pose', make: () => aPoseExtractor(), model: 'mediapipe.pose.lite' },
])('$name', ({ make, model }) => {
  it('loads its built-in model, finds nothing in an empty frame, and leaves nothing in the global scope', async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    const { extractor, bench } = make();
    await extractor.open(signal);
    expect(await extractor.extract(emptyFrame(), infoAt(0))).toEqual({ frameWidth: 320, frameHeight: 240, tracks: [] });
    extractor.close();
    expect(bench.asked).toEqual([model]);
    expect(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('takes frames of any raw format and of changing size', async () => {
    const { extractor } = make();
    await extractor.open(signal);
    const sizes: number[][] = [];
    for (const [index, frame] of [emptyFrame(64, 48, 3), emptyFrame(31, 77, 1), emptyFrame(640, 480, 4)].entries()) {
      const { frameWidth, frameHeight } = await extractor.extract(frame, infoAt(index));
      sizes.push([frameWidth, frameHeight]);
    }
    extractor.close();
    expect(sizes).toEqual([[64, 48], [31, 77], [640, 480]]); // prettier-ignore
  });

  it('survives timestamps that are equal, a microsecond apart, or go back', async () => {
    const { extractor } = make();
    await extractor.open(signal);
    for (const time of [0, 0, 33.333, 33.334, 33.334, 10, 1e9]) await extractor.extract(emptyFrame(), infoAt(time));
    extractor.close();
  });

  it('writes nothing to the console and opens no connection', async () => {
    const written = [
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'error'),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    const network = [vi.spyOn(globalThis, 'fetch'), vi.spyOn(Socket.prototype, 'connect')];
    const { extractor, bench } = make();
    await extractor.open(signal);
    await extractor.extract(emptyFrame(), infoAt(0));
    extractor.close();
    for (const spy of written) expect(spy).not.toHaveBeenCalled();
    for (const spy of network) expect(spy).not.toHaveBeenCalled();
    // What MediaPipe had to say is for those who debug.
    expect(bench.logged.map((line) => line.message)).toContain(
      'MediaPipe: INFO: Created TensorFlow Lite XNNPACK delegate for CPU.',
    );
    expect(bench.logged.filter((line) => line.level !== 'debug')).toEqual([]);
  });

  it('refuses frames that it cannot take, each with a mend, and goes on with the next', async () => {
    const { extractor } = make();
    await extractor.open(signal);
    const frames = [
      { width: 320, height: 240, format: 'jpeg' },
      { width: 0, height: 0, format: 'rgba8' },
      { width: 10, height: 10, format: 'rgba8' },
      { width: 20_000, height: 20_000, format: 'gray8' },
    ] as const;
    for (const { width, height, format } of frames) {
      const frame = new FrameLedger().frame({ width, height, format }, new Uint8Array(100));
      await expect(extractor.extract(frame, infoAt(1))).rejects.toThrow(
        `got a frame of ${width}x${height} pixels in format "${format}" (100 bytes), but takes whole frames in "rgba8", "rgb8" or "gray8"`,
      );
    }
    expect((await extractor.extract(emptyFrame(), infoAt(2))).tracks).toEqual([]);
    extractor.close();
  });
});

describe('configuration while it runs', () => {
  it('takes over confidences and the number of hands, but not another model', async () => {
    const { extractor } = aHandExtractor({ model: 'lite' });
    await extractor.open(signal);
    await extractor.extract(emptyFrame(), infoAt(0));
    const live = {
      model: 'lite',
      numHands: 1,
      minHandDetectionConfidence: 0.9,
      minHandPresenceConfidence: 0.2,
      minTrackingConfidence: 0.3,
    };
    expect(await extractor.reconfigure(live)).toBe(true);
    expect((await extractor.extract(emptyFrame(), infoAt(33))).tracks).toEqual([]);
    expect(await extractor.reconfigure({ ...live, model: 'full' })).toBe(false);
    extractor.close();
  });

  it('closes twice, and closes when it never was open', async () => {
    const { extractor } = aPoseExtractor();
    extractor.close();
    await extractor.open(signal);
    extractor.close();
    extractor.close();
    await expect(extractor.extract(emptyFrame(), infoAt(0))).rejects.toThrow('was given a frame while it was not open');
  });
});

describe('models of the user', () => {
  it('takes the path of a .task file or a URL', async () => {
    const file = modelBytes('mediapipe.hands.lite');
    for (const [model, asked] of [
      ['my.task', '/graphs/my.task'],
      ['https://example.org/hands.task', 'https://example.org/hands.task'],
    ] as const) {
      // prettier-ignore
      const { extractor, bench } = aHandExtractor({ model }, file);
      await extractor.open(signal);
      extractor.close();
      expect(bench.asked).toEqual([asked]);
    }
  });

  it.each([
    [
      'a file that is no bundle',
      new TextEncoder().encode('hello'),
      'Model "my.task" is not usable: it does not begin like a zip file',
    ],
    [
      'a bundle for another task',
      writeTaskBundle(POSE_TASK, {
        detector: modelBytes('mediapipe.part.person'),
        landmarks: modelBytes('mediapipe.part.pose-lite'),
      }),
      'Model "my.task" is not usable: it lacks "hand_detector.tflite"',
    ],
    [
      'models without metadata',
      writeTaskBundle(HAND_TASK, {
        detector: modelBytes('mediapipe.part.palm-lite'),
        landmarks: modelBytes('mediapipe.part.hand-lite'),
      }),
      'MediaPipe could not start the hand landmarker with model "my.task": NOT_FOUND: Input tensor has type float32: ' +
        'it requires specifying NormalizationOptions metadata to preprocess input images. Use one of the built-in models',
    ],
    ['an empty zip', writeStoredZip([]), 'it holds nothing'],
  ])('tells in one sentence about %s', async (_case, file, sentence) => {
    const { extractor } = aHandExtractor({ model: 'my.task' }, file);
    const before = Object.getOwnPropertyNames(globalThis);
    const error: unknown = await extractor.open(signal).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(sentence);
    expect((error as Error).message).not.toContain('\n');
    expect(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))).toEqual([]);
    extractor.close();
  });

  it('stops opening when the run gives up', async () => {
    const { extractor } = aHandExtractor({ model: 'lite' });
    await expect(extractor.open(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    extractor.close();
  });
});
