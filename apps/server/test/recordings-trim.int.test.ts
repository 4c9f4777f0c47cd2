import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SystemClock } from '@kinegraph/core';
import { Recorders, RecordingReader } from '@kinegraph/recording/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { byClient, byHand } from './support/api-driver.js';
import type { ApiDriver } from './support/api-driver.js';
import { TemporaryFolder, kinegraph } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';
import { aJpeg } from './support/pictures.js';

const PLAYED = {
  kinegraph: 1,
  nodes: { played: { type: 'media.source.recording' }, out: { type: 'core.sink.results' } },
  wires: [['played.frame', 'out.in']],
};
const ONE = '/api/v1/recordings/{recording}';
const TRIM = `${ONE}/trim`;
const of = (recording: string) => ({ params: { recording } });

let workspace: TemporaryFolder;
let server: LiveServer;
let jpegs: readonly Uint8Array[];
let folder: string;
beforeAll(async () => {
  workspace = new TemporaryFolder();
  folder = path.join(workspace.path, 'recordings');
  jpegs = await Promise.all([0, 50, 100, 150, 200].map(async (grey) => await aJpeg(64, 48, grey)));
  server = await LiveServer.start([...WITHOUT_MODELS, '--workspace', workspace.path]);
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  workspace[Symbol.dispose]();
});

async function framesOf(file: string, topic: string): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for await (const { data } of (await RecordingReader.open(file)).frames(topic)) frames.push(data);
  return frames;
}

/** A recording with a frame at each of these times. */
async function recordFrames(
  where: string,
  times: readonly number[],
  dataOf: (at: number) => Uint8Array,
): Promise<void> {
  const nothing = (): void => {};
  const events = {
    dropped: nothing,
    wrote: nothing,
    waiting: nothing,
    finished: nothing,
    kept: nothing,
    stopped: nothing,
    resumed: nothing,
  };
  const recorders = new Recorders(new SystemClock());
  const topic = await recorders.open({ path: where, topic: '/camera', runId: 'test', node: 'camera' }, events);
  for (const [at, timestampMs] of times.entries()) {
    const place = { sequence: timestampMs, timestampMs, capturedAtMs: timestampMs, clockOffsetMs: 0, source: 'camera' };
    topic.writeFrame(place, { format: 'jpeg', width: 64, height: 48, data: dataOf(at) });
  }
  await topic.close();
}

describe.each([
  ['asked by hand', byHand],
  ['asked by the generated client', byClient],
] as const)('Recordings, %s', (_, driverOf) => {
  let api: ApiDriver;
  beforeAll(() => {
    api = driverOf(server.url);
  });
  beforeEach(() => rmSync(folder, { recursive: true, force: true }));

  it('become a recording of a span, which replays as that span does', async () => {
    const times = Array.from({ length: 40 }, (_unused, at) => at * 40);
    await recordFrames(path.join(folder, 'whole'), times, (at) => jpegs[at % jpegs.length] ?? new Uint8Array());
    const made = await api.ask('post', TRIM, { ...of('whole'), body: { from: 400, to: 1000, id: 'span' } });
    expect(made).toMatchObject({ status: 201, body: { id: 'span', state: 'complete', messages: 16, durationMs: 600 } });
    const lines = async (recording: string): Promise<readonly object[]> => {
      const config = { path: `recordings/${recording}`, topic: '/camera', pace: 'as-fast-as-possible' };
      const played = { ...PLAYED.nodes.played, config };
      const graph = { ...PLAYED, nodes: { played, out: { type: 'core.sink.results' } } };
      writeFileSync(workspace.file('replay.kinegraph.json'), JSON.stringify(graph));
      const { code, out, err } = await kinegraph(
        ['run', workspace.file('replay.kinegraph.json'), '--exact', '--quiet'],
        workspace.path,
      );
      expect(err).toBe('');
      expect(code).toBe(0);
      return out.split('\n').flatMap((line) => {
        if (line === '') return [];
        const { ageMs: _age, ...told } = JSON.parse(line) as { ageMs: number };
        return [told];
      });
    };
    expect(await lines('span')).toEqual((await lines('whole')).slice(10, 26));
    expect(await framesOf(path.join(folder, 'span'), '/camera')).toEqual(
      (await framesOf(path.join(folder, 'whole'), '/camera')).slice(10, 26),
    );
    const { metadata } = (await api.ask('get', ONE, of('span'))).body as { metadata: object };
    expect(metadata).toMatchObject({
      'kinegraph.trim': { recording: 'whole', fromMs: '400', toMs: '1000' },
      'kinegraph.recording': { run: 'test' },
    });
    // What was made is never made anew, and what cannot be made leaves nothing.
    const again = await api.ask('post', TRIM, { ...of('whole'), body: { from: 0, to: 9e6, id: 'span' } });
    expect(again).toMatchObject({ status: 201, body: { id: 'span-2', messages: 40 } });
    const files = readdirSync(folder);
    const refusals = [
      [{ from: 5000, to: 6000 }, 422, 'RECORDING_SPAN_EMPTY'],
      [{ from: 6, to: 5 }, 400, 'SERVER_REQUEST_INVALID'],
    ] as const;
    for (const [body, status, code] of refusals)
      expect(await api.ask('post', TRIM, { ...of('whole'), body })).toMatchObject({
        status,
        body: { error: { code } },
      });
    expect((await api.ask('post', TRIM, { ...of('nobody'), body: { from: 0, to: 1 } })).status).toBe(404);
    expect(readdirSync(folder)).toEqual(files);
    const events = (await api.ask('get', '/api/v1/events')).body as { events: { action: string; target: string }[] };
    expect(events.events).toContainEqual(
      expect.objectContaining({ action: 'trimRecording', target: 'recordings/whole', outcome: 'ok' }),
    );
  }, 60_000);
});
