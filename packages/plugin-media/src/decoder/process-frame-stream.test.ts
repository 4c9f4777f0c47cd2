import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CountedMemory } from '../../test/support/counted-memory.js';
import { FrameProtocolParser } from './frame-protocol.js';
import type { DecodeRequest, FileRequest, FrameStream } from './frame-stream.js';
import { judgeOutcome } from './judge-outcome.js';
import { openProcessFrameStream, type DecoderCommand } from './process-frame-stream.js';

/** What every decoder script below can use: `frame(ms)` writes a 64x64 frame and blocks until the pipe has taken it. */
const PRELUDE = `
  const fs = require('node:fs');
  const body = Buffer.alloc(64 * 64 * 4);
  function write(bytes) { for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at); }
  function frame(ms) {
    const header = Buffer.alloc(32);
    header.write('KGF1');
    header.writeUInt32LE(1, 4);
    header.writeDoubleLE(ms, 8);
    header.writeUInt32LE(64, 16);
    header.writeUInt32LE(64, 20);
    header.writeUInt32LE(body.length, 24);
    body.fill(ms & 255);
    write(header);
    write(body);
  }
  const forever = () => setInterval(() => {}, 1000);
`;

let folder: string;
let memory: CountedMemory;
let stream: FrameStream | undefined;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kinegraph-test-'));
  memory = new CountedMemory();
});

afterEach(async () => {
  await stream?.close();
  expect([memory.open, memory.overReleased]).toEqual([0, 0]);
  if (stream?.pid !== undefined) expect(isRunning(stream.pid)).toBe(false);
  stream = undefined;
  rmSync(folder, { recursive: true });
});

async function start(
  script: string,
  overrides: Partial<Omit<DecodeRequest, 'input'> & DecoderCommand> = {},
): Promise<FrameStream> {
  const request: FileRequest = {
    input: { kind: 'file', path: 'clip.mp4' },
    frameTimeoutMs: 20_000,
    allocate: memory.allocate,
    ...overrides,
  };
  const command: DecoderCommand = {
    driver: 'test decoder',
    file: process.execPath,
    args: ['-e', PRELUDE + script, folder],
    parser: (events) => new FrameProtocolParser({ ...events, onNote: () => {} }, 'test decoder'),
    judge: (outcome, facts) => judgeOutcome('test decoder', request, facts, outcome, undefined),
    ...overrides,
  };
  stream = await openProcessFrameStream(command, request);
  return stream;
}

/** Reads to the end; releases every frame. */
async function readAll(source: FrameStream): Promise<{ timestamps: number[]; fault: unknown }> {
  const timestamps: number[] = [];
  try {
    for (let frame = await source.next(); frame !== undefined; frame = await source.next()) {
      expect(frame.memory.bytes.every((byte) => byte === (frame.timestampMs & 255))).toBe(true);
      timestamps.push(frame.timestampMs);
      frame.memory.release();
    }
  } catch (fault) {
    return { timestamps, fault };
  }
  return { timestamps, fault: undefined };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

describe.each(['direct', 'copying'] as const)('frames of a child process, pipe %s', (pipe) => {
  it('come whole, in order, and end with the process', async () => {
    const { timestamps, fault } = await readAll(await start('for (let i = 0; i < 30; i++) frame(i * 10);', { pipe }));
    expect(fault).toBeUndefined();
    expect(timestamps).toEqual(Array.from({ length: 30 }, (_, index) => index * 10));
    expect(await stream?.next()).toBeUndefined();
  });

  it('are cut at startMs and endMs, and the process is stopped at the end', async () => {
    const endless = 'for (let i = 0; ; i++) frame(i * 10);';
    const { timestamps, fault } = await readAll(await start(endless, { pipe, startMs: 50, endMs: 80 }));
    expect([timestamps, fault]).toEqual([[50, 60, 70], undefined]);
    expect(isRunning(stream?.pid ?? 0)).toBe(false);
  });

  it('keep the child waiting while nobody reads', async () => {
    const progress = path.join('progress');
    const script = `for (let i = 0; ; i++) { frame(i); fs.writeFileSync(process.argv[1] + '/${progress}', String(i + 1)); }`;
    const source = await start(script, { pipe });
    const written = (): number =>
      existsSync(path.join(folder, progress)) ? Number(readFileSync(path.join(folder, progress))) : 0;
    for (let taken = 1; taken <= 5; taken += 1) (await source.next())?.memory.release();
    await until(() => written() >= 5);
    await delay(100); // time to run ahead, if it could; a slow machine makes the test weaker, never wrong
    // One whole frame waits here, and 64 kB frames fit into the operating system's buffers a few times.
    expect(written()).toBeLessThan(40);
    expect(memory.open).toBeLessThanOrEqual(2);
  });

  it('before a crash are delivered, then the crash is told with the last words of the child', async () => {
    const script = `for (let i = 0; i < 3; i++) frame(i); write(Buffer.alloc(1)); console.error('out of luck'); process.exit(7);`;
    const { timestamps, fault } = await readAll(await start(script.replace('write(Buffer.alloc(1));', ''), { pipe }));
    expect(timestamps).toEqual([0, 1, 2]);
    expect(fault).toMatchObject({
      code: 'MEDIA_DECODER_FAILED',
      message: expect.stringContaining('exit code 7'),
      cause: { message: 'out of luck' },
    });
  });

  it('that stop in the middle of one are a failure', async () => {
    const script = `frame(0); frame = null; write(Buffer.from('KGF1')); process.exit(0);`;
    const { timestamps, fault } = await readAll(await start(script, { pipe }));
    expect(timestamps).toEqual([0]);
    expect(fault).toMatchObject({
      code: 'MEDIA_DECODER_FAILED',
      message: expect.stringContaining('in the middle of a frame'),
    });
  });

  it('of a child that is killed are a failure that names the signal', async () => {
    const { timestamps, fault } = await readAll(
      await start(`frame(0); process.kill(process.pid, 'SIGKILL');`, { pipe }),
    );
    expect(timestamps).toEqual([0]);
    expect(fault).toMatchObject({ code: 'MEDIA_DECODER_FAILED', message: expect.stringContaining('SIGKILL') });
  });

  it('that are garbage stop the child', async () => {
    const { timestamps, fault } = await readAll(
      await start(`frame(0); write(Buffer.alloc(5000, 'x')); forever();`, { pipe }),
    );
    expect(timestamps).toEqual([0]);
    expect(fault).toMatchObject({ code: 'MEDIA_DECODER_GARBAGE', message: expect.stringContaining('test decoder') });
    expect(isRunning(stream?.pid ?? 0)).toBe(false);
  });

  it('that do not come within the limit stop the child, also one that ignores SIGTERM', async () => {
    const script = `process.on('SIGTERM', () => {}); frame(0); console.error('stuck'); forever();`;
    const { timestamps, fault } = await readAll(await start(script, { pipe, frameTimeoutMs: 700 }));
    expect(timestamps).toEqual([0]);
    expect(fault).toMatchObject({ code: 'MEDIA_DECODER_HUNG', data: { limitMs: 700 }, cause: { message: 'stuck' } });
    expect(isRunning(stream?.pid ?? 0)).toBe(false);
  });

  it('may be slow to be taken: the limit counts only while a frame is waited for', async () => {
    const source = await start('for (let i = 0; i < 4; i++) frame(i);', { pipe, frameTimeoutMs: 1000 });
    (await source.next())?.memory.release();
    await delay(1300);
    const { timestamps, fault } = await readAll(source);
    expect([timestamps, fault]).toEqual([[1, 2, 3], undefined]);
  });

  it('end the stream with what allocating memory throws', async () => {
    const allocate = (): never => {
      throw new RangeError('no more memory');
    };
    const { timestamps, fault } = await readAll(await start('for (;;) frame(0);', { pipe, allocate }));
    expect(timestamps).toEqual([]);
    expect(fault).toBeInstanceOf(RangeError);
  });
});

describe('closing', () => {
  it('in mid-decode releases everything and leaves no process, however often it is asked', async () => {
    const source = await start('for (let i = 0; ; i++) frame(i);');
    (await source.next())?.memory.release();
    const { pid } = source;
    await Promise.all([source.close(), source.close()]);
    expect(isRunning(pid ?? 0)).toBe(false);
    expect(await source.next()).toBeUndefined();
  });

  it('right after the start leaves no process', async () => {
    const source = await start('forever();');
    await source.close();
    expect(isRunning(source.pid ?? 0)).toBe(false);
  });

  it('answers a read that waits', async () => {
    const source = await start('forever();');
    const waiting = source.next();
    await source.close();
    expect(await waiting).toBeUndefined();
  });

  it('takes along what the decoder has started itself', async () => {
    const script = `
      const grandchild = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      fs.writeFileSync(process.argv[1] + '/pid', String(grandchild.pid));
      frame(0);
      forever();`;
    const source = await start(script);
    (await source.next())?.memory.release();
    const grandchild = Number(readFileSync(path.join(folder, 'pid')));
    expect(isRunning(grandchild)).toBe(true);
    await source.close();
    await until(() => !isRunning(grandchild));
  });
});

describe('reading', () => {
  it('can be aborted and gone on with', async () => {
    const source = await start(`setTimeout(() => { frame(42); process.exit(0); }, 300);`);
    const abort = new AbortController();
    const waiting = source.next(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    await expect(source.next(abort.signal)).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    expect((await readAll(source)).timestamps).toEqual([42]);
  });

  it('twice at once is refused', async () => {
    const source = await start('forever();');
    const waiting = source.next();
    await expect(source.next()).rejects.toThrow('called again');
    await source.close();
    await waiting;
  });

  it('from a program that is not there tells so', async () => {
    const { fault } = await readAll(await start('', { file: path.join(folder, 'nothing') }));
    expect(fault).toMatchObject({
      code: 'MEDIA_DECODER_FAILED',
      message: expect.stringContaining('could not be started'),
    });
  });
});
