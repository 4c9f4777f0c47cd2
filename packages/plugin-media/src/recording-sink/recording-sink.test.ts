import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SystemClock, type ImageEncoder } from '@kinegraph/core/plugin';
import {
  aProcessInfo,
  CountingMetrics,
  describeSinkContract,
  FrameLedger,
  landmarksOf,
  RecordingLogger,
} from '@kinegraph/core/testing';
import { RecordingDeleteError } from '@kinegraph/recording';
import { RecordingReader, Recorders } from '@kinegraph/recording/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecorderService } from '../recorders.js';
import { RecordingSinkConfig } from './recording-sink-config.js';
import { RecordingSink } from './recording-sink.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-recording-sink-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const JPEG = Uint8Array.of(0xff, 0xd8, 1, 2, 3, 0xff, 0xd9);

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const ORIGIN = { graph: '{"kinegraph": 1}\n', packages: { '@kinegraph/core': '1.2.3' }, models: { hands: 'ab12' } };

interface Parts {
  readonly sink: RecordingSink;
  readonly metrics: CountingMetrics;
  readonly states: readonly string[];
  readonly logger: RecordingLogger;
}

let made = 0;
function make(
  config: Partial<RecordingSinkConfig> = {},
  recorders: RecorderService = new Recorders(new SystemClock()),
  name = 'record',
  encoder: ImageEncoder = { encode: ({ width, height }) => Promise.resolve({ bytes: JPEG, width, height }) },
): Parts {
  made += 1;
  const metrics = new CountingMetrics();
  const logger = new RecordingLogger();
  const states: string[] = [];
  const sink = new RecordingSink(
    RecordingSinkConfig.parse({ path: `trial-${made}`, minFreeBytes: 0, ...config }),
    { name, type: 'media.sink.recording', runId: 'run' },
    { resolve: (file) => path.join(folder, file) },
    recorders,
    encoder,
    () => ORIGIN,
    new SystemClock(),
    metrics,
    { report: (state) => void states.push(state) },
    logger,
  );
  return { sink, metrics, states, logger };
}

describeSinkContract('media.sink.recording', () => make().sink);

describe('RecordingSink', () => {
  it('shares the files of a path with the other sinks of its run, each with its topic', async () => {
    const recorders = new Recorders(new SystemClock());
    const ledger = new FrameLedger();
    const frames = make({ path: 'shared' }, recorders, 'frames').sink;
    const hands = make({ path: 'shared', topic: '/found' }, recorders, 'hands').sink;
    await Promise.all([frames.open(), hands.open()]);
    using frame = ledger.frame({ format: 'png', width: 7, height: 5 }, JPEG);
    await frames.write(frame, aProcessInfo(5));
    await hands.write(landmarksOf(), aProcessInfo(5));
    await Promise.all([frames.close(), hands.close()]);
    expect(readdirSync(folder).filter((name) => name.startsWith('shared'))).toEqual(['shared.0001.mcap']);
    const reader = await RecordingReader.open(path.join(folder, 'shared'));
    expect(reader.topics).toEqual([
      { topic: '/frames', schema: 'foxglove.CompressedImage', messages: 1, isLossy: false },
      { topic: '/found', schema: 'kinegraph.Landmarks', messages: 1, isLossy: false },
    ]);
    const [read] = await all(reader.frames('/frames'));
    expect(read).toMatchObject({ format: 'png', width: 7, height: 5, timestampMs: 5 });
    expect(Buffer.compare(read?.data ?? new Uint8Array(), JPEG)).toBe(0);
    expect(ledger.open).toBe(1);
  });

  it('never writes into a recording that is there, and begins one beside it', async () => {
    for (let run = 0; run < 3; run += 1) {
      const { sink } = make({ path: 'again' });
      await sink.open();
      await sink.write(run, aProcessInfo());
      await sink.close();
    }
    const files = readdirSync(folder).filter((name) => name.startsWith('again'));
    expect(files.sort()).toEqual(['again-2.0001.mcap', 'again-3.0001.mcap', 'again.0001.mcap']);
  });

  it('may be opened anew before its old self has closed, with other limits', async () => {
    const recorders = new Recorders(new SystemClock());
    const before = make({ path: 'restart' }, recorders).sink;
    await before.open();
    await before.write(1, aProcessInfo(1));
    const after = make({ path: 'restart', partSeconds: 5 }, recorders).sink;
    await after.open();
    await before.close();
    await after.write(2, aProcessInfo(2));
    await after.close();
    const values = async (name: string): Promise<unknown[]> => {
      const reader = await RecordingReader.open(path.join(folder, name));
      return (await all(reader.values('/record'))).map(({ value }) => value);
    };
    expect([await values('restart'), await values('restart-2')]).toEqual([[1], [2]]);
  });

  it.each([
    ['the topic of another sink', {}, 'RECORDING_TOPIC_TAKEN'],
    ['other limits for the same file', { topic: '/b', partSeconds: 5 }, 'RECORDING_LIMITS'],
  ])('refuses %s', async (_what, config, code) => {
    const recorders = new Recorders(new SystemClock());
    const first = make({ path: 'taken', topic: '/record' }, recorders, 'first').sink;
    await first.open();
    const second = make({ path: 'taken', topic: '/record', ...config }, recorders, 'second').sink;
    await expect(second.open()).rejects.toMatchObject({ code });
    await second.close();
    await first.close();
  });

  it('makes the folder that is not there, and refuses one that is a file', async () => {
    const { sink } = make({ path: 'new/deep/trial' });
    await sink.open();
    await sink.write(1, aProcessInfo());
    await sink.close();
    expect(readdirSync(path.join(folder, 'new/deep'))).toEqual(['trial.0001.mcap']);
    await expect(make({ path: 'new/deep/trial.0001.mcap/trial' }).sink.open()).rejects.toThrow(
      'cannot be recorded: its folder is none.',
    );
  });

  it('is refused where too little of the disk is free, counts what comes, and leaves no file', async () => {
    const { sink, metrics, states, logger } = make({ path: 'full', minFreeBytes: 2 ** 50 });
    await sink.open();
    await sink.write(1, aProcessInfo());
    await sink.flush();
    await sink.write(2, aProcessInfo());
    await sink.close();
    expect(states).toEqual(['live', 'refused']);
    expect(metrics.dropped).toEqual({ 'disk-full': 2 });
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.startsWith('full'))).toEqual([]);
  });

  it('counts what cannot be recorded, tells it once, and goes on', async () => {
    const { sink, metrics, logger } = make({ path: 'odd' });
    await sink.open();
    for (let at = 0; at < 5; at += 1) await sink.write({ found: new Map() }, aProcessInfo(at));
    await sink.write('sound', aProcessInfo(9));
    await sink.close();
    expect(metrics.dropped).toEqual({ 'not-recordable': 5 });
    expect(logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      expect.stringContaining('the value.found is a Map') as string,
    ]);
    const reader = await RecordingReader.open(path.join(folder, 'odd'));
    expect(reader.topics).toEqual([{ topic: '/record', schema: 'kinegraph.Value', messages: 1, isLossy: false }]);
  });

  it('counts pixels that no JPEG can be made of', async () => {
    const broken: ImageEncoder = { encode: () => Promise.reject(new Error('no JPEG')) };
    const { sink, metrics } = make({}, new Recorders(new SystemClock()), 'record', broken);
    await sink.open();
    using frame = new FrameLedger().frame();
    await sink.write(frame, aProcessInfo());
    await sink.close();
    expect(metrics.dropped).toEqual({ 'not-encoded': 1 });
  });

  it('tells what recording costs: what went in, what was written, and what waits', async () => {
    const recorders = new Recorders(new SystemClock());
    const frames = make({ path: 'cost' }, recorders, 'frames');
    const hands = make({ path: 'cost' }, recorders, 'hands');
    await frames.sink.open();
    await hands.sink.open();
    using frame = new FrameLedger().frame();
    for (let at = 0; at < 3; at += 1) await frames.sink.write(frame, aProcessInfo(at));
    await hands.sink.write(landmarksOf(), aProcessInfo(1));
    const waiting = frames.metrics.gauges['queue_bytes'] ?? 0;
    await hands.sink.close();
    await frames.sink.close();
    const { taken = 0, taken_bytes: bytes = 0, written_bytes: written = 0, ...rest } = frames.metrics.counters;
    expect([taken, hands.metrics.counters['taken'], rest['parts']]).toEqual([3, 1, 1]);
    expect(rest['encoding_ms']).toBeGreaterThanOrEqual(0);
    expect(waiting).toBeGreaterThan(bytes + (hands.metrics.counters['taken_bytes'] ?? 0));
    expect(written).toBe(readFileSync(path.join(folder, 'cost.0001.mcap')).byteLength);
    expect(frames.metrics.gauges['queue_bytes']).toBe(0);
  });

  it('deletes the oldest files of its path as new ones are complete, and tells how much is left', async () => {
    const files = (): string[] => readdirSync(folder).filter((name) => name.startsWith('rolling'));
    const value = 'x'.repeat(900_000);
    const limits = { path: 'rolling', partBytes: 2 ** 20, keepBytes: 2 * 2 ** 20 };
    const figures: unknown[] = [];
    for (let restart = 0; restart < 2; restart += 1) {
      const { sink, metrics, logger } = make(limits);
      await sink.open();
      for (let at = 0; at < 3; at += 1) {
        await sink.write(value, aProcessInfo(at));
        await sink.flush();
      }
      await sink.close();
      const bytes = files().reduce((sum, file) => sum + readFileSync(path.join(folder, file)).byteLength, 0);
      expect(metrics.gauges['kept_bytes']).toBe(bytes);
      figures.push([metrics.counters['parts'], metrics.counters['deleted_parts'], files()]);
      expect(logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
    }
    expect(figures).toEqual([
      [3, 1, ['rolling.0002.mcap', 'rolling.0003.mcap']],
      [3, 3, ['rolling-2.0002.mcap', 'rolling-2.0003.mcap']],
    ]);
  });

  it('deletes nothing, and looks at nothing, where nothing is said of it', async () => {
    const { sink, metrics } = make({ path: 'all' });
    await sink.open();
    await sink.write(1, aProcessInfo());
    await sink.close();
    expect([metrics.gauges['kept_bytes'], metrics.counters['deleted_parts']]).toEqual([undefined, undefined]);
  });

  it('warns once while the oldest files cannot be deleted, tells when they can, and stays live all the time', async () => {
    const error = new RecordingDeleteError({ path: 'hall.0001.mcap', reason: 'writing there is not permitted' });
    const outcomes = [error, error, undefined, undefined, error].map((one) => ({ bytes: 1, deleted: 0, error: one }));
    const recorders = new Recorders(new SystemClock());
    const { sink, states, logger } = make(
      { path: 'stuck' },
      {
        open: async (request, events) => {
          const topic = await recorders.open(request, events);
          for (const outcome of outcomes) events.kept(outcome);
          return topic;
        },
      },
    );
    await sink.open();
    await sink.close();
    expect(logger.lines.map(({ level, message }) => `${level}: ${message.slice(0, 30)}`)).toEqual([
      `warn: ${error.message.slice(0, 30)}`,
      'info: The oldest files can be delete',
      `warn: ${error.message.slice(0, 30)}`,
    ]);
    expect(states).toEqual(['live']);
  });

  it('writes down in each part what its run was made of', async () => {
    const { sink } = make({ path: 'made' });
    await sink.open();
    await sink.write(1, aProcessInfo());
    await sink.close();
    const { parts } = await RecordingReader.open(path.join(folder, 'made'));
    const facts = (name: string): unknown => Object.fromEntries(parts[0]?.metadata.get(name) ?? []);
    const sha256 = createHash('sha256').update(ORIGIN.graph).digest('hex');
    expect(facts('kinegraph.graph')).toEqual({ document: ORIGIN.graph, sha256 });
    expect(facts('kinegraph.packages')).toEqual(ORIGIN.packages);
    expect(facts('kinegraph.models')).toEqual(ORIGIN.models);
  });

  it('counts nothing as recorded that is in no file', async () => {
    const { sink, metrics } = make({ path: 'odd-ones' });
    await sink.open();
    await sink.write({ found: new Map() }, aProcessInfo());
    await sink.close();
    expect(metrics.counters['taken']).toBe(0);
  });

  it('says what it recorded, and of pixels that they are not the same any more', async () => {
    const { sink, logger } = make({ path: 'said', quality: 70 });
    await sink.open();
    using frame = new FrameLedger().frame();
    await sink.write(frame, aProcessInfo());
    await sink.close();
    expect(logger.lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Recorded 1 messages in .*said\.0001\.mcap, 0\.0 MB\.$/) as string,
    ]);
    const text = readFileSync(path.join(folder, 'said.0001.mcap'), 'latin1');
    expect(text).toContain('JPEG of rgba8, quality 70');
  });
});
