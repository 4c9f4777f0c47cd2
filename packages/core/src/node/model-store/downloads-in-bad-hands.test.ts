import { rm, symlink, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileServer } from '../../../test/support/file-server.js';
import type { Answer } from '../../../test/support/file-server.js';
import { DownloadCase, errorOf, someBytes, sumOf } from '../../../test/support/model-downloads.js';
import { deferred, errorCode } from '../../base/index.js';
import { VirtualClock } from '../../testing/index.js';

const FILE = someBytes(50_000);
const HALF = 25_000;

let server: FileServer;
let model: DownloadCase;
beforeEach(async () => {
  server = await FileServer.http(FILE);
  model = new DownloadCase(FILE, server.url());
});
afterEach(async () => {
  model[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(code, headers).end();

describe('a fault that passes', () => {
  it.each<[string, Answer]>([
    ['a connection that is reset', (_request, response) => response.socket?.resetAndDestroy()],
    ['a connection that is closed', (_request, response) => response.socket?.end()],
    ['status 500', status(500)],
    ['status 503', status(503)],
    ['status 429', status(429)],
    ['status 408', status(408)],
  ])('is tried again: %s', async (_what, answer) => {
    server.next.push(answer, answer);
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.requests).toHaveLength(3);
  });

  it.each([401, 403, 404, 410])('is not what status %i is: it ends the download', async (code) => {
    server.next.push(status(code));
    const error = await errorOf(model.store().read('test.net'));
    expect(error.message).toContain(`the server answered with status ${code}`);
    expect(server.requests).toHaveLength(1);
  });

  it('is given up after five tries that bring nothing', async () => {
    server.next.push(...Array.from({ length: 9 }, () => status(502)));
    const error = await errorOf(model.store().read('test.net'));
    expect(errorCode(error)).toBe('MODEL_DOWNLOAD_FAILED');
    expect(error.message).toContain('the server answered with status 502, and 4 more tries brought nothing.');
    expect(server.requests).toHaveLength(5);
  });

  it('never ends a download that grows with each try', async () => {
    const more: Answer = (request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      const headers = { 'content-range': `bytes ${from}-49999/50000`, 'content-length': 50_000 - from };
      response.writeHead(request.headers.range === undefined ? 200 : 206, headers);
      response.write(FILE.subarray(from, from + 5_000), () => response.socket?.end());
    };
    server.next.push(...Array.from({ length: 9 }, () => more));
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges.at(-1)).toBe('bytes=45000-');
  });

  it('waits longer each time, and as long as the server asks for', async () => {
    const clock = new VirtualClock();
    const waits: number[] = [];
    const served: (() => void)[] = [];
    const answers = [status(503), status(503), status(429, { 'retry-after': '7' })];
    server.next.push(
      ...answers.map((answer): Answer => (request, response) => {
        response.on('close', () => served.shift()?.());
        answer(request, response);
      }),
    );
    const waiting = Array.from({ length: answers.length }, () => deferred<undefined>());
    const read = model.store({ clock, limits: { firstBackoffMs: 500 } }).pull([], {
      onProgress: (_model, { note }) => {
        if (note !== undefined) waiting[waits.length]?.resolve(undefined);
      },
    });
    for (const { promise } of waiting) {
      await promise;
      // The limit of the whole download waits as well; the next timer is the back-off.
      const dueMs = await nextTimer(clock);
      waits.push(dueMs - clock.nowMs());
      await clock.advance(dueMs - clock.nowMs());
    }
    expect((await read).map(({ outcome }) => outcome)).toEqual(['downloaded']);
    expect(waits).toEqual([500, 1000, 7000]);
  });

  it('is final when the server asks to wait for too long', async () => {
    server.next.push(status(503, { 'retry-after': '3600' }));
    expect((await errorOf(model.store().read('test.net'))).message).toContain('status 503 and asks to wait 3600 s');
    expect(server.requests).toHaveLength(1);
  });
});

describe('a server that stalls', () => {
  it('in the middle is left after a while, and the rest fetched', async () => {
    const clock = new VirtualClock();
    const half = deferred<undefined>();
    const retrying = deferred<undefined>();
    server.next.push(server.stallAfter(HALF));
    const pulled = model.store({ clock, limits: { stallMs: 30_000, firstBackoffMs: 500 } }).pull([], {
      onProgress: (_model, { bytes, note }) => {
        if (bytes === HALF) half.resolve(undefined);
        if (note?.startsWith('nothing arrived for 30000 ms') === true) retrying.resolve(undefined);
      },
    });
    await half.promise;
    await clock.advance(30_000);
    await retrying.promise;
    await nextTimer(clock);
    await clock.advance(500);
    expect((await pulled).map(({ outcome }) => outcome)).toEqual(['downloaded']);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-']);
  });

  it('is left at once when nobody waits any more, and what came is kept', async () => {
    const abort = new AbortController();
    server.next.push(server.stallAfter(HALF));
    const pulled = model.store().pull([], {
      signal: abort.signal,
      onProgress: (_model, { bytes }) => {
        if (bytes === HALF) abort.abort();
      },
    });
    expect(errorCode(await errorOf(pulled))).toBe('CORE_ABORTED');
    await expect.poll(() => model.files()).toEqual([`${sumOf(FILE)}.part`, `${sumOf(FILE)}.part.json`]);
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-']);
  });
});

describe('a download that takes too long in all', () => {
  it('tells how much of it is there to go on with, and so does the list', async () => {
    const clock = new VirtualClock();
    server.next.push(server.stallAfter(HALF));
    const pulled = model.store({ clock, limits: { stallMs: 1_000_000, totalMs: 60_000 } }).pull([], {
      onProgress: (_target, { bytes }) => {
        if (bytes === HALF) void clock.advance(60_000);
      },
    });
    expect((await pulled)[0]?.error?.message).toContain('longer than 60000 ms; 25000 bytes are there to go on with.');
    expect(await model.store().list()).toMatchObject([
      { state: 'not-downloaded', partialBytes: HALF, reason: expect.stringContaining('25000 bytes of it are there') },
    ]);
    await model.store().read('test.net');
    expect((await model.store().list())[0]).not.toHaveProperty('partialBytes');
  });
});

describe('a server that lies about the length', () => {
  const OK = 'HTTP/1.1 200 OK\nConnection: close\n';

  it.each<[string, () => Answer, RegExp]>([
    [
      'announces less',
      () => server.raw(`${OK}Content-Length: 40000`, FILE),
      /has 40000 bytes, and the model has 50000/,
    ],
    ['announces more', () => server.raw(`${OK}Content-Length: 60000`, FILE), /more than the 50000 bytes/],
    [
      'sends a page in its place',
      () => server.raw(`${OK}Content-Type: text/html\nContent-Length: 5`, new Uint8Array(5)),
      /perhaps the log-in of the network/,
    ],
  ])('%s: nothing is fetched', async (_what, answer, message) => {
    server.next.push(answer());
    const error = await errorOf(model.store().read('test.net'));
    expect(error.message).toMatch(message);
    expect(server.requests).toHaveLength(1);
    expect(await model.files()).toEqual([]);
  });

  it('sends without end: it is left as soon as it passes what the manifest allows', async () => {
    let sent = 0;
    const gone = deferred<undefined>();
    server.next.push((_request, response) => {
      const more = (): void => {
        while (response.write(FILE.subarray(0, 10_000))) sent += 10_000;
      };
      response.on('drain', more);
      response.on('close', () => gone.resolve(undefined));
      more();
    });
    expect((await errorOf(model.store().read('test.net'))).message).toMatch(/more than the 50000 bytes/);
    await gone.promise;
    expect(sent).toBeLessThan(50_000_000);
    expect(await model.files()).toEqual([]);
  });

  it('ends a body too soon, in good order: the rest is asked for', async () => {
    server.next.push((_request, response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(FILE.subarray(0, HALF));
    });
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-']);
  });
});

describe('a body in a coding that nobody asked for', () => {
  const zipped = (bytes: Uint8Array, cut = Infinity): Answer => {
    const body = gzipSync(bytes);
    return (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.byteLength, etag: '"zip"' });
      response.write(body.subarray(0, cut), () => (cut < body.byteLength ? response.socket?.end() : response.end()));
    };
  };

  it('is decoded', async () => {
    server.next.push(zipped(FILE));
    expect(await model.store().read('test.net')).toEqual(FILE);
  });

  it('that is cut is fetched from the start, since positions count in the coding', async () => {
    server.next.push(zipped(FILE, 30_000));
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, undefined]);
  });

  it('that grows without end is left', async () => {
    server.next.push(zipped(new Uint8Array(100_000_000)));
    expect((await errorOf(model.store().read('test.net'))).message).toMatch(/more than the 50000 bytes/);
    expect(await model.files()).toEqual([]);
  });

  it('that is not known is refused', async () => {
    server.next.push(status(200, { 'content-encoding': 'zstd' }));
    expect((await errorOf(model.store().read('test.net'))).message).toContain('in the coding zstd');
  });
});

describe('the disk', () => {
  const full = process.platform === 'linux' ? it : it.skip;

  full('that is full fails a pull with a sentence, and keeps no run from its model', async () => {
    await symlink('/dev/full', `${model.goal}.part`);
    const [pulled] = await model.store().pull();
    expect(pulled?.error).toMatchObject({
      code: 'MODEL_NOT_KEPT',
      message: expect.stringContaining('the disk is full. Free'),
    });

    await symlink('/dev/full', `${model.goal}.part`);
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(model.warnings).toEqual([expect.stringContaining('is downloaded again next time')]);
    expect(await model.files()).toEqual([]);
  });

  it('that has a file where the folder should be does the same', async () => {
    const blocked = `${model.folder}/blocked`;
    await writeFile(blocked, '');
    const store = model.store({}, { folder: blocked });
    expect((await store.pull())[0]?.error?.code).toBe('MODEL_NOT_KEPT');
    expect(await store.read('test.net')).toEqual(FILE);
    expect(model.warnings).toHaveLength(1);
  });
});

describe('two stores', () => {
  it('that want the same model share one download', async () => {
    const gate = deferred<undefined>();
    server.next.push((request, response) => void gate.promise.then(() => server.honest(request, response)));
    const reads = [model.store().read('test.net'), model.store().read('test.net'), model.store().read('test.net')];
    await expect.poll(() => server.requests.length).toBe(1);
    gate.resolve(undefined);
    expect(await Promise.all(reads)).toEqual([FILE, FILE, FILE]);
    expect(server.requests).toHaveLength(1);
    expect(await model.files()).toEqual([sumOf(FILE)]);
  });

  it('tell who waits that another one has it under way', async () => {
    const gate = deferred<undefined>();
    server.next.push((request, response) => void gate.promise.then(() => server.honest(request, response)));
    const first = model.store().read('test.net');
    await expect.poll(() => server.requests.length).toBe(1);
    const notes: (string | undefined)[] = [];
    const second = model.store().pull([], { onProgress: (_target, { note }) => notes.push(note) });
    await expect.poll(() => notes).toEqual(['another process or worker is downloading it']);
    gate.resolve(undefined);
    await first;
    expect((await second).map(({ outcome }) => outcome)).toEqual(['downloaded']);
    expect(notes).toHaveLength(1);
  });

  it('that want the same URL of the user share one download, and the record of it stands', async () => {
    const gate = deferred<undefined>();
    server.next.push((request, response) => {
      void gate.promise.then(() => {
        server.honest(request, response);
        server.file = someBytes(40_000, 2); // who asks from now on gets another one
      });
    });
    const url = server.url();
    const reads = [model.store().read(url), model.store().read(url), model.store().read(url)];
    await expect.poll(() => server.requests.length).toBe(1);
    gate.resolve(undefined);
    expect(await Promise.all(reads)).toEqual([FILE, FILE, FILE]);
    expect(server.requests).toHaveLength(1);
    expect(await model.files()).toEqual([sumOf(FILE), 'downloads']);

    // The record holds: what the URL gives now is refused.
    await rm(model.goal);
    expect(errorCode(await errorOf(model.store().read(url)))).toBe('MODEL_CORRUPT');
  });
});

/** When the next timer is due, once something other than the limits of a download waits for it. */
async function nextTimer(clock: VirtualClock): Promise<number> {
  await expect.poll(() => (clock.nextDueMs ?? Infinity) - clock.nowMs()).toBeLessThan(20_000);
  return clock.nextDueMs ?? 0;
}
