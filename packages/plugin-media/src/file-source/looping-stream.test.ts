import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecodedFrame, FrameStream } from '../decoder/frame-stream.js';
import { LoopingStream } from './looping-stream.js';

const { signal } = new AbortController();

/** A recording held in memory; counts the streams that are open. */
class Recording {
  open = 0;
  opened = 0;
  constructor(private readonly timestamps: readonly number[]) {}

  readonly openStream = async (): Promise<FrameStream> => {
    this.open += 1;
    this.opened += 1;
    const left = [...this.timestamps];
    let closed = false;
    return {
      pid: undefined,
      facts: {},
      complaints: [`round ${this.opened}`],
      next: async () => {
        const timestampMs = left.shift();
        return timestampMs === undefined ? undefined : ({ timestampMs, width: 1, height: 1 } as DecodedFrame);
      },
      close: async () => {
        if (!closed) this.open -= 1;
        closed = true;
      },
    };
  };
}

async function take(stream: LoopingStream, count: number): Promise<(number | undefined)[]> {
  const timestamps = [];
  for (let index = 0; index < count; index += 1) timestamps.push((await stream.next(signal))?.timestampMs);
  return timestamps;
}

describe('LoopingStream', () => {
  it('plays once with the times of the file', async () => {
    const recording = new Recording([500, 600, 700]);
    const stream = new LoopingStream(recording.openStream, false);
    expect(await take(stream, 5)).toEqual([500, 600, 700, undefined, undefined]);
    await stream.close();
    expect([recording.open, recording.opened]).toEqual([0, 1]);
  });

  it('goes on one frame later with each round', async () => {
    const recording = new Recording([500, 600, 725]);
    const stream = new LoopingStream(recording.openStream, true);
    expect(await take(stream, 7)).toEqual([500, 600, 725, 850, 950, 1075, 1200]);
    expect(recording.open).toBe(2); // the round under way and the one to come
    await stream.close();
    expect(recording.open).toBe(0);
  });

  it('always counts up, whatever the recording', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 10 }), async (numbers) => {
        const stream = new LoopingStream(new Recording(numbers.toSorted((a, b) => a - b)).openStream, true);
        const timestamps = (await take(stream, numbers.length * 3 + 1)) as number[];
        await stream.close();
        for (const [index, timestampMs] of timestamps.entries()) {
          if (index > 0) expect(timestampMs).toBeGreaterThan(timestamps[index - 1] ?? Number.NaN);
        }
      }),
    );
  });

  it('tells the complaints of each round once', async () => {
    const told: string[] = [];
    const stream = new LoopingStream(new Recording([0, 100]).openStream, true, (complaints) =>
      told.push(...complaints),
    );
    await take(stream, 5);
    await stream.close();
    expect(told).toHaveLength(2);
    const once = new LoopingStream(new Recording([0]).openStream, false, (complaints) => told.push(...complaints));
    await take(once, 3);
    expect(told).toHaveLength(3);
  });

  it('ends rather than spins on a recording without frames', async () => {
    const recording = new Recording([]);
    const stream = new LoopingStream(recording.openStream, true);
    expect(await take(stream, 2)).toEqual([undefined, undefined]);
    await stream.close();
    expect(recording.open).toBe(0);
  });

  it('tells that the next round cannot be opened when its turn comes', async () => {
    const recording = new Recording([0, 100]);
    let rounds = 0;
    const openStream = async (): Promise<FrameStream> => {
      rounds += 1;
      if (rounds > 1) throw new Error('the file is gone');
      return recording.openStream();
    };
    const stream = new LoopingStream(openStream, true);
    expect(await take(stream, 2)).toEqual([0, 100]);
    await expect(stream.next(signal)).rejects.toThrow('the file is gone');
    await stream.close();
    expect(recording.open).toBe(0);
  });
});
