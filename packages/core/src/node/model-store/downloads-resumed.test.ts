import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileServer } from '../../../test/support/file-server.js';
import type { Answer } from '../../../test/support/file-server.js';
import { DownloadCase, errorOf, someBytes, sumOf } from '../../../test/support/model-downloads.js';
import { errorCode } from '../../base/index.js';

const FILE = someBytes(50_000);
const OTHER = someBytes(50_000, 2);
const HALF = 25_000;
const LONG_AGO = 'Sat, 01 Jan 2000 00:00:00 GMT';

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

describe('a download that is cut', () => {
  it('goes on where it was, asking for the very same file', async () => {
    server.next.push(server.cutAfter(HALF), (_request, response) => response.socket?.resetAndDestroy());
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-', 'bytes=25000-']);
    expect(server.requests[1]?.headers['if-range']).toMatch(/^"[0-9a-f]{16}"$/);
    expect(await model.files()).toEqual([sumOf(FILE)]);
  });

  it('goes on in the next process', async () => {
    server.next.push(server.cutAfter(HALF));
    const cut = await errorOf(model.store({ limits: { retries: 0 } }).read('test.net'));
    expect(errorCode(cut)).toBe('MODEL_DOWNLOAD_FAILED');
    expect(cut.message).toContain('25000 bytes are there to go on with');
    expect(await model.files()).toEqual([`${sumOf(FILE)}.part`, `${sumOf(FILE)}.part.json`]);
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-']);
    expect(await model.files()).toEqual([sumOf(FILE)]);
  });

  it('from a signed address tells its query to nobody but the server', async () => {
    const url = `${server.url()}?token=secret#sha256=${sumOf(FILE)}`;
    server.next.push(server.cutAfter(HALF));
    const error = await errorOf(model.store({ limits: { retries: 0 } }).read(url));
    expect(error.message).toContain('net.bin?... could not be downloaded');
    const checkpoint = await readFile(`${model.goal}.part.json`, 'utf8');
    expect(checkpoint).toContain('net.bin?...');
    for (const text of [error.message, checkpoint, ...model.warnings]) expect(text).not.toContain('secret');
    expect(await model.store().read(url)).toEqual(FILE);
    expect(server.requests.map((request) => request.url)).toEqual(['/net.bin?token=secret', '/net.bin?token=secret']);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-']);
  });

  it.each<[string, (part: string) => Promise<void>, string | undefined]>([
    ['bytes changed by a crash', (part) => writeFile(part, OTHER), undefined],
    ['fewer bytes than were recorded', (part) => writeFile(part, FILE.subarray(0, 10)), undefined],
    ['a record that makes no sense', (part) => writeFile(`${part}.json`, '{"bytes":'), undefined],
    ['bytes after those that were recorded', (part) => writeFile(part, OTHER, { flag: 'a' }), 'bytes=25000-'],
  ])('believes what it finds only as far as its sum holds: %s', async (_what, damage, range) => {
    server.next.push(server.cutAfter(HALF));
    await errorOf(model.store({ limits: { retries: 0 } }).read('test.net'));
    await damage(path.join(model.folder, `${sumOf(FILE)}.part`));
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, range]);
    expect(new Uint8Array(await readFile(model.goal))).toEqual(FILE);
  });

  it('that was whole but not yet in place needs no server', async () => {
    server.next.push(server.cutAfter(HALF));
    await errorOf(model.store({ limits: { retries: 0 } }).read('test.net'));
    const part = path.join(model.folder, `${sumOf(FILE)}.part`);
    await writeFile(part, FILE);
    await writeFile(`${part}.json`, JSON.stringify({ url: server.url(), bytes: 50_000, sha256: sumOf(FILE) }));
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.requests).toHaveLength(1);
  });

  it('goes on by the time of the last change where there is no strong tag, and by the known sum where there is neither', async () => {
    server.etag = 'W/"weak"';
    server.lastModified = LONG_AGO;
    server.next.push(server.cutAfter(HALF));
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.requests[1]?.headers['if-range']).toBe(LONG_AGO);

    using bare = new DownloadCase(FILE, server.url());
    server.lastModified = undefined;
    server.next.push(server.cutAfter(HALF));
    expect(await bare.store().read('test.net')).toEqual(FILE);
    expect(server.requests[3]?.headers).toMatchObject({ range: 'bytes=25000-' });
    expect(server.requests[3]?.headers).not.toHaveProperty('if-range');
  });

  it('without any sum goes on only where the server tells versions apart', async () => {
    const store = model.store();
    server.etag = undefined;
    server.next.push(server.cutAfter(HALF));
    expect(await store.read(server.url())).toEqual(FILE);
    expect(server.ranges).toEqual([undefined, undefined]);

    using tagged = new DownloadCase(FILE, server.url());
    server.etag = 'auto';
    server.next.push(server.cutAfter(HALF));
    expect(await tagged.store().read(server.url())).toEqual(FILE);
    expect(server.ranges.slice(2)).toEqual([undefined, 'bytes=25000-']);
  });

  it('of a part of a file goes on within the part', async () => {
    const part = FILE.slice(10_000, 40_000);
    using inside = new DownloadCase(part, `${server.url()}#bytes=10000+30000`);
    server.next.push((request, response) => {
      expect(request.headers.range).toBe('bytes=10000-39999');
      const headers = { 'content-range': 'bytes 10000-39999/50000', 'content-length': 30_000, etag: '"a"' };
      response.writeHead(206, headers).write(part.subarray(0, 7_000), () => response.socket?.end());
    });
    server.etag = '"a"';
    expect(await inside.store().read('test.net')).toEqual(part);
    expect(server.ranges).toEqual(['bytes=10000-39999', 'bytes=17000-39999']);
  });
});

describe('a server that does not go on as asked', () => {
  const answers = (head: Record<string, string | number>, body: Uint8Array, status = 206): Answer => {
    return (_request, response) =>
      void response.writeHead(status, { 'content-length': body.byteLength, ...head }).end(body);
  };

  it.each<[string, Answer, number]>([
    ['sends the whole file', answers({ etag: '"b"' }, FILE, 200), 2],
    [
      'has another version',
      answers({ etag: '"b"', 'content-range': 'bytes 25000-49999/50000' }, OTHER.subarray(HALF)),
      3,
    ],
    ['has another size', answers({ 'content-range': 'bytes 25000-49998/49999' }, FILE.subarray(HALF, 49_999)), 3],
    ['sends other bytes', answers({ 'content-range': 'bytes 0-49999/50000' }, FILE), 3],
    ['does not say what it sends', answers({}, FILE.subarray(HALF)), 3],
    [
      'has a part in a coding',
      answers({ 'content-range': 'bytes 25000-49999/50000', 'content-encoding': 'gzip' }, FILE.subarray(HALF)),
      3,
    ],
    ['has nothing there', answers({ 'content-range': 'bytes */50000' }, new Uint8Array(), 416), 3],
    [
      'sends the rest of another file unmarked',
      answers({ 'content-range': 'bytes 25000-49999/50000' }, OTHER.subarray(HALF)),
      3,
    ],
  ])('%s: the file is fetched anew, and right in the end', async (_what, answer, requests) => {
    server.next.push(server.cutAfter(HALF), answer);
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.requests).toHaveLength(requests);
    expect(server.ranges[2]).toBeUndefined();
    expect(await model.files()).toEqual([sumOf(FILE)]);
  });

  it('sends the rest of another file unmarked, and no sum is known: the file is fetched anew, and no mixture recorded', async () => {
    const url = server.url();
    for (const lastModified of [undefined, LONG_AGO]) {
      using unpinned = new DownloadCase(FILE, url);
      server.etag = lastModified === undefined ? 'auto' : undefined;
      server.lastModified = lastModified;
      const part = answers({ 'content-range': 'bytes 25000-49999/50000' }, OTHER.subarray(HALF));
      server.next.push(server.cutAfter(HALF), part);
      const read = await unpinned.store().read(url);
      expect(sumOf(read)).toBe(sumOf(FILE));
    }
    expect(server.ranges).toEqual([undefined, 'bytes=25000-', undefined, undefined, 'bytes=25000-', undefined]);
  });

  it('ends in an error when it never does', async () => {
    server.next.push(
      server.cutAfter(HALF),
      ...Array.from({ length: 9 }, (_, index) =>
        index % 2 === 0 ? answers({}, FILE.subarray(HALF)) : server.cutAfter(HALF),
      ),
    );
    const error = await errorOf(model.store().read('test.net'));
    expect(errorCode(error)).toBe('MODEL_DOWNLOAD_FAILED');
    expect(error.message).toMatch(/4 more tries brought nothing/);
    expect(server.requests.length).toBeLessThan(8);
  });
});

describe('a file that changes', () => {
  it('while it is sent is fetched once more, from the start', async () => {
    const mixed = new Uint8Array([...FILE.subarray(0, HALF), ...OTHER.subarray(HALF)]);
    server.next.push((_request, response) => {
      response.writeHead(200, { etag: '"old"', 'content-length': mixed.byteLength }).end(mixed);
    });
    expect(await model.store().read('test.net')).toEqual(FILE);
    expect(server.requests[1]?.headers['if-none-match']).toBe('"old"');
    expect(server.ranges).toEqual([undefined, undefined]);
  });

  it('between two tries is fetched anew, and right in the end', async () => {
    using changed = new DownloadCase(OTHER, server.url());
    const cut = server.cutAfter(HALF);
    server.next.push((request, response) => {
      cut(request, response);
      server.file = OTHER;
    });
    expect(await changed.store().read('test.net')).toEqual(OTHER);
    expect(server.ranges).toEqual([undefined, 'bytes=25000-']);
  });

  it('for good is refused, without a second download where the server says that it is still the same', async () => {
    server.file = OTHER;
    const error = await errorOf(model.store().read('test.net'));
    expect(errorCode(error)).toBe('MODEL_CORRUPT');
    expect(error.message).toContain(`has the SHA-256 sum ${sumOf(OTHER)} instead of ${sumOf(FILE)}`);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.headers).toHaveProperty('if-none-match');
    expect(await model.files()).toEqual([]);
  });

  it('for good is refused after a second download where the server tells no versions', async () => {
    server.file = OTHER;
    server.etag = undefined;
    expect(errorCode(await errorOf(model.store().read('test.net')))).toBe('MODEL_CORRUPT');
    expect(server.requests).toHaveLength(2);
    expect(await model.files()).toEqual([]);
  });
});
