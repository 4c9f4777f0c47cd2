import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { SystemClock } from '@kinegraph/core/plugin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginPlaying, PartKeeper, Recorders, type KeepLimits, type KeepOutcome, type TopicEvents } from './index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const NO_LIMITS: KeepLimits = { keepBytes: Number.POSITIVE_INFINITY, keepMs: Number.POSITIVE_INFINITY };
const HOUR_MS = 3_600_000;
const place = { sequence: 1, timestampMs: 1, capturedAtMs: 1, clockOffsetMs: 0, source: 'camera' };

/** Records a few values under a name, in parts of one value each, and has them completed so long ago. */
async function record(name: string, values: number, hoursAgo: number): Promise<void> {
  const events: TopicEvents = {
    dropped: () => {},
    wrote: () => {},
    waiting: () => {},
    finished: () => {},
    kept: () => {},
    stopped: () => {},
    resumed: () => {},
  };
  const before = new Set(files());
  const topic = await new Recorders(new SystemClock()).open(
    {
      path: path.join(folder, name),
      topic: '/values',
      runId: 'run',
      node: 'keep',
      limits: { minFreeBytes: 0, partBytes: 1 },
    },
    events,
  );
  for (let at = 0; at < values; at += 1) topic.writeValue(place, 'x'.repeat(1000));
  await topic.close();
  for (const [at, file] of files()
    .filter((one) => !before.has(one))
    .entries())
    age(file, hoursAgo - at / 100);
}

function age(file: string, hours: number): void {
  const ended = (Date.now() - hours * HOUR_MS) / 1000;
  utimesSync(path.join(folder, file), ended, ended);
}

const files = (): string[] => readdirSync(folder).sort();
const sizeOf = (...names: string[]): number =>
  names.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);

/** What the next looks come to. */
function keeper(limits: Partial<KeepLimits>): () => Promise<KeepOutcome | undefined> {
  let last: KeepOutcome | undefined;
  const keep = new PartKeeper(path.join(folder, 'hall'), { ...NO_LIMITS, ...limits }, (outcome) => (last = outcome));
  return async () => {
    keep.look();
    await keep.settled();
    return last;
  };
}

describe('PartKeeper', () => {
  it('deletes the oldest parts of a recording and its successors', async () => {
    await record('hall', 2, 30);
    await record('hall', 2, 20);
    const four = ['hall-2.0001.mcap', 'hall-2.0002.mcap', 'hall.0001.mcap', 'hall.0002.mcap'];
    expect(files()).toEqual(four);
    const keepBytes = sizeOf('hall-2.0001.mcap', 'hall-2.0002.mcap', 'hall.0002.mcap');
    const look = keeper({ keepBytes });
    expect(await look()).toEqual({ bytes: keepBytes, deleted: 1, error: undefined });
    expect(files()).toEqual(four.filter((file) => file !== 'hall.0001.mcap'));
    expect(await look()).toMatchObject({ bytes: keepBytes, deleted: 0 });
    await record('hall-again', 1, 1);
    expect(await keeper({ keepMs: 19.995 * HOUR_MS })()).toMatchObject({ deleted: 2 });
    expect(files()).toEqual(['hall-2.0002.mcap', 'hall-again.0001.mcap']);
  });

  it('takes its own order by age, when the first name is free again', async () => {
    await record('hall', 1, 3);
    await record('hall', 1, 2);
    rmSync(path.join(folder, 'hall.0001.mcap'));
    await record('hall', 1, 1);
    await keeper({ keepBytes: sizeOf('hall.0001.mcap') })();
    expect(files()).toEqual(['hall.0001.mcap']);
  });

  it('leaves what this path did not record, or is no recording, or is not complete', async () => {
    await record('hall', 1, 10);
    await record('hall-2', 1, 10); // asked for by that name: of another sink
    copyFileSync(path.join(folder, 'hall.0001.mcap'), path.join(folder, 'kept-by-hand.0001.mcap'));
    copyFileSync(path.join(folder, 'hall.0001.mcap'), path.join(folder, 'hall.0002.mcap.part'));
    writeFileSync(path.join(folder, 'hall.0007.mcap'), 'no recording');
    for (const file of files()) age(file, 10);
    const before = files();
    expect(await keeper({ keepMs: HOUR_MS })()).toEqual({ bytes: 0, deleted: 1, error: undefined });
    expect(files()).toEqual(before.filter((file) => file !== 'hall.0001.mcap'));
  });

  it('leaves what is played until it is played no more, and deletes nothing newer in its place', async () => {
    await record('hall', 3, 10);
    const [first = '', second = '', third = ''] = files();
    const look = keeper({ keepBytes: sizeOf(second, third) });
    const oldest = beginPlaying(path.join(folder, first));
    expect(await look()).toEqual({ bytes: sizeOf(first, second, third), deleted: 0, error: undefined });
    const whole = beginPlaying(path.join(folder, 'hall'));
    oldest[Symbol.dispose]();
    expect(await look()).toMatchObject({ deleted: 0 });
    whole[Symbol.dispose]();
    using _newest = beginPlaying(path.join(folder, third));
    expect(await look()).toEqual({ bytes: sizeOf(second, third), deleted: 1, error: undefined });
    expect(files()).toEqual([second, third]);
  });

  it('tells of a folder that is gone for now, and goes on when it is back', async () => {
    await record('hall', 1, 10);
    const away = `${folder}-away`;
    writeFileSync(away, '');
    const gone = new PartKeeper(path.join(away, 'hall'), { ...NO_LIMITS, keepMs: 1 }, (outcome) => told.push(outcome));
    const told: KeepOutcome[] = [];
    gone.look();
    await gone.settled();
    rmSync(away);
    copyFolder(folder, away);
    gone.look();
    await gone.settled();
    rmSync(away, { recursive: true });
    expect(told.map(({ deleted, error }) => [deleted, error?.code])).toEqual([
      [0, 'RECORDING_DELETE'],
      [1, undefined],
    ]);
  });

  it.runIf(canLock())('tells of one that cannot be deleted, and deletes the others', async () => {
    await record('hall', 2, 10);
    const [first = '', second = ''] = files();
    const look = keeper({ keepMs: HOUR_MS });
    const unlock = lock(path.join(folder, first));
    try {
      const outcome = await look();
      expect(outcome?.error).toMatchObject({ code: 'RECORDING_DELETE', data: { path: path.join(folder, first) } });
      expect(outcome?.error?.message).toContain('is not permitted');
      expect(files()).toContain(first);
      if (process.getuid?.() === 0) expect(files()).not.toContain(second);
    } finally {
      unlock();
    }
    expect((await look())?.error).toBeUndefined();
    expect(files()).toEqual([]);
  });
});

function copyFolder(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}

/** A file that cannot be deleted: for root by an attribute, which not every disk has, for others by the rights of its folder. */
function lock(file: string): () => void {
  if (process.getuid?.() === 0) {
    execFileSync('chattr', ['+i', file], { stdio: 'ignore' });
    return () => void execFileSync('chattr', ['-i', file], { stdio: 'ignore' });
  }
  chmodSync(path.dirname(file), 0o555);
  return () => chmodSync(path.dirname(file), 0o755);
}

function canLock(): boolean {
  const file = path.join(tmpdir(), `kinegraph-lock-${process.pid}`);
  writeFileSync(file, '');
  try {
    if (process.getuid?.() === 0) lock(file)();
    return process.platform !== 'win32';
  } catch {
    return false;
  } finally {
    rmSync(file);
  }
}
