import { afterEach, beforeEach, expect, it } from 'vitest';
import { DownloadCase, errorOf, someBytes } from '../../../test/support/model-downloads.js';
import { SilentServer } from '../../../test/support/silent-server.js';
import { TunnelProxy } from '../../../test/support/tunnel-proxy.js';
import { errorCode } from '../../base/index.js';
import { VirtualClock } from '../../testing/index.js';

const FILE = someBytes(1_000);
const ANSWER_MS = 30_000;

let silent: SilentServer;
let tunnel: TunnelProxy;
beforeEach(async () => {
  [silent, tunnel] = await Promise.all([SilentServer.start(), TunnelProxy.start()]);
});
afterEach(async () => {
  await Promise.all([silent[Symbol.asyncDispose](), tunnel[Symbol.asyncDispose]()]);
});

/** Each leaves a download waiting before there is a connection to send a request on. */
const SILENCES: readonly (readonly [string, () => { readonly url: string; readonly env: Record<string, string> }])[] = [
  ['a server that never ends its TLS handshake', () => ({ url: `https://localhost:${silent.port}/net.bin`, env: {} })],
  [
    'a proxy that never opens its tunnel',
    () => ({ url: 'https://models.test/net.bin', env: { HTTPS_PROXY: `http://127.0.0.1:${silent.port}` } }),
  ],
  [
    'a proxy that never ends its own TLS handshake',
    () => ({ url: 'https://models.test/net.bin', env: { HTTPS_PROXY: `https://localhost:${silent.port}` } }),
  ],
  [
    'a server behind a proxy that never ends its TLS handshake',
    () => ({ url: `https://models.test:${silent.port}/net.bin`, env: { HTTPS_PROXY: tunnel.url() } }),
  ],
];

it.each(SILENCES)('%s is left when the time for an answer is over, and tried again', async (_what, where) => {
  const { url, env } = where();
  using model = new DownloadCase(FILE, url);
  const clock = new VirtualClock();
  const limits = { answerMs: ANSWER_MS, retries: 1 };
  const failed = errorOf(model.store({ clock, env, limits }).read('test.net'));
  await expect.poll(() => silent.connections).toBe(1);
  await clock.advance(ANSWER_MS);
  await expect.poll(() => silent.open).toBe(0);
  await clock.advance(1); // the back-off
  await expect.poll(() => silent.connections).toBe(2);
  await clock.advance(ANSWER_MS);
  expect((await failed).message).toMatch(/did not answer within 30000 ms, and 1 more tries brought nothing/);
  await expect.poll(() => silent.open).toBe(0);
  expect(clock.pendingCount).toBe(0);
});

it.each(SILENCES)('%s is left at once when the model is no longer wanted', async (_what, where) => {
  const { url, env } = where();
  using model = new DownloadCase(FILE, url);
  const abort = new AbortController();
  const pulled = errorOf(model.store({ env }).pull([], { signal: abort.signal }));
  await expect.poll(() => silent.connections).toBe(1);
  abort.abort();
  expect(errorCode(await pulled)).toBe('CORE_ABORTED');
  await expect.poll(() => silent.open).toBe(0);
  await expect.poll(() => model.files()).toEqual([]);
});

it('a limit on the whole download ends it as well', async () => {
  using model = new DownloadCase(FILE, `https://localhost:${silent.port}/net.bin`);
  const clock = new VirtualClock();
  const failed = errorOf(model.store({ clock, limits: { totalMs: 5_000 } }).read('test.net'));
  await expect.poll(() => silent.connections).toBe(1);
  await clock.advance(5_000);
  expect((await failed).message).toContain('it took longer than 5000 ms');
  await expect.poll(() => silent.open).toBe(0);
});
