import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBundle, encodeTake } from '@kinegraph/plugin-sign-classifier/teach';
import { signTake } from '@kinegraph/plugin-sign-classifier/testing';
import { CLIP, TemporaryFolder, inRepository } from './support/kinegraph.js';
import { LiveServer } from './support/live-server.js';

interface Training {
  readonly id: string;
  readonly state: string;
  readonly share: number;
  readonly model?: string;
  readonly report?: { readonly takes: number; readonly accuracy: number };
  readonly error?: { readonly code: string };
}

let server: LiveServer;
const workspace = new TemporaryFolder();
beforeAll(async () => {
  const graph = inRepository('apps/server/test/fixtures/graphs/echo.kinegraph.json');
  const settings = ['--set', `workspace=${workspace.path}`, '--set', 'signs.uploadBytes=4000000'];
  server = await LiveServer.start(['--graph', graph, ...settings, '--set', `media.folders=["${path.dirname(CLIP)}"]`]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  workspace[Symbol.dispose]();
});

const SETS = '/api/v1/signs/sets';
const send = async (set: string, text: string): Promise<Response> =>
  await server.get(`${SETS}/${set}/takes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: text,
  });
const json = async <T = Record<string, unknown>>(response: Response | Promise<Response>): Promise<T> =>
  (await (await response).json()) as T;
const codeOf = async (response: Promise<Response>): Promise<readonly [number, unknown]> => {
  const answer = await response;
  return [answer.status, (await json<{ error: { code: string } }>(answer)).error.code];
};
/** What is answered to an upload of which only the size is sent: it is refused by that, and nothing else is waited for. */
async function statusOfAnnounced(set: string, bytes: number): Promise<number | undefined> {
  const sending = request(`${server.url}${SETS}/${set}/takes`, {
    method: 'POST',
    headers: { 'Content-Length': bytes },
  });
  sending.flushHeaders();
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  sending.destroy();
  return answer.statusCode;
}
const takes = (...signs: readonly number[]): string =>
  encodeBundle(signs.flatMap((sign) => [0, 1, 2, 3].map((take) => signTake(sign, take))));

async function ended(set: string, { id }: Training): Promise<Training> {
  for (;;) {
    const training = await json<Training>(server.get(`${SETS}/${set}/trainings/${id}`));
    if (training.state !== 'running') return training;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('takes over HTTP', () => {
  it('are sent, listed with their quality, got, exported and deleted, and are plain files', async () => {
    const text = encodeBundle([0, 1].map((take) => ({ ...signTake(0, take), label: 'his/hers ☕' })));
    const sent = await send('mine', text);
    expect([sent.status, await json(sent)]).toEqual([201, { added: 2, same: 0, damaged: 0 }]);
    expect(await json(send('mine', text))).toEqual({ added: 0, same: 2, damaged: 0 });
    expect(readdirSync(path.join(workspace.path, 'signs/mine/his%2Fhers ☕'))).toEqual([
      'take-0.ndjson',
      'take-1.ndjson',
    ]);
    expect(await json(server.get(SETS))).toMatchObject({
      sets: [{ set: 'mine', labels: 1, takes: 2, hasModel: false }],
    });
    expect(await json(server.get(`${SETS}/mine`))).toMatchObject({
      labels: [
        {
          label: 'his/hers ☕',
          takes: [{ id: 'take-0', frames: 42, quality: { verdict: 'good', seenShare: 1 } }, { id: 'take-1' }],
        },
      ],
    });
    const place = `${SETS}/mine/takes/${encodeURIComponent('his/hers ☕')}`;
    expect(await (await server.get(`${place}/take-1`)).text()).toBe(
      encodeTake({ ...signTake(0, 1), label: 'his/hers ☕' }),
    );
    expect(await (await server.get(`${SETS}/mine/export`)).text()).toBe(text);
    expect((await server.get(`${place}/take-1`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.get(place, { method: 'DELETE' })).status).toBe(204);
    expect(await codeOf(server.get(`${place}/take-1`))).toEqual([404, 'SIGNS_TAKE_UNKNOWN']);
  });

  it('that cannot be taken are refused, with nothing written', async () => {
    await send('strict', encodeTake(signTake(0, 0)));
    expect(await codeOf(send('strict', 'rubbish'))).toEqual([422, 'SIGNS_TAKE_UNREADABLE']);
    expect(await codeOf(send('strict', encodeTake({ ...signTake(0, 1), label: 'SIGN-0' })))).toEqual([
      409,
      'SIGNS_LABEL_CLASH',
    ]);
    expect(await codeOf(send('strict', encodeTake({ ...signTake(1, 0), label: 'sign-0' })))).toEqual([
      409,
      'SIGNS_TAKE_EXISTS',
    ]);
    expect(await statusOfAnnounced('strict', 4_000_001)).toBe(413);
    expect(await codeOf(send('..%2Fx', encodeTake(signTake(0, 0))))).toEqual([400, 'SERVER_REQUEST_INVALID']);
    expect(await codeOf(server.get(`${SETS}/nowhere`))).toEqual([404, 'SERVER_SIGN_SET_UNKNOWN']);
    expect(await json(server.get(`${SETS}/strict`))).toMatchObject({
      labels: [{ label: 'sign-0', takes: [{ id: 'take-0' }] }],
    });
    expect(existsSync(path.join(workspace.path, 'x'))).toBe(false);
  });

  it('keep what is whole of one that was cut', async () => {
    expect(await json(send('cut', encodeTake(signTake(2, 0)).slice(0, -100)))).toEqual({
      added: 1,
      same: 0,
      damaged: 1,
    });
    expect(await json(server.get(`${SETS}/cut`))).toMatchObject({ labels: [{ takes: [{ frames: 41 }] }] });
  });
});

describe('many takes over HTTP', () => {
  it('are exported to clients that read slowly or leave, and those that cannot be read are logged', async () => {
    const most = Array.from({ length: 60 }, (_, take) => signTake(0, take + 10)); // in the order of their names
    const text = encodeBundle(most);
    expect((await send('many', text)).status).toBe(201);
    writeFileSync(path.join(workspace.path, 'signs/many/sign-0/broken.ndjson'), 'not a take');
    let printed = '';
    server.running.child.stderr?.on('data', (part: string) => (printed += part));
    const told = server.printed(/(left out of an export)/);
    const leaving = await server.get(`${SETS}/many/export`);
    await leaving.body?.cancel();
    const reader = (await server.get(`${SETS}/many/export`)).body?.getReader();
    const decoder = new TextDecoder();
    let read = '';
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      read += decoder.decode(part.value, { stream: true });
      await new Promise((resolve) => setTimeout(resolve, 5)); // so that the server has to wait, again and again
    }
    expect(read === text).toBe(true); // megabytes that nobody wants to see
    await told;
    // Node's warning where a listener is left behind for each wait.
    expect(printed).not.toMatch(/MaxListenersExceeded/);
  }, 60_000);

  it('that cannot all be written are counted', async () => {
    await send('half', takes(0));
    writeFileSync(path.join(workspace.path, 'signs/half/sign-4'), 'a file where a folder has to be');
    const broken = await send('half', encodeBundle([3, 4].map((sign) => signTake(sign, 0))));
    expect([broken.status, await json(broken)]).toMatchObject([
      500,
      { error: { code: 'SERVER_SIGN_IMPORT_BROKEN', message: expect.stringContaining('after 1 take,') as unknown } },
    ]);
    expect(await json(server.get(`${SETS}/half`))).toMatchObject({
      labels: [{ label: 'sign-0' }, { label: 'sign-3', takes: [{ id: 'take-0' }] }],
    });
  });
});

describe('recordings over HTTP', () => {
  it('take the hands that reach a sink of a run', async () => {
    const graph = {
      kinegraph: 1,
      nodes: {
        clip: { type: 'media.source.file', config: { path: CLIP, loop: true, shortSide: 240 } },
        newest: { type: 'core.buffer.latest' },
        hands: { type: 'mediapipe.hands', config: { numHands: 1, model: 'lite' } },
        out: { type: 'core.sink.results' },
      },
      wires: [
        ['clip.frame', 'newest.in'],
        ['newest.out', 'hands.frame'],
        ['hands.hands', 'out.in'],
      ],
    };
    expect((await server.post('/api/v1/runs', { graph, id: 'clip' })).status).toBe(201);
    const recorded = await server.post(`${SETS}/live/recordings`, { label: 'hello', run: 'clip', seconds: 3 });
    const take = await json<{ id: string; frames: number }>(recorded);
    expect([recorded.status, take]).toMatchObject([
      201,
      { label: 'hello', quality: { handSize: expect.any(Number) as unknown }, isFull: false },
    ]);
    expect(take.frames).toBeGreaterThan(3);
    const file = path.join(workspace.path, 'signs/live/hello', `${take.id}.ndjson`);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(take.frames + 1);
    const nowhere = server.post(`${SETS}/live/recordings`, {
      label: 'hello',
      run: 'clip',
      sink: 'other',
      seconds: 0.2,
    });
    expect(await codeOf(nowhere)).toEqual([422, 'SERVER_SIGN_NO_HANDS']);
    expect(await codeOf(server.post(`${SETS}/live/recordings`, { label: '..', run: 'clip', seconds: 0.2 }))).toEqual([
      400,
      'SIGNS_LABEL_REFUSED',
    ]);
    expect(await codeOf(server.post(`${SETS}/live/recordings`, { label: 'a', run: 'nobody' }))).toEqual([
      404,
      'SERVER_RUN_UNKNOWN',
    ]);
    await server.get('/api/v1/runs/clip', { method: 'DELETE' });
  }, 60_000);
});

describe('trainings over HTTP', () => {
  it('make a model that is told, in the background, one at a time', async () => {
    await send('taught', takes(0, 1, 2, 5));
    expect(await codeOf(server.get(`${SETS}/taught/model`))).toEqual([404, 'SERVER_SIGN_MODEL_NONE']);
    const begun = await server.post(`${SETS}/taught/trainings`, { title: 'Mine' });
    expect(begun.status).toBe(202);
    const training = await json<Training>(begun);
    expect(await codeOf(server.post(`${SETS}/taught/trainings`, {}))).toEqual([429, 'SERVER_SIGNS_BUSY']);
    const done = await ended('taught', training);
    expect(done).toMatchObject({ state: 'done', share: 1, model: 'signs/taught/model.onnx', report: { takes: 16 } });
    expect(done.report?.accuracy).toBeGreaterThan(0.9);
    expect(await json(server.get(`${SETS}/taught/model`))).toMatchObject({
      model: 'signs/taught/model.onnx',
      card: { title: 'Mine', features: 'signfeat/1' },
    });
    const bytes = new Uint8Array(await (await server.get(`${SETS}/taught/model.onnx`)).arrayBuffer());
    expect(readFileSync(path.join(workspace.path, 'signs/taught/model.onnx')).equals(bytes)).toBe(true);
    expect(await json(server.get(SETS))).toMatchObject({
      sets: expect.arrayContaining([{ set: 'taught', labels: 4, takes: 16, hasModel: true }]) as unknown,
    });
  }, 60_000);

  it('are cancelled, and fail with the reason', async () => {
    await send('more', takes(0, 1));
    const training = await json<Training>(server.post(`${SETS}/more/trainings`, {}));
    expect((await server.get(`${SETS}/more/trainings/${training.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await ended('more', training)).toMatchObject({ state: 'cancelled' });
    mkdirSync(path.join(workspace.path, 'signs/empty'));
    const failed = await ended('empty', await json<Training>(server.post(`${SETS}/empty/trainings`, {})));
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'SIGNS_TRAINING_REFUSED' } });
    const long = server.post(`${SETS}/more/trainings`, { title: 't'.repeat(201) });
    expect(await codeOf(long)).toEqual([400, 'SERVER_REQUEST_INVALID']);
    expect(await codeOf(server.get(`${SETS}/more/trainings/nobody`))).toEqual([404, 'SERVER_SIGN_TRAINING_UNKNOWN']);
  }, 60_000);
});
