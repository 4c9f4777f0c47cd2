import type { FiguresMessage, ProbeMessage } from '@kinegraph/core/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './support/kinegraph.js';
import { LiveServer, WITHOUT_MODELS } from './support/live-server.js';

const CLIP = inRepository('examples/clips/signer.mp4');
const GRAPH = {
  kinegraph: 1,
  nodes: {
    clip: { type: 'media.source.file', config: { path: CLIP, pace: 'realtime', loop: true, shortSide: 384 } },
    newest: { type: 'core.buffer.latest' },
    hands: { type: 'mediapipe.hands' },
    angles: { type: 'core.transform.joint-angles' },
    last: { type: 'core.buffer.window', config: { count: 8 } },
    out: { type: 'core.sink.results' },
    windows: { type: 'core.sink.null' },
  },
  wires: [
    ['clip.frame', 'newest.in'],
    ['newest.out', 'hands.frame'],
    ['hands.hands', 'angles.in'],
    ['hands.hands', 'last.in'],
    ['angles.angles', 'out.in'],
    ['last.out', 'windows.in'],
  ],
};

let server: LiveServer;
beforeAll(async () => {
  server = await LiveServer.start([...WITHOUT_MODELS]);
  const response = await server.post('/api/v1/runs', { graph: GRAPH, id: 'clip' });
  expect(response.status, await response.clone().text()).toBe(201);
}, 60_000);
afterAll(async () => await server[Symbol.asyncDispose]());

const probe = (node: string, port: string): string => `/api/v1/runs/clip/nodes/${node}/outputs/${port}/probe`;

/** The first value that a probe tells and that is what is looked for. */
async function told(
  node: string,
  port: string,
  isIt: (value: ProbeMessage['value']) => boolean = () => true,
): Promise<ProbeMessage> {
  const client = await server.socket(probe(node, port));
  const message = await client.message<ProbeMessage>(
    ({ type, value }) => type === 'probe' && isIt(value as ProbeMessage['value']),
  );
  client.socket.close();
  return message;
}

/** The figures that come next. */
async function figures(): Promise<FiguresMessage> {
  const response = await server.get('/api/v1/runs/clip/figures');
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('There is no body.');
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes('\n\n')) text += decoder.decode((await reader.read()).value);
  await reader.cancel();
  return JSON.parse(text.slice('data: '.length, text.indexOf('\n\n'))) as FiguresMessage;
}

describe('Probes of a run on the clip', () => {
  it('show frames as small JPEGs, at the source and behind the buffer', async () => {
    for (const [node, port] of [
      ['clip', 'frame'],
      ['newest', 'out'],
    ] as const) {
      const { value, source, ageMs } = await told(node, port);
      if (value.kind !== 'frame') throw new Error(value.kind);
      const jpeg = Buffer.from(value.jpeg, 'base64');
      expect([jpeg[0], jpeg[1], source]).toEqual([0xff, 0xd8, 'clip']);
      expect(jpeg.length).toBeLessThan(60_000);
      expect(Number.isFinite(ageMs)).toBe(true);
    }
  }, 30_000);

  it('show landmarks with their skeleton, angles and windows', async () => {
    const hasTracks = (value: ProbeMessage['value']): boolean =>
      value.kind === 'landmarks' && (value.value as { tracks: unknown[] }).tracks.length > 0;
    const hands = await told('hands', 'hands', hasTracks);
    expect(hands.value).toMatchObject({ kind: 'landmarks', value: { tracks: [{ skeleton: 'hand-21' }] } });
    const angles = await told('angles', 'angles', ({ kind }) => kind === 'numbers');
    expect(angles.value.kind === 'numbers' && Object.keys(angles.value.series).join()).toContain('indexPip');
    const window = await told('last', 'out', (value) => value.kind === 'window' && value.rows.length === 8);
    expect(window.value.kind === 'window' && window.value.packets).toBe(8);
  }, 30_000);

  it('hold nothing up for a viewer that does not read, and are let go when it leaves', async () => {
    const metrics = async (): Promise<string> => await (await server.get('/metrics')).text();
    const { socket } = await server.socket(probe('clip', 'frame'));
    socket.pause();
    const before = (await figures()).nodes.find(({ name }) => name === 'clip')?.out ?? 0;
    expect(await metrics()).toMatch(/kinegraph_clients\{[^}]*kind="probe"[^}]*\} 1/);
    await expect
      .poll(async () => (await figures()).nodes.find(({ name }) => name === 'clip')?.out ?? 0, { timeout: 15_000 })
      .toBeGreaterThan(before + 60);
    socket.terminate();
    await expect.poll(metrics, { timeout: 15_000 }).toMatch(/kinegraph_clients\{[^}]*kind="probe"[^}]*\} 0/);
  }, 40_000);

  it('say what is not there', async () => {
    for (const [path, sentence] of [
      [probe('nobody', 'out'), 'no node "nobody"'],
      [probe('clip', 'picture'), 'no output "picture"'],
      ['/api/v1/runs/none/nodes/a/outputs/b/probe', 'no run "none"'],
    ] as const) {
      const { reason } = await server.dial(path).closed;
      expect(reason).toContain(sentence);
    }
  });
});

describe('Figures of a run', () => {
  it('tell rates, times of late and drops of each node, and what the server uses', async () => {
    await expect
      .poll(async () => (await figures()).nodes.find(({ name }) => name === 'hands')?.workMs.p50 ?? 0, {
        timeout: 15_000,
      })
      .toBeGreaterThan(0);
    const { nodes, state, process: used, run } = await figures();
    expect([run, state, nodes.map(({ name }) => name).sort()]).toEqual([
      ...['clip', 'running', Object.keys(GRAPH.nodes).sort()],
    ]);
    expect(used.rssBytes).toBeGreaterThan(1e7);
    expect(nodes.find(({ name }) => name === 'out')?.ageMs?.count).toBeGreaterThan(0);
  }, 30_000);

  it('count changes of the graph', async () => {
    const { changes } = await figures();
    const patch = { method: 'PATCH', headers: { 'Content-Type': 'application/json' } };
    const body = JSON.stringify({ key: 'minVisibility', value: 0.4 });
    expect((await server.get('/api/v1/runs/clip/nodes/angles/config', { ...patch, body })).status).toBe(200);
    expect((await figures()).changes).toBe(changes + 1);
  });
});
