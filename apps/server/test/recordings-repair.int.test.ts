import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import type { ResultMessage } from '@kinegraph/core/protocol';
import { RecordingReader } from '@kinegraph/recording/node';
import { afterAll, describe, expect, it } from 'vitest';
import { byHand } from './support/api-driver.js';
import { kinegraph, TemporaryFolder } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const GRAPH = {
  kinegraph: 1,
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    results: { type: 'core.sink.results' },
    keep: { type: 'media.sink.recording', config: { path: 'recordings/hall' } },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['newest.out', 'results.in'],
    ['newest.out', 'keep.in'],
  ],
};
/** The stream is as long as its timestamps say, however slow this machine is at the moment. */
const STREAM_MS = 2500;

interface Place {
  readonly sequence: number;
  readonly timestampMs: number;
}

const workspace = new TemporaryFolder();
const folder = path.join(workspace.path, 'recordings');
const part = path.join(folder, 'hall.0001.mcap.part');
let cutOff: Buffer;
afterAll(() => workspace[Symbol.dispose]());

/** Feeds a run until so much of the stream has come out. @returns what has come out */
async function feedFor(server: LiveServer, streamMs: number): Promise<readonly Place[]> {
  const jpeg = await aJpeg();
  const results = await server.socket('/api/v1/runs/hall/results');
  const sender = await server.socket('/api/v1/runs/hall/sources/camera/ingest');
  await sender.message(({ type }) => type === 'welcome');
  const told: Place[] = [];
  for (let sequence = 1; (told.at(-1)?.timestampMs ?? 0) - (told[0]?.timestampMs ?? 0) < streamMs; sequence += 1) {
    sender.socket.send(encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, jpeg));
    const { timestampMs } = await results.message<ResultMessage>((message) => message['sequence'] === sequence);
    told.push({ sequence, timestampMs });
    await delay(20); // clients may send so many frames a second
  }
  return told;
}

async function recorded(where: string): Promise<readonly Place[]> {
  const places: Place[] = [];
  for await (const { sequence, timestampMs } of (await RecordingReader.open(where)).frames('/keep'))
    places.push({ sequence, timestampMs: Math.round(timestampMs * 1000) / 1000 }); // as results are told
  return places;
}

describe('A recording whose server was killed', () => {
  it('is complete once the server is there again, and has all but the last second', async () => {
    const before = await LiveServer.start([...WITHOUT_MODELS, '--workspace', workspace.path]);
    expect((await before.post('/api/v1/runs', { graph: GRAPH, id: 'hall' })).status).toBe(201);
    const told = await feedFor(before, STREAM_MS);
    // Another process sees that it is being written, and leaves it alone.
    expect(await kinegraph(['recordings', 'repair', folder], workspace.path)).toMatchObject({
      code: 0,
      out: expect.stringContaining('hall.0001.mcap.part is being written, and was left as it is.') as string,
    });
    before.running.child.kill('SIGKILL');
    await before.running.finished;
    cutOff = readFileSync(part);
    await using after = await LiveServer.start([...WITHOUT_MODELS, '--workspace', workspace.path]);
    await expect.poll(async () => (await after.get('/readyz')).status, { timeout: 20_000 }).toBe(200);
    expect(readdirSync(folder)).toEqual(['hall.0001.mcap']);
    const found = await recorded(path.join(folder, 'hall'));
    expect(found).toEqual(told.slice(0, found.length)); // nothing is missing in between
    expect((told.at(-1)?.timestampMs ?? 0) - (found.at(-1)?.timestampMs ?? 0)).toBeLessThan(1000);
    const { body } = await byHand(after.url).ask('get', '/api/v1/recordings/{recording}', {
      params: { recording: 'hall' },
    });
    expect(body).toMatchObject({
      state: 'complete',
      run: 'hall',
      messages: found.length,
      durationMs: expect.closeTo((found.at(-1)?.timestampMs ?? 0) - (found[0]?.timestampMs ?? 0), 2) as number,
    });
    const said = await after.printed(/(complete now: .*messages)/);
    expect(said).toContain(`${found.length} messages`);
  }, 60_000);

  it('is listed and completed on the command line, too', async () => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    writeFileSync(part, cutOff);
    writeFileSync(path.join(folder, 'odd.0001.mcap.part'), 'no recording, whatever its name says');
    const list = await kinegraph(['recordings', 'list', folder], workspace.path);
    expect(list.code).toBe(0);
    expect(list.out).toMatch(/^hall +incomplete +20\d\d-\S+Z +\S+ +1 +\d+\.\d +\d+ +\/keep$/m);
    expect(list.out).toMatch(/^odd +damaged/m);
    const repaired = await kinegraph(['recordings', 'repair', folder], workspace.path);
    expect(repaired.code).toBe(1); // one of them is none
    expect(repaired.out).toMatch(/hall\.0001\.mcap is complete now: \d+ messages; \d+ bytes .* were cut off\./);
    expect(repaired.out).toContain('odd.0001.mcap.part cannot be repaired:');
    rmSync(path.join(folder, 'odd.0001.mcap.part'));
    const json = await kinegraph(['recordings', 'list', folder, '--json'], workspace.path);
    expect(JSON.parse(json.out)).toMatchObject([{ id: 'hall', state: 'complete' }]);
    expect(await kinegraph(['recordings', 'repair', folder], workspace.path)).toMatchObject({
      code: 0,
      out: 'There is nothing to repair.\n',
    });
  }, 60_000);

  it('can be named by its file', async () => {
    const one = path.join(workspace.path, 'elsewhere.0001.mcap.part');
    writeFileSync(one, cutOff);
    copyFileSync(one, path.join(workspace.path, 'left-alone.0001.mcap.part'));
    const { code, out } = await kinegraph(['recordings', 'repair', one, '--json'], workspace.path);
    expect([code, JSON.parse(out)]).toMatchObject([0, [{ outcome: 'repaired', wasComplete: false }]]);
    expect(readdirSync(workspace.path)).toEqual(
      expect.arrayContaining(['elsewhere.0001.mcap', 'left-alone.0001.mcap.part']),
    );
  }, 60_000);

  it.each([
    [['recordings'], '"kinegraph recordings" needs list|repair.', 2],
    [['recordings', 'eat'], '"kinegraph recordings" knows list and repair, not "eat".', 2],
    [['recordings', 'list', 'a', 'b'], 'takes one folder', 2],
    [['recordings', 'list', 'nowhere'], 'There is no recording at "nowhere"', 1],
    [['recordings', 'repair', 'nowhere'], 'There is no recording at "nowhere"', 1],
  ])('answers %j with a sentence', async (args, sentence, code) => {
    const answer = await kinegraph(args, workspace.path);
    expect(answer.err).toContain(sentence);
    expect(answer.code).toBe(code);
  });
});
