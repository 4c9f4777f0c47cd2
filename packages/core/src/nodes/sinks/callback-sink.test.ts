import { describe, expect, it } from 'vitest';
import type { ResultCallback } from '../../kinds/index.js';
import { VirtualClock, aProcessInfo, aTrace, describeSinkContract } from '../../testing/index.js';
import { CallbackMissingError, CallbackSink } from './callback-sink.js';

function make(callbacks: Record<string, ResultCallback>, clock = new VirtualClock()): CallbackSink {
  const identity = { name: 'results', type: 'core.sink.callback', runId: 'run' };
  return new CallbackSink(identity, new Map(Object.entries(callbacks)), clock);
}

describeSinkContract('core.sink.callback', () => make({ results: () => {} }));

describe('CallbackSink', () => {
  it('calls the function of its own name with the value itself, its time, age and sequence', async () => {
    const calls: unknown[][] = [];
    const clock = new VirtualClock();
    const sink = make({ results: (...call) => void calls.push(call), other: () => expect.unreachable() }, clock);
    sink.open();
    await clock.advance(50);
    const value = { tracks: [] };
    await sink.write(value, aProcessInfo(33.3, { trace: aTrace({ sequence: 4, capturedAtMs: 20 }) }));
    expect(calls).toEqual([[value, { timestampMs: 33.3, ageMs: 30, sequence: 4 }]]);
    expect(calls[0]?.[0]).toBe(value);
  });

  it('waits for the promise of the function, which is back-pressure', async () => {
    let release = (): void => {};
    const sink = make({ results: () => new Promise<void>((resolve) => void (release = resolve)) });
    sink.open();
    let settled = false;
    const written = Promise.resolve(sink.write(1, aProcessInfo())).then(() => void (settled = true));
    await Promise.resolve();
    expect(settled).toBe(false);
    release();
    await written;
    expect(settled).toBe(true);
  });

  it.each([
    ['throws', (): void => expect.unreachable('no such model')],
    ['rejects', () => Promise.reject(new Error('no such model'))],
  ])('fails for a packet where the function %s', async (_how, callback) => {
    const sink = make({ results: callback });
    sink.open();
    await expect((async () => await sink.write(1, aProcessInfo()))()).rejects.toThrow('no such model');
  });

  it('names the sink and the mend where no function was given', () => {
    const sink = make({ result: () => {} }); // one letter short
    expect(() => sink.open()).toThrow(CallbackMissingError);
    expect(() => sink.open()).toThrow(
      'No function was given for the callback sink "results". Pass it to createRun as callbacks: { "results": (value) => ... }.',
    );
  });
});
