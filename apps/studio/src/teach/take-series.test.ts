import { VirtualClock } from '@kinegraph/core/testing';
import { describe, expect, it } from 'vitest';
import { recordSeries } from './take-series.js';
import type { SeriesStep } from './take-series.js';

const PLAN = { takes: 2, seconds: 2, firstCountdown: 3, nextCountdown: 1 };

function series(record: (seconds: number) => Promise<void> = async () => {}): {
  readonly clock: VirtualClock;
  readonly told: readonly SeriesStep[];
  readonly stopping: AbortController;
  readonly ended: Promise<string>;
} {
  const clock = new VirtualClock();
  const told: SeriesStep[] = [];
  const stopping = new AbortController();
  const ended = recordSeries(PLAN, { clock, signal: stopping.signal, onStep: (step) => told.push(step), record }).then(
    () => 'done',
    (error: unknown) => String(error),
  );
  return { clock, told, stopping, ended };
}

describe('recordSeries', () => {
  it('counts down before each take, and records as many as were asked for', async () => {
    const recorded: number[] = [];
    const { clock, told, ended } = series(async (seconds) => void recorded.push(seconds));
    for (let second = 0; second < 4; second += 1) await clock.advance(1000);
    expect(await ended).toBe('done');
    expect(told.map((step) => [step.take, step.step === 'countdown' ? step.left : 'recording'])).toEqual([
      [1, 3],
      [1, 2],
      [1, 1],
      [1, 'recording'],
      [2, 1],
      [2, 'recording'],
    ]);
    expect(recorded).toEqual([2, 2]);
  });

  it('is given up while it counts, with nothing recorded', async () => {
    let count = 0;
    const { clock, stopping, ended } = series(async () => void (count += 1));
    await clock.advance(1000);
    stopping.abort(new Error('enough'));
    expect(await ended).toBe('Error: enough');
    await clock.advance(10_000);
    expect(count).toBe(0);
  });

  it('ends at a take that failed', async () => {
    let count = 0;
    const { clock, ended } = series(async () => {
      count += 1;
      throw new Error('no hand');
    });
    await clock.advance(3000);
    expect(await ended).toBe('Error: no hand');
    expect(count).toBe(1);
  });
});
