import { describe, expect, it } from 'vitest';
import type { ResultCallback } from '../../kinds/index.js';
import {
  RecordingLineWriters,
  VirtualClock,
  aHand,
  aProcessInfo,
  aTrace,
  describeSinkContract,
  landmarksOf,
} from '../../testing/index.js';
import { CallbackSink } from './callback-sink.js';
import { NdjsonSink, NdjsonSinkConfig } from './ndjson-sink.js';
import { NullSink } from './null-sink.js';

const identity = { name: 'out', type: 'core.sink.test', runId: 'run' };
const signal = new AbortController().signal;

function ndjson(config: Partial<NdjsonSinkConfig> = {}): {
  sink: NdjsonSink;
  writers: RecordingLineWriters;
  clock: VirtualClock;
} {
  const writers = new RecordingLineWriters();
  const clock = new VirtualClock();
  const paths = { resolve: (path: string) => `/graphs/${path}` };
  return { sink: new NdjsonSink(NdjsonSinkConfig.parse(config), identity, writers, paths, clock), writers, clock };
}

function callback(call: ResultCallback | undefined, clock = new VirtualClock()): CallbackSink {
  return new CallbackSink(identity, { get: (name) => (name === 'out' ? call : undefined) }, clock);
}

describeSinkContract('core.sink.ndjson', () => ndjson().sink);
describeSinkContract('core.sink.null', () => new NullSink());
describeSinkContract('core.sink.callback', () => callback(() => {}));

describe('core.sink.ndjson', () => {
  it('writes one line a packet: time, sender’s sequence, age, node and value', async () => {
    const { sink, writers, clock } = ndjson({ digits: 3 });
    await sink.open();
    await clock.advance(150);
    const trace = aTrace({ sequence: 4, capturedAtMs: 5100, clockOffsetMs: -5000 });
    await sink.write(landmarksOf({ ...aHand(), image: Float32Array.from([0.12345, 0.5, -0.1, 1]) }), {
      timestampMs: 133.33333,
      trace,
      signal,
    });
    const [line = ''] = writers.lines.get('-') ?? [];
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      timestampMs: 133.333,
      sequence: 4,
      ageMs: 50,
      node: 'out',
      value: {
        frameWidth: 640,
        tracks: [{ skeleton: 'hand-21', trackId: 1, handedness: 'right', score: 0.95, image: [[0.123, 0.5, -0.1, 1]] }],
      },
    });
  });

  it('writes to standard output by default, and to a file relative to the graph', async () => {
    for (const [target, opened] of [
      ['-', '-'],
      ['out.ndjson', '/graphs/out.ndjson'],
    ] as const) {
      const { sink, writers } = ndjson({ target });
      await sink.open();
      await sink.flush();
      await sink.close();
      expect(writers.events).toEqual([`open ${opened}`, `flush ${opened}`, `close ${opened}`]);
    }
  });

  it('takes a live change of the digits over, and asks to be restarted for another target', async () => {
    const { sink, writers } = ndjson();
    await sink.open();
    expect(sink.reconfigure({ target: '-', digits: 1 })).toBe(true);
    await sink.write(Math.PI, aProcessInfo());
    expect(JSON.parse(writers.lines.get('-')?.[0] ?? '')).toMatchObject({ value: 3.1 });
    expect(sink.reconfigure({ target: 'other', digits: 1 })).toBe(false);
  });
});

describe('core.sink.callback', () => {
  it('calls the function of its own name with value, time, age and sequence, and awaits it', async () => {
    const calls: unknown[] = [];
    const clock = new VirtualClock();
    const sink = callback(async (value, info) => {
      await Promise.resolve();
      calls.push([value, info]);
    }, clock);
    sink.open();
    await clock.advance(80);
    await sink.write('value', aProcessInfo(30));
    expect(calls).toEqual([['value', { timestampMs: 30, ageMs: 50, sequence: 30 }]]);
  });

  it('says how to give a function where there is none', () => {
    expect(() => callback(undefined).open()).toThrow(
      expect.objectContaining({
        code: 'CORE_CALLBACK_MISSING',
        message:
          'No function was given for the callback sink "out". Pass it to createRun as callbacks: { "out": (value) => ... }.',
      }),
    );
  });
});
