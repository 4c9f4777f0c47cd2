import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemClock, errorCode } from '../../base/index.js';
import type { ContributedModel, DownloadOptions, ModelDirectory } from '../../plugins/index.js';
import { VirtualClock } from '../../testing/index.js';
import { NodeModelStore } from '../model-store.js';
import { HttpDownloader } from './http-downloader.js';
import { PartialFile } from './partial-file.js';

const FILE = new Uint8Array(50_000).map((_, index) => index % 251);
const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let server: Server;
let origin: string;
let requests: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-downloads-'));
  requests = [];
  answer = (_request, response) => response.end(FILE);
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const downloader = new HttpDownloader({ limits: { retries: 1, firstBackoffMs: 1 } });

/** Downloads into a partial file in the test's folder, which is removed with it. */
async function download(
  url: string,
  options: Omit<DownloadOptions, 'into'>,
  by: HttpDownloader = downloader,
): Promise<Uint8Array> {
  const fileOf = (sha256: string): string => path.join(folder, sha256);
  await using into = await PartialFile.open({
    url,
    file: path.join(folder, 'x.part'),
    fileOf,
    clock: new SystemClock(),
    mustKeep: true,
  });
  await by.download(url, { ...options, into });
  return into.bytes();
}

async function errorOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new TypeError('Something other than an error was thrown.');
  return error;
}

describe('HttpDownloader', () => {
  it('fetches a file, following redirects', async () => {
    answer = (request, response) => {
      if (request.url === '/file') response.end(FILE);
      else response.writeHead(302, { location: '/file' }).end('moved');
    };
    expect(await download(`${origin}/start`, { maxBytes: FILE.byteLength })).toEqual(FILE);
    expect(requests).toEqual(['/start', '/file']);
  });

  it.each([
    ['honours ranges', true],
    ['sends the whole file', false],
  ])('fetches a part of a file from a server that %s', async (_what, honours) => {
    answer = (request, response) => {
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      const headers = { 'content-range': `bytes ${from ?? ''}-${to ?? ''}/50000` };
      if (honours) response.writeHead(206, headers).end(FILE.subarray(Number(from), Number(to) + 1));
      else response.end(FILE);
    };
    const range = { offset: 20_000, bytes: 12_345 };
    expect(await download(origin, { maxBytes: 12_345, range })).toEqual(FILE.slice(20_000, 32_345));
  });

  it.each<[string, (response: ServerResponse) => unknown, RegExp]>([
    ['an error status', (response) => response.writeHead(404).end(), /the server answered with status 404/],
    [
      'an announced size over the limit',
      (response) => response.end(new Uint8Array(FILE.byteLength + 1)),
      /more than the 50000 bytes/,
    ],
    [
      'a size over the limit that comes unannounced',
      (response) => [response.write(FILE), response.end('x')],
      /more than the 50000 bytes/,
    ],
    [
      'endless redirects',
      (response) => response.writeHead(302, { location: '/again' }).end(),
      /leads on more than 5 times/,
    ],
    [
      'a redirect to plain http elsewhere',
      (response) => response.writeHead(302, { location: 'http://example.org/' }).end(),
      /http:\/\/example\.org\/, which is not https/,
    ],
    [
      'a redirect to a file',
      (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /which is not https/,
    ],
    [
      'a redirect to nowhere',
      (response) => response.writeHead(301, { location: 'http://' }).end(),
      /without a place to go to/,
    ],
    [
      'a connection cut half-way',
      (response) => [response.writeHead(200, { 'content-length': '50000' }).write('x', () => response.destroy())],
      /could not be downloaded/,
    ],
  ])('refuses %s in one sentence with a mend', async (_what, respond, message) => {
    answer = (_request, response) => void respond(response);
    const error = await errorOf(download(`${origin}/x`, { maxBytes: FILE.byteLength }));
    expect(errorCode(error)).toBe('MODEL_DOWNLOAD_FAILED');
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(
      /Check the network and try again, or download the file yourself and give its path\.$/,
    );
  });

  it('names a server that cannot be reached', async () => {
    server.close();
    await once(server, 'close');
    const error = await errorOf(download(origin, { maxBytes: 1 }));
    expect(error.message).toMatch(/could not be downloaded: .*ECONNREFUSED/);
  });

  it.each([
    ['no answer comes', { answerMs: 100, totalMs: 1_000_000 }, /did not answer within 100 ms/],
    ['it takes too long in all', { stallMs: 1_000_000, totalMs: 500 }, /it took longer than 500 ms/],
  ])('gives up when %s', async (_what, limits, message) => {
    const clock = new VirtualClock();
    const arrived = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const impatient = new HttpDownloader({ clock, limits: { answerMs: 1_000_000, retries: 0, ...limits } });
    const failed = errorOf(download(origin, { maxBytes: 1 }, impatient));
    await arrived;
    await clock.advance(1_000);
    expect((await failed).message).toMatch(message);
    expect(clock.pendingCount).toBe(0);
  });

  it('stops when it is no longer wanted', async () => {
    const abort = new AbortController();
    answer = (_request, response) => {
      response.write(FILE.subarray(0, 10));
      abort.abort();
    };
    expect(errorCode(await errorOf(download(origin, { maxBytes: 50_000, signal: abort.signal })))).toBe('CORE_ABORTED');
    expect(errorCode(await errorOf(download(origin, { maxBytes: 1, signal: AbortSignal.abort() })))).toBe(
      'CORE_ABORTED',
    );
  });
});

describe('models from the web', () => {
  const aStore = (models: ContributedModel[] = [], offline = false): NodeModelStore => {
    const directory: ModelDirectory = {
      list: () => models,
      get: (id) => models.find((entry) => entry.id === id),
      builder: () => Promise.reject(new Error('nothing is built here')),
    };
    return new NodeModelStore({ directory, folder, downloader, offline });
  };
  const listed = (sha256: string): ContributedModel => ({
    id: 'test.net',
    sha256,
    bytes: FILE.byteLength,
    license: 'MIT',
    from: `${origin}/net.bin`,
    plugin: 'kinegraph-plugin-test',
    pluginFolderUrl: 'file:///none/',
  });

  it('that a manifest lists are downloaded once and checked', async () => {
    const model = listed(sum(FILE));
    expect(await aStore([model]).read('test.net')).toEqual(FILE);
    expect(await aStore([model]).read('test.net')).toEqual(FILE);
    expect(requests).toEqual(['/net.bin']);
    await writeFile(path.join(folder, sum(FILE)), FILE.slice(1));
    expect(await aStore([model]).read('test.net')).toEqual(FILE);
    expect(requests).toHaveLength(2);
  });

  it('with another sum than the manifest promises are refused and not kept', async () => {
    const error = await errorOf(aStore([listed('0'.repeat(64))]).read('test.net'));
    expect(errorCode(error)).toBe('MODEL_CORRUPT');
    expect(error.message).toContain(sum(FILE));
    expect(await readdir(folder)).toEqual([]);
  });

  it('that the user pins are checked against the pin', async () => {
    const store = aStore();
    expect(await store.read(`${origin}/a#sha256=${sum(FILE)}`)).toEqual(FILE);
    expect(await store.read(`${origin}/elsewhere#sha256=${sum(FILE).toUpperCase()}`)).toEqual(FILE);
    expect(requests).toEqual(['/a']);
    const error = await errorOf(store.read(`${origin}/a#sha256=${'1'.repeat(64)}`));
    expect(errorCode(error)).toBe('MODEL_CORRUPT');
    expect(error.message).toContain('Correct the sum after "#sha256="');
  });

  it('that the user does not pin are recorded at first use, and a change is refused from then on', async () => {
    const url = `${origin}/net.task?version=1`;
    expect(await aStore().read(url)).toEqual(FILE);
    const [record = ''] = await readdir(path.join(folder, 'downloads'));
    expect(JSON.parse(await readFile(path.join(folder, 'downloads', record), 'utf8'))).toEqual({
      url: `${origin}/net.task?...`, // its query may be signed
      sha256: sum(FILE),
      bytes: FILE.byteLength,
    });
    expect(await aStore().read(url)).toEqual(FILE);
    expect(requests).toHaveLength(1);

    await rm(path.join(folder, sum(FILE)));
    answer = (_request, response) => response.end('something else');
    const error = await errorOf(aStore().read(url));
    expect(errorCode(error)).toBe('MODEL_CORRUPT');
    expect(error.message).toContain(`delete ${path.join(folder, 'downloads', record)}`);
    await rm(path.join(folder, 'downloads', record));
    expect(new TextDecoder().decode(await aStore().read(url))).toBe('something else');
  });

  it('that the user names are pulled ahead of time, so that a run offline has them', async () => {
    const urls = [`${origin}/net.task?token=secret`, `${origin}/other#sha256=${sum(FILE)}`, `${origin}/gone`];
    answer = (request, response) => {
      if (request.url === '/gone') response.writeHead(404).end();
      else response.end(FILE);
    };
    const started: string[] = [];
    const onStart = ({ id }: { readonly id: string }): void => void started.push(id);
    const results = await aStore().pull(urls, { onStart });
    expect(results).toMatchObject([
      { id: `${origin}/net.task?...`, bytes: FILE.byteLength, outcome: 'downloaded' },
      { id: `${origin}/other`, bytes: FILE.byteLength, outcome: 'there' }, // of the same sum
      { id: `${origin}/gone`, outcome: 'failed', error: { code: 'MODEL_DOWNLOAD_FAILED' } },
    ]);
    expect(started).toEqual([`${origin}/net.task?...`, `${origin}/gone`]);
    expect(await aStore([], true).read(urls[0] ?? '')).toEqual(FILE);
    expect((await aStore([], true).pull(urls.slice(0, 1)))[0]?.outcome).toBe('there');

    // What a plugin lists goes by its name beside them.
    expect(await aStore([listed(sum(FILE))]).pull(['test.net', `${origin}/other`])).toHaveLength(2);
    expect(requests).toEqual(['/net.task?token=secret', '/gone', '/other']);
  });

  it.each([
    ['ftp://example.org/x', 'MODEL_DOWNLOAD_FAILED'],
    ['test.ne', 'MODEL_UNKNOWN'],
  ])('are not pulled at all where %s is among them', async (name, code) => {
    expect(errorCode(await errorOf(aStore([listed(sum(FILE))]).pull(['test.net', name])))).toBe(code);
    expect(requests).toEqual([]);
  });

  it.each([
    ['http://example.org/x', /by https only/],
    ['ftp://example.org/x', /by https only/],
    ['https://', /no valid URL/],
    ['https://example.org/x#sha256=12', /64 hexadecimal digits/],
    [
      'https://anna:secret@example.org/x?token=secret',
      /example.org\/x\?\.\.\. could not be downloaded: user and password/,
    ],
    ['http://anna:sec@secret@example.org', /by https only|user and password/],
  ])('are refused at %s', async (url, message) => {
    const store = aStore();
    for (let time = 0; time < 2; time += 1) {
      const error = await errorOf(store.read(url));
      expect(errorCode(error)).toBe('MODEL_DOWNLOAD_FAILED');
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('secret');
    }
  });
});
