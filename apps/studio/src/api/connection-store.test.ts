import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useConnection } from './connection-store.js';

type Answer = Response | Error;

/** What the server is to answer, in turn; the last for ever. */
let answers: Answer[];
let asked: { readonly url: string; readonly body: string }[];
beforeEach(() => {
  setActivePinia(createPinia());
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', async (what: Request | string): Promise<Response> => {
    asked.push(typeof what === 'string' ? { url: what, body: '' } : { url: what.url, body: await what.text() });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('No answer was told.');
    return answer.clone();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const GONE = new TypeError('fetch failed');
const get = (): Request => new Request('http://server.test/api/v1/runs');
const put = (): Request => new Request('http://server.test/api/v1/graphs/a', { method: 'PUT', body: '{"draft":1}' });

it('tries again by itself, less and less often, and tells when the server is back', async () => {
  const connection = useConnection();
  answers = [GONE];
  await expect(connection.ask(get())).rejects.toThrow('fetch failed');
  expect(connection.reach).toBe('offline');
  await vi.advanceTimersByTimeAsync(60_000);
  const { length } = asked;
  expect(length).toBeGreaterThan(6);
  expect(length).toBeLessThan(25);
  expect(connection.reach).toBe('offline');
  answers = [new Response('', { status: 503 }), new Response('{}')]; // it starts, then it is there
  await vi.advanceTimersByTimeAsync(25_000);
  expect(connection.reach).toBe('online');
  expect(connection.returns).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('a question that was given up is no server that is gone', async () => {
  const connection = useConnection();
  const given = new AbortController();
  given.abort();
  answers = [new DOMException('aborted', 'AbortError')];
  await expect(connection.ask(new Request(get(), { signal: given.signal }))).rejects.toThrow('aborted');
  expect(connection.reach).toBe('online');
});

it("a proxy's own answer for a server that is away counts as none", async () => {
  const connection = useConnection();
  answers = [new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } })];
  await expect(connection.ask(get())).rejects.toThrow('502');
  expect(connection.reach).toBe('offline');
});

it('where the session is over it waits for a token, and asks again with the same body', async () => {
  const connection = useConnection();
  answers = [new Response('{}', { status: 401 })];
  const answered = connection.ask(put());
  await vi.advanceTimersByTimeAsync(0);
  expect([connection.reach, connection.isAsking]).toEqual(['signedOut', true]);
  answers = [new Response('{"ok":true}')];
  connection.signedIn();
  expect(await (await answered).json()).toEqual({ ok: true });
  expect(asked.map(({ body }) => body)).toEqual(['{"draft":1}', '{"draft":1}']);
  expect([connection.reach, connection.isAsking, connection.returns]).toEqual(['online', false, 1]);
});

it('who will not sign in now is not asked again by what only looks, but by what changes something', async () => {
  const connection = useConnection();
  answers = [new Response('{}', { status: 401 })];
  const first = connection.ask(get());
  await vi.advanceTimersByTimeAsync(0);
  connection.notNow();
  expect((await first).status).toBe(401);
  expect((await connection.ask(get())).status).toBe(401);
  expect(connection.isAsking).toBe(false);
  const change = connection.ask(put());
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.isAsking).toBe(true);
  connection.notNow();
  expect((await change).status).toBe(401);
});
