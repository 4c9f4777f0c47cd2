import { silentLogger } from '@kinegraph/core/plugin';
import { aFrame } from '@kinegraph/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { HAND_TASK, writeTaskBundle } from '../bundle/index.js';
import { LandmarkerFrameError, LandmarkerStartError } from '../errors.js';
import { VideoLandmarker, type LandmarkerClass } from './video-landmarker.js';

const model = new TextEncoder().encode('\0\0\0\0TFL3');
const bundle = writeTaskBundle(HAND_TASK, { detector: model, landmarks: model });
const input = { task: HAND_TASK, model: 'full', bundle, options: { numHands: 1 }, logger: silentLogger };

/** Stands for MediaPipe's class where it fails, which the real one cannot be made to do without hanging the thread. */
function aLandmarkerClass() {
  const instance = {
    detectForVideo: vi.fn((_image: unknown, timestampMs: number): string => `found at ${timestampMs}`),
    setOptions: vi.fn(async (_options: object): Promise<void> => {}),
    close: vi.fn(),
  };
  const createFromOptions = vi.fn(() => Promise.resolve(instance));
  const landmarkerClass: LandmarkerClass<object, string> = { createFromOptions };
  return { landmarkerClass, instance, createFromOptions };
}

const graphError = new Error(
  'INTERNAL: CalculatorGraph::Run() failed:\nCalculator::Process() failed: bad image; StartGraph failed\n=== Source Location Trace: ===\na.cc:1',
);

describe('VideoLandmarker', () => {
  it('gives frames on with their size, format and bytes, and increasing times', async () => {
    const { landmarkerClass, instance } = aLandmarkerClass();
    const landmarker = await VideoLandmarker.open(landmarkerClass, input);
    const frame = aFrame();
    landmarker.detect(frame, 10, 'hands');
    landmarker.detect(frame, 10, 'hands');
    const [[image, first] = [], [, second] = []] = instance.detectForVideo.mock.calls;
    expect(image).toEqual({ width: 4, height: 3, format: 'rgba8', data: frame.data });
    expect(Number(second)).toBeGreaterThan(Number(first));
    landmarker.close();
  });

  it('says in one sentence why it cannot start, and leaves no global name behind', async () => {
    const { landmarkerClass, createFromOptions } = aLandmarkerClass();
    createFromOptions.mockRejectedValue(graphError);
    const error: unknown = await VideoLandmarker.open(landmarkerClass, input).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LandmarkerStartError);
    expect((error as Error).message).toBe(
      'MediaPipe could not start the hand landmarker with model "full": INTERNAL: CalculatorGraph::Run() failed: ' +
        'Calculator::Process() failed: bad image. Use one of the built-in models or a .task bundle made for this task.',
    );
    expect((error as Error).cause).toBe(graphError);
    expect('WebGL2RenderingContext' in globalThis).toBe(false);
  });

  it('is not called again after a failed frame, not even to close, since that would never return', async () => {
    const { landmarkerClass, instance } = aLandmarkerClass();
    const landmarker = await VideoLandmarker.open(landmarkerClass, input);
    instance.detectForVideo.mockImplementation(() => {
      throw graphError;
    });
    expect(() => landmarker.detect(aFrame(), 40, 'hands')).toThrow(LandmarkerFrameError);
    expect(() => landmarker.detect(aFrame(), 50, 'hands')).toThrow('The hand landmarker failed on the frame at 40 ms');
    await expect(landmarker.setOptions({})).rejects.toThrow(LandmarkerFrameError);
    landmarker.close();
    expect(instance.detectForVideo).toHaveBeenCalledTimes(1);
    expect(instance.setOptions).not.toHaveBeenCalled();
    expect(instance.close).not.toHaveBeenCalled();
    expect('WebGL2RenderingContext' in globalThis).toBe(false);
  });

  it('is not called again after options that it did not take', async () => {
    const { landmarkerClass, instance } = aLandmarkerClass();
    const landmarker = await VideoLandmarker.open(landmarkerClass, input);
    instance.setOptions.mockRejectedValue(new Error('INVALID_ARGUMENT: no'));
    await expect(landmarker.setOptions({})).rejects.toThrow('INVALID_ARGUMENT: no');
    expect(() => landmarker.detect(aFrame(), 0, 'hands')).toThrow(LandmarkerStartError);
    landmarker.close();
    expect(instance.detectForVideo).not.toHaveBeenCalled();
  });

  it('closes once', async () => {
    const { landmarkerClass, instance } = aLandmarkerClass();
    const landmarker = await VideoLandmarker.open(landmarkerClass, input);
    landmarker.close();
    landmarker.close();
    expect(instance.close).toHaveBeenCalledTimes(1);
  });
});
