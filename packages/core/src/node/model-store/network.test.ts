import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileServer, TEST_CERTIFICATE_FILE } from '../../../test/support/file-server.js';
import { DownloadCase, errorOf, someBytes } from '../../../test/support/model-downloads.js';
import { TunnelProxy } from '../../../test/support/tunnel-proxy.js';
import { errorCode } from '../../base/index.js';
import { isOfflineByEnvironment } from './network.js';

const FILE = someBytes(50_000);

let server: FileServer;
let ca: string;
beforeEach(async () => {
  server = await FileServer.https(FILE);
  ca = await readFile(TEST_CERTIFICATE_FILE, 'utf8');
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

describe('https', () => {
  it('is downloaded from a server that is trusted', async () => {
    using model = new DownloadCase(FILE, server.url('localhost'));
    expect(await model.store({ ca }).read('test.net')).toEqual(FILE);
  });

  it('is not from one that is not, and the sentence says how to trust', async () => {
    using model = new DownloadCase(FILE, server.url('localhost'));
    const error = await errorOf(model.store().read('test.net'));
    expect(errorCode(error)).toBe('MODEL_DOWNLOAD_FAILED');
    expect(error.message).toMatch(/self-signed certificate.*name its file in NODE_EXTRA_CA_CERTS/);
    expect(server.requests).toEqual([]);
  });

  it('is left alone by a run where its manifest says so, until it has been pulled', async () => {
    using model = new DownloadCase(FILE, server.url('localhost'), { pulledOnly: true, license: 'AGPL-3.0' });
    const store = model.store({ ca });
    const error = await errorOf(store.read('test.net'));
    expect(errorCode(error)).toBe('MODEL_MISSING');
    expect(error.message).toMatch(/its licence is AGPL-3\.0.*Run: kinegraph models pull test\.net/);
    expect(server.requests).toEqual([]);
    expect(await store.pull()).toEqual([]); // nor is it one of "all models"
    expect(server.requests).toEqual([]);
    expect(await store.pull(['test.net'])).toMatchObject([{ outcome: 'downloaded' }]);
    expect(await store.read('test.net')).toEqual(FILE);
  });

  it('never leads on to plain http, not even on this machine', async () => {
    await using plain = await FileServer.http(FILE);
    server.next.push((_request, response) => response.writeHead(302, { location: plain.url() }).end());
    using model = new DownloadCase(FILE, server.url('localhost'));
    expect((await errorOf(model.store({ ca }).read('test.net'))).message).toContain('which is not https');
    expect(plain.connections).toBe(0);
  });
});

describe('a download that ends in the middle', () => {
  const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

  it.each<[string, 'http' | 'https', string]>([
    ['http', 'http', '127.0.0.1'],
    ['https', 'https', 'localhost'],
    ['a tunnel', 'https', 'models.test'],
  ])('leaves no socket of its own and opens no other: by %s', async (_what, scheme, host) => {
    const before = sockets();
    await using origin = await FileServer[scheme](FILE);
    await using proxy = await TunnelProxy.start();
    using model = new DownloadCase(FILE, origin.url(host));
    origin.next.push(origin.stallAfter(25_000));
    const abort = new AbortController();
    const store = model.store({ ca, env: { HTTPS_PROXY: proxy.url() } });
    let arrived = 0;
    const onProgress = (_target: unknown, { bytes }: { readonly bytes: number }): void => void (arrived = bytes);
    const pulled = errorOf(store.pull([], { signal: abort.signal, onProgress }));
    await expect.poll(() => arrived).toBe(25_000);
    abort.abort();
    expect(errorCode(await pulled)).toBe('CORE_ABORTED');
    await expect.poll(() => model.files()).toHaveLength(2); // the lock is free: the download is over
    // Connections are taken in order, so one of the download's own would be counted before this one.
    const last = connect(origin.port, '127.0.0.1').resume().end();
    await once(last, 'close');
    expect(origin.connections).toBe(2);
    await Promise.all([proxy[Symbol.asyncDispose](), origin[Symbol.asyncDispose]()]);
    await expect.poll(sockets).toBe(before);
  });
});

describe('proxies', () => {
  let proxy: TunnelProxy;
  beforeEach(async () => {
    proxy = await TunnelProxy.start();
  });
  afterEach(async () => {
    await proxy[Symbol.asyncDispose]();
  });

  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'that %s names are gone through',
    async (name) => {
      using model = new DownloadCase(FILE, server.url('models.test'));
      expect(await model.store({ ca, env: { [name]: proxy.url() } }).read('test.net')).toEqual(FILE);
      expect(proxy.asked).toEqual([`models.test:${server.port}`]);
    },
  );

  it('are told user and password, which no sentence repeats', async () => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    const env = { HTTPS_PROXY: proxy.url('anna:secret@') };
    proxy.status = 407;
    const error = await errorOf(model.store({ ca, env, limits: { retries: 0 } }).read('test.net'));
    expect(error.message).toContain('407');
    expect(error.message).not.toContain('secret');
    proxy.status = undefined;
    expect(await model.store({ ca, env }).read('test.net')).toEqual(FILE);
    expect(proxy.authorizations.at(-1)).toBe(`Basic ${Buffer.from('anna:secret').toString('base64')}`);
  });

  it('are named without a scheme as well, and an empty variable hides no other', async () => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    const address = proxy.url().slice('http://'.length);
    const named = [{ HTTPS_PROXY: address }, { HTTPS_PROXY: address.replace('127.0.0.1', 'localhost') }];
    for (const env of [...named, { https_proxy: '', HTTPS_PROXY: address }, { https_proxy: '', HTTP_PROXY: address }]) {
      await rm(model.goal, { force: true });
      expect(await model.store({ ca, env }).read('test.net')).toEqual(FILE);
    }
    expect(proxy.asked).toHaveLength(4);
  });

  it('are told a user without a password', async () => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    await model.store({ ca, env: { HTTPS_PROXY: proxy.url('to%20ken@') } }).read('test.net');
    expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('to ken:').toString('base64')}`]);
  });

  it.each(['http://', 'http://anna:secret@bad host', 'anna:secret@proxy:99999', 'http://anna:secret%@proxy'])(
    'that are none are told by the variable, never by its value: %s',
    async (value) => {
      const env = { https_proxy: value };
      using model = new DownloadCase(FILE, server.url('models.test'));
      const error = await errorOf(model.store({ ca, env }).read('test.net'));
      expect(errorCode(error)).toBe('MODEL_DOWNLOAD_FAILED');
      expect(error.message).toContain('the variable https_proxy does not hold the address of a proxy. Set it to');
      expect(error.message).not.toMatch(/secret|bad host|99999/);

      // They do not matter where no proxy is asked.
      using near = new DownloadCase(FILE, server.url('localhost'));
      expect(await near.store({ ca, env }).read('test.net')).toEqual(FILE);
      const excepted = model.store({ ca, env: { ...env, NO_PROXY: 'models.test' }, limits: { retries: 0 } });
      expect((await errorOf(excepted.read('test.net'))).message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    },
  );

  it('of another kind than http are refused', async () => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    const error = await errorOf(model.store({ ca, env: { HTTPS_PROXY: 'socks5://proxy:1080' } }).read('test.net'));
    expect(error.message).toContain('the variable HTTPS_PROXY does not hold the address of a proxy');
  });

  it.each([502, 503, 504, 429])('that refuse with status %i are asked again', async (status) => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    proxy.next.push(status, status);
    expect(await model.store({ ca, env: { HTTPS_PROXY: proxy.url() } }).read('test.net')).toEqual(FILE);
    expect(proxy.asked).toHaveLength(3);
  });

  it.each([
    [403, /the proxy answered with status 403\. Check the network/],
    [407, /the proxy answered with status 407\. Put user and password into the variable that names it/],
  ])('that refuse with status %i are not asked again', async (status, message) => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    proxy.status = status;
    const error = await errorOf(model.store({ ca, env: { HTTPS_PROXY: proxy.url() } }).read('test.net'));
    expect(error.message).toMatch(message);
    expect(proxy.asked).toHaveLength(1);
  });

  it.each([
    ['NO_PROXY', 'models.test'],
    ['NO_PROXY', 'MODELS.TEST'],
    ['NO_PROXY', '*.test'],
    ['no_proxy', 'other.test, .test'],
    ['NO_PROXY', '*'],
  ])('are not for what %s=%s names', async (name, value) => {
    using model = new DownloadCase(FILE, server.url('models.test'));
    const store = model.store({ ca, env: { HTTPS_PROXY: proxy.url(), [name]: value }, limits: { retries: 0 } });
    // Without the proxy nobody knows the name.
    expect((await errorOf(store.read('test.net'))).message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).toEqual([]);
  });

  it('are not for this very machine', async () => {
    using model = new DownloadCase(FILE, server.url('localhost'));
    expect(await model.store({ ca, env: { HTTPS_PROXY: proxy.url() } }).read('test.net')).toEqual(FILE);
    expect(proxy.asked).toEqual([]);
  });
});

describe('offline', () => {
  it('opens no connection, and takes what is there', async () => {
    using model = new DownloadCase(FILE, server.url('localhost'));
    const offline = model.store({ ca }, { offline: true });
    const error = await errorOf(offline.read('test.net'));
    expect(errorCode(error)).toBe('MODEL_OFFLINE');
    expect(error.message).toContain(`put it in place as ${model.goal}`);
    expect(error.message).toContain('unset KINEGRAPH_OFFLINE, and "offline" where the program sets it');
    const pinned = await errorOf(offline.read(server.url('localhost')));
    expect(pinned.message).toContain('give its path in place of the URL');
    expect(server.connections).toBe(0);
    await model.store({ ca }).read('test.net');
    expect(await offline.read('test.net')).toEqual(FILE);
    expect(server.connections).toBe(1);
  });

  it.each([
    [undefined, false],
    ['', false],
    ['0', false],
    ['false', false],
    ['1', true],
    ['yes', true],
  ])('KINEGRAPH_OFFLINE=%s means %s', (value, offline) => {
    expect(isOfflineByEnvironment({ KINEGRAPH_OFFLINE: value })).toBe(offline);
  });
});
