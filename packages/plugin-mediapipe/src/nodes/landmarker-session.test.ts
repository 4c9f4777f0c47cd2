import { silentLogger } from '@kinegraph/core/plugin';
import { aFrame } from '@kinegraph/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { HAND_TASK, writeTaskBundle } from '../bundle/index.js';
import { LandmarkerSession } from './landmarker-session.js';

const model = new TextEncoder().encode('\0\0\0\0TFL3');
const bundle = writeTaskBundle(HAND_TASK, { detector: model, landmarks: model });
const info = (timestampMs: number) => ({
  timestampMs,
  trace: { source: 'clip', sequence: 0, capturedAtMs: 0, clockOffsetMs: 0 },
  signal: new AbortController().signal,
});

/** A session whose landmarkers are stand-ins: each finds its own number, and fails when told to. */
function aSession() {
  const opened: object[] = [];
  const state = { fails: false, refusesOptions: false };
  const loadClass = () =>
    Promise.resolve({
      createFromOptions: (_fileset: object, options: object) => {
        const number = opened.push(options);
        return Promise.resolve({
          detectForVideo: () => {
            if (state.fails) throw new Error('INTERNAL: broken');
            return number;
          },
          setOptions: () => (state.refusesOptions ? Promise.reject(new Error('no')) : Promise.resolve()),
          close: () => {},
        });
      },
    });
  const read = vi.fn((_model: string) => Promise.resolve(bundle));
  const session = new LandmarkerSession<{ numHands: number }, number>(
    { task: HAND_TASK, builtInModels: { full: 'mediapipe.hands.full' }, loadClass },
    {
      identity: { name: 'hands', type: 'mediapipe.hands', runId: 'run' },
      models: { read },
      paths: { resolve: (path) => path },
      logger: silentLogger,
    },
  );
  return { session, opened, state, read };
}
const signal = new AbortController().signal;

describe('LandmarkerSession', () => {
  it('opens the model that the configuration names, with the other keys as options', async () => {
    const { session, opened, read } = aSession();
    await session.open({ model: 'full', numHands: 3 }, signal);
    expect(read.mock.calls[0]?.[0]).toBe('mediapipe.hands.full');
    expect(opened).toEqual([expect.objectContaining({ numHands: 3, runningMode: 'VIDEO' })]);
    expect(opened[0]).not.toHaveProperty('model');
    session.close();
  });

  it('loses the frame that a landmarker failed on, and starts anew with the next, as configured last', async () => {
    const { session, opened, state } = aSession();
    await session.open({ model: 'full', numHands: 1 }, signal);
    expect(await session.reconfigure({ model: 'full', numHands: 2 })).toBe(true);
    state.fails = true;
    await expect(session.detect(aFrame(), info(0))).rejects.toThrow('failed on the frame at 0 ms: INTERNAL: broken');
    state.fails = false;
    expect(await session.detect(aFrame(), info(33))).toBe(2);
    expect(opened.at(-1)).toMatchObject({ numHands: 2 });
    session.close();
    expect('WebGL2RenderingContext' in globalThis).toBe(false);
  });

  it('tries again with each frame while it cannot start anew', async () => {
    const { session, state, read } = aSession();
    await session.open({ model: 'full', numHands: 1 }, signal);
    state.fails = true;
    await expect(session.detect(aFrame(), info(0))).rejects.toThrow('INTERNAL: broken');
    state.fails = false;
    read.mockRejectedValueOnce(new Error('the disk is gone'));
    await expect(session.detect(aFrame(), info(33))).rejects.toThrow('the disk is gone');
    expect(await session.detect(aFrame(), info(66))).toBe(2);
    session.close();
  });

  it('asks for a restart for another model, for refused options, and while it is not open', async () => {
    const { session, state } = aSession();
    expect(await session.reconfigure({ model: 'full', numHands: 1 })).toBe(false);
    await session.open({ model: 'full', numHands: 1 }, signal);
    expect(await session.reconfigure({ model: 'lite', numHands: 1 })).toBe(false);
    state.refusesOptions = true;
    expect(await session.reconfigure({ model: 'full', numHands: 2 })).toBe(false);
    session.close();
  });
});
