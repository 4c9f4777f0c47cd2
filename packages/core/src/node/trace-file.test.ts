import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TraceEvent } from '../runtime/index.js';
import { TraceFile, TraceFileError } from './trace-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinegraph-trace-'));
  path = join(folder, 'trace.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const slice = (ts: number): TraceEvent => ({ ph: 'X', name: 'wörking', ts, dur: 1, pid: 1, tid: 1 });
const read = (): TraceEvent[] => JSON.parse(readFileSync(path, 'utf8')) as TraceEvent[];

describe('TraceFile', () => {
  it('writes every event, in order', async () => {
    const file = new TraceFile(path);
    for (let ts = 0; ts < 5_000; ts += 1) {
      file.write(slice(ts));
      if (ts % 1_000 === 0) await new Promise(setImmediate); // some of it is written meanwhile
    }
    const summary = await file.close();
    expect(read().map(({ ts }) => ts)).toEqual(Array.from({ length: 5_000 }, (_, ts) => ts));
    expect(summary).toEqual({ events: 5_000, bytes: readFileSync(path).length, lost: 0, isFull: false });
    expect(await file.close()).toBe(summary);
  });

  it('is JSON where nothing came', async () => {
    await new TraceFile(path).close();
    expect(read()).toEqual([]);
  });

  it('ends with a note at its limit and tells what is missing', async () => {
    const file = new TraceFile(path, 2 ** 20);
    for (let ts = 0; ts < 100_000; ts += 1) file.write(slice(ts));
    const { events, bytes, lost, isFull } = await file.close();
    expect(isFull).toBe(true);
    const all = read();
    expect([all.length, events + lost]).toEqual([events, 100_001]);
    expect(bytes).toBeLessThan(2 ** 20 * 1.1);
    expect(all.at(-1)?.name).toBe('the trace ends here: its limit of 1 MiB is reached');
  });

  it('leaves out what a slow disk cannot take, and is not full for that', async () => {
    const file = new TraceFile(path);
    const big = 'x'.repeat(2 ** 20);
    for (let ts = 0; ts < 40; ts += 1) file.write({ ...slice(ts), name: big }); // nothing is written in one turn
    const { events, lost, isFull } = await file.close();
    expect([read().length, events + lost, isFull]).toEqual([events, 40, false]);
    expect(lost).toBeGreaterThan(0);
  });

  it('takes nothing more once it is closed', async () => {
    const file = new TraceFile(path);
    const closed = file.close();
    file.write(slice(1));
    await closed;
    expect(read()).toEqual([]);
  });

  it('is whole where the process ends in the middle of it', async () => {
    const before = process.listeners('exit');
    const file = new TraceFile(path);
    const onExit = process.listeners('exit').find((listener) => !before.includes(listener));
    for (let ts = 0; ts < 3_000; ts += 1) file.write(slice(ts)); // a first chunk is on its way
    onExit?.(0);
    expect(read().length).toBe(3_000);
    process.off('exit', onExit ?? (() => {}));
    await new Promise((resolve) => setTimeout(resolve, 0));
  });

  it('numbers the runs', () => {
    const file = new TraceFile(path);
    expect([file.newProcess(), file.newProcess()]).toEqual([1, 2]);
    return file.close();
  });

  it('refuses a file that cannot be written, with the reason', () => {
    expect(() => new TraceFile(join(folder, 'nowhere', 'trace.json'))).toThrow(TraceFileError);
    expect(() => new TraceFile(folder)).toThrow(/The trace cannot be written to/);
  });
});
