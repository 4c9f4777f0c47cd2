import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Figure } from '../benchmark.js';
import { LiveClient } from './live-client.js';
import { ServerProcess } from './server-process.js';
import { signerJpegs } from './signer-jpegs.js';

const WARM_UP_MS = 6_000;
const MEASURE_MS = 15_000;
/** The default graph of the server. */
const GRAPH = fileURLToPath(new URL('../../../apps/server/graphs/live.kinegraph.json', import.meta.url));

/** What a person at a browser gets: pictures over a socket, results back, on the default live graph. */
export const liveResultsBenchmark: Benchmark = {
  name: 'live-results',
  title: 'a client that sends 640x480 JPEGs over loopback, hands + pose (lite), results back',
  async run(tell): Promise<readonly Figure[]> {
    tell('preparing pictures');
    const pictures = await signerJpegs(1_000, 9_000);
    const figures: Figure[] = [];
    // There is one hand in the clip. Where two are asked for, MediaPipe looks for the other in every frame.
    for (const [framesPerSecond, numHands] of [
      [60, 1],
      [30, 1],
      [60, 2],
    ] as const) {
      tell(`${framesPerSecond} frames a second, up to ${numHands} hands`);
      figures.push(...(await figuresAt(framesPerSecond, numHands, pictures)));
    }
    return figures;
  },
};

async function figuresAt(
  framesPerSecond: number,
  numHands: number,
  pictures: readonly Uint8Array[],
): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-bench-'));
  const graph = path.join(folder, 'live.kinegraph.json');
  const document = JSON.parse(await readFile(GRAPH, 'utf8')) as { nodes: { hands: { config: object } } };
  Object.assign(document.nodes.hands.config, { numHands });
  await writeFile(graph, JSON.stringify(document));
  try {
    return await measured(framesPerSecond, numHands, pictures, graph);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(
  framesPerSecond: number,
  numHands: number,
  pictures: readonly Uint8Array[],
  graph: string,
): Promise<readonly Figure[]> {
  await using server = await ServerProcess.start(['--graph', graph]);
  await using client = await LiveClient.open({
    socketUrl: server.socketUrl,
    run: 'live',
    node: 'camera',
    pictures,
    framesPerSecond,
  });
  client.begin();
  await pause(WARM_UP_MS);
  client.results.length = 0;
  const cpuBeforeMs = await server.cpuMs();
  await pause(MEASURE_MS);
  const cpuMs = (await server.cpuMs()) - cpuBeforeMs;
  // Sinks of one frame may be told of in several messages: the last one of a frame counts.
  const byFrame = new Map(client.results.map((result) => [result.message.sequence, result]));
  const seen = [...byFrame.values()];
  const ages = seen.map(({ ageMs }) => ageMs).toSorted((a, b) => a - b);
  const at = (share: number): number => ages[Math.floor(ages.length * share)] ?? Number.NaN;
  const models = seen
    .map(({ message: { stages } }) => Math.max(stages['hands'] ?? 0, stages['pose'] ?? 0))
    .toSorted((a, b) => a - b);
  const modelMs = models[models.length >> 1] ?? Number.NaN;
  const what = `${framesPerSecond} frames/s in, up to ${numHands} ${numHands === 1 ? 'hand' : 'hands'}`;
  const isFast = framesPerSecond === 60 && numHands === 1;
  return [
    {
      what: `${what}: results`,
      value: (seen.length * 1000) / MEASURE_MS,
      unit: '/s',
      ...(numHands === 1 ? { target: { atLeast: isFast ? 32 : 29 } } : {}),
    },
    {
      what: `${what}: age of a result, median`,
      value: at(0.5),
      unit: 'ms',
      ...(isFast ? { target: { below: 50 } } : {}),
    },
    {
      what: `${what}: age of a result, p95`,
      value: at(0.95),
      unit: 'ms',
      ...(isFast ? { target: { below: 70 } } : {}),
    },
    { what: `${what}: age of a result, p99`, value: at(0.99), unit: 'ms' },
    { what: `${what}: the slower model, median`, value: modelMs, unit: 'ms' },
    { what: `${what}: CPU of the server`, value: (cpuMs * 100) / MEASURE_MS, unit: '% of a core' },
  ];
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
