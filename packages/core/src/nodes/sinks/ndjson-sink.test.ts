import { describe, expect, it } from 'vitest';
import {
  RecordingLineWriters,
  VirtualClock,
  aHand,
  aProcessInfo,
  aTrace,
  describeSinkContract,
  landmarksOf,
} from '../../testing/index.js';
import type { LineRotation } from '../../kinds/index.js';
import { NdjsonSink, NdjsonSinkConfig } from './ndjson-sink.js';
import type { ResultLine } from './ndjson-sink.js';

interface Parts {
  readonly sink: NdjsonSink;
  readonly writers: RecordingLineWriters;
  readonly clock: VirtualClock;
}

function make(config: Partial<NdjsonSinkConfig> = {}): Parts {
  const writers = new RecordingLineWriters();
  const clock = new VirtualClock();
  const identity = { name: 'out', type: 'core.sink.ndjson', runId: 'run' };
  const paths = { resolve: (path: string) => `/graphs/${path}` };
  return { sink: new NdjsonSink(NdjsonSinkConfig.parse(config), identity, writers, paths, clock), writers, clock };
}

function linesOf({ writers }: Parts, target = '-'): ResultLine[] {
  return (writers.lines.get(target) ?? []).map((line) => JSON.parse(line) as ResultLine);
}

describeSinkContract('core.sink.ndjson', () => make().sink);

describe('NdjsonSink', () => {
  it('writes a line for each value with its time, sequence, age and the name of the sink', async () => {
    const parts = make();
    await parts.sink.open();
    await parts.clock.advance(75.128);
    await parts.sink.write(
      { score: 0.123456789 },
      aProcessInfo(33.36667, { trace: aTrace({ sequence: 9, capturedAtMs: 33.3 }) }),
    );
    expect(linesOf(parts)).toEqual([
      { timestampMs: 33.367, sequence: 9, ageMs: 41.83, node: 'out', value: { score: 0.12346 } },
    ]);
  });

  it('counts the age from the clock of the sender', async () => {
    const parts = make();
    await parts.sink.open();
    await parts.clock.advance(100);
    const trace = aTrace({ capturedAtMs: 1_000_040, clockOffsetMs: -1_000_000 });
    await parts.sink.write(1, aProcessInfo(0, { trace }));
    expect(linesOf(parts)[0]?.ageMs).toBe(60);
  });

  it('writes values in the order they come, one to a line, whatever is in them', async () => {
    const parts = make();
    await parts.sink.open();
    await Promise.all(['a\nb', 'c\r\n', '\u2028'].map((text, index) => parts.sink.write(text, aProcessInfo(index))));
    expect(parts.writers.lines.get('-')?.every((line) => !/[\r\n]/.test(line))).toBe(true);
    expect(linesOf(parts).map(({ value }) => value)).toEqual(['a\nb', 'c\r\n', '\u2028']);
  });

  it('reads back as the landmarks that were written', async () => {
    const parts = make();
    await parts.sink.open();
    const hand = aHand({ trackId: 3, handedness: 'left' });
    await parts.sink.write(landmarksOf(hand), aProcessInfo());
    interface Rows {
      readonly tracks: readonly {
        readonly image: number[][];
        readonly world: number[][];
        readonly handedness: string;
      }[];
    }
    const [line] = linesOf(parts) as [ResultLine & { value: Rows }];
    const { tracks } = line.value;
    expect(tracks[0]?.handedness).toBe('left');
    for (const key of ['image', 'world'] as const) {
      const rows = tracks[0]?.[key] ?? [];
      expect(rows).toHaveLength(21);
      for (const [index, number] of rows.flat().entries())
        expect(number).toBeCloseTo(hand[key]?.[index] ?? Number.NaN, 5);
    }
  });

  it('opens files by the path resolver and standard output by its name', async () => {
    const [file, standardOutput] = [make({ target: 'out.ndjson' }), make()];
    await file.sink.open();
    await standardOutput.sink.open();
    expect([...file.writers.lines.keys(), ...standardOutput.writers.lines.keys()]).toEqual(['/graphs/out.ndjson', '-']);
  });

  it('takes over other digits live, and asks for a restart for another target', async () => {
    const parts = make();
    await parts.sink.open();
    expect(parts.sink.reconfigure(NdjsonSinkConfig.parse({ target: '-', digits: 1 }))).toBe(true);
    await parts.sink.write(0.26, aProcessInfo());
    expect(linesOf(parts)[0]?.value).toBe(0.3);
    expect(parts.sink.reconfigure({ target: 'elsewhere', digits: 1 })).toBe(false);
  });

  it('asks for files in turn where it is told to, each at a path that is allowed', async () => {
    const opened: unknown[] = [];
    for (const config of [{ rotateMib: 2, keepFiles: 2 }, { rotateMinutes: 60, keepFiles: 1 }, {}]) {
      const parts = make({ target: 'out.ndjson', ...config });
      const { writers } = parts;
      const open = writers.open.bind(writers);
      writers.open = (target, rotation?: LineRotation) => {
        opened.push([target, rotation]);
        return open(target);
      };
      await parts.sink.open();
      expect(parts.sink.reconfigure(NdjsonSinkConfig.parse({ target: 'out.ndjson', rotateMib: 3 }))).toBe(false);
    }
    const [out, first, second] = ['/graphs/out.ndjson', '/graphs/out.ndjson.1', '/graphs/out.ndjson.2'];
    expect(opened).toEqual([
      [out, { bytes: 2_097_152, ms: Number.POSITIVE_INFINITY, aside: [first, second] }],
      [out, { bytes: Number.POSITIVE_INFINITY, ms: 3_600_000, aside: [first] }],
      [out, undefined],
    ]);
  });

  it('settles a write only when the writer has taken the line', async () => {
    const parts = make();
    let release = (): void => {};
    parts.writers.open = () =>
      Promise.resolve({
        write: () => new Promise<void>((resolve) => void (release = resolve)),
        flush: () => Promise.resolve(),
        close: () => Promise.resolve(),
      });
    await parts.sink.open();
    let settled = false;
    const written = parts.sink.write(1, aProcessInfo()).then(() => void (settled = true));
    await Promise.resolve();
    expect(settled).toBe(false);
    release();
    await written;
    expect(settled).toBe(true);
  });

  it('flushes and closes its writer, once', async () => {
    const parts = make();
    await parts.sink.open();
    await parts.sink.flush();
    await parts.sink.close();
    await parts.sink.close();
    expect(parts.writers.events).toEqual(['open -', 'flush -', 'close -']);
  });

  it('fails to open with the sentence of the writer', async () => {
    const parts = make();
    parts.writers.open = () => Promise.reject(new Error('its folder does not exist'));
    await expect(parts.sink.open()).rejects.toThrow('its folder does not exist');
    await parts.sink.close();
  });
});
