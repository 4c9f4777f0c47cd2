import { Agent, get } from 'node:http';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import { median, type Benchmark, type Figure } from '../benchmark.js';
import { ServerProcess } from './server-process.js';
import { signerJpegs } from './signer-jpegs.js';

const ROUNDS = 40;
const AT_ONCE = 1_000;
const CONNECTIONS = 16;
const MEASURE_MS = 8_000;

/** Pictures for pages and recorders: encoded once, then a look-up. */
export const snapshotsBenchmark: Benchmark = {
  name: 'snapshots',
  title: 'snapshots of a 1280x720 frame over HTTP, with the live graph running beside them',
  async run(tell): Promise<readonly Figure[]> {
    await using server = await ServerProcess.start(['--set', 'limits.connectionsPerClient=256']);
    tell('preparing pictures');
    const small = await signerJpegs(1_000, 3_000);
    const large = await sharp(small[0] ?? new Uint8Array(0))
      .resize(1280, 720, { fit: 'cover' })
      .png()
      .toBuffer();
    await startStill(server.url);
    const still = await opened(`${server.socketUrl}/api/v1/runs/still/sources/camera/ingest`);
    const path = '/api/v1/runs/still/nodes/camera/snapshot.jpg?quality=85';
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    tell('cold and from the cache');
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      still.send(large);
      await pause(120);
      cold.push(await timed(server.url + path, agent));
      for (let again = 0; again < 10; again += 1) warm.push(await timed(server.url + path, agent));
    }
    tell(`${AT_ONCE} at once`);
    still.send(large);
    await pause(200);
    const encodedBefore = await encodings(server.url);
    await Promise.all(Array.from({ length: AT_ONCE }, async () => await fetchBytes(server.url + path, agent)));
    const encoded = (await encodings(server.url)) - encodedBefore;
    tell('load, with the live graph running');
    const live = await opened(`${server.socketUrl}/api/v1/runs/live/sources/camera/ingest`);
    let sent = 0;
    const sending = setInterval(() => {
      live.send(small[sent % small.length] ?? new Uint8Array(0));
      sent += 1;
    }, 33);
    await pause(2_000);
    const before = await resultsSoFar(server.url);
    const requests = await load(server.url + path, agent);
    const results = (await resultsSoFar(server.url)) - before;
    clearInterval(sending);
    for (const socket of [still, live]) socket.terminate();
    agent.destroy();
    return [
      { what: 'a PNG frame as JPEG for the first time, with HTTP', value: median(cold), unit: 'ms' },
      { what: 'the same again, with HTTP', value: median(warm), unit: 'ms' },
      {
        what: `encodings for ${AT_ONCE} requests at once for one frame`,
        value: encoded,
        unit: '',
        target: { below: 2 },
      },
      {
        what: 'requests answered, live graph running',
        value: (requests * 1000) / MEASURE_MS,
        unit: '/s',
        target: { atLeast: 2_000 },
      },
      { what: 'results of the live graph meanwhile', value: (results * 1000) / MEASURE_MS, unit: '/s' },
    ];
  },
};

async function startStill(url: string): Promise<void> {
  const graph = {
    kinegraph: 1,
    nodes: {
      camera: { type: 'core.source.frames', config: { stalledAfterMs: 600_000 } }, // its picture stays
      newest: { type: 'core.buffer.latest' },
      out: { type: 'core.sink.null' },
    },
    wires: [
      ['camera.frame', 'newest.in'],
      ['newest.out', 'out.in'],
    ],
  };
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ graph, id: 'still' }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}

async function load(url: string, agent: Agent): Promise<number> {
  const untilMs = performance.now() + MEASURE_MS;
  let requests = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < untilMs) {
        await fetchBytes(url, agent);
        requests += 1;
      }
    }),
  );
  return requests;
}

async function resultsSoFar(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/runs/live`);
  const { figures } = (await answer.json()) as { figures: { nodes: { name: string; in: number }[] } };
  return figures.nodes.find(({ name }) => name === 'landmarkResults')?.in ?? 0;
}

/** JPEGs that the server has made so far. */
async function encodings(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^kinegraph_previews_total\{[^}]*encoded[^}]*\} (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

async function timed(url: string, agent: Agent): Promise<number> {
  const startMs = performance.now();
  await fetchBytes(url, agent);
  return performance.now() - startMs;
}

async function fetchBytes(url: string, agent: Agent): Promise<Uint8Array> {
  return await new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`Answered ${answer.statusCode}.`));
      });
    }).on('error', reject);
  });
}

async function opened(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return socket;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
