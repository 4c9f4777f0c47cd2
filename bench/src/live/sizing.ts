import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { encodeFrameMessage, encodeLandmarksMessage } from '@kinegraph/core/protocol';
import type { Landmarks } from '@kinegraph/core';
import { WebSocket } from 'ws';
import type { Benchmark, Figure } from '../benchmark.js';
import { ServerProcess } from './server-process.js';
import { signerJpegs } from './signer-jpegs.js';
import { processFigures } from './soak/process-figures.js';

const WARM_UP_MS = 4_000;
const MEASURE_MS = 8_000;
/** What a core has to give each second. */
const CORE_MS = 1_000;

type Nodes = Readonly<Record<string, { readonly type: string; readonly config?: object }>>;

/** What is sent to how many runs, and what they do with it. */
interface Workload {
  readonly name: string;
  readonly runs: number;
  readonly framesPerSecond: number;
  readonly sends: 'pictures' | 'landmarks';
  /** Nodes one behind the other; the first is the source, the last the sink `out`. */
  readonly chain: readonly (readonly [name: string, node: Nodes[string], input: string, output: string])[];
}

const PICTURES = ['camera', { type: 'core.source.frames' }, '', 'frame'] as const;
const NEWEST = ['newest', { type: 'core.buffer.latest' }, 'in', 'out'] as const;
const DECODE = ['decode', { type: 'core.transform.decode', config: { shortSide: 384 } }, 'frame', 'frame'] as const;
const OUT = ['out', { type: 'core.sink.results' }, 'in', ''] as const;
const SMOOTH = ['smooth', { type: 'core.smoother.one-euro' }, 'in', 'out'] as const;
const hands = (model: string) => ['hands', { type: 'mediapipe.hands', config: { model } }, 'frame', 'hands'] as const;
const pose = (model: string) => ['pose', { type: 'mediapipe.pose', config: { model } }, 'frame', 'pose'] as const;

const extractor = (name: string, framesPerSecond: number, node: Workload['chain'][number]): Workload => ({
  ...{ name: `${name}, ${framesPerSecond} fps`, runs: 1, framesPerSecond, sends: 'pictures' },
  chain: [PICTURES, NEWEST, DECODE, node, SMOOTH, OUT],
});
const light = (name: string, sends: Workload['sends'], chain: Workload['chain']): Workload => ({
  ...{ name: `${name}, 30 fps`, runs: 16, framesPerSecond: 30, sends, chain },
});

const WORKLOADS: readonly Workload[] = [
  ...[15, 24, 30].map((rate) => extractor('hands (lite)', rate, hands('lite'))),
  extractor('hands (full)', 15, hands('full')),
  extractor('pose (lite)', 15, pose('lite')),
  extractor('pose (full)', 15, pose('full')),
  light('JPEGs taken in, not decoded', 'pictures', [PICTURES, NEWEST, OUT]),
  light('JPEGs taken in and decoded to 384 pixels', 'pictures', [PICTURES, NEWEST, DECODE, OUT]),
  light('landmarks of two hands, smoothed', 'landmarks', [
    ['camera', { type: 'core.source.landmarks' }, '', 'landmarks'],
    NEWEST,
    SMOOTH,
    OUT,
  ]),
];

/** How many streams one core carries, by the processor time that each takes, and what a run holds in memory. */
export const sizingBenchmark: Benchmark = {
  name: 'sizing',
  title: 'what one core carries: processor time of the server for a stream, memory of a run; 640x480 in',
  async run(tell): Promise<readonly Figure[]> {
    const pictures = await signerJpegs(1_000, 5_000);
    const figures: Figure[] = [];
    for (const workload of WORKLOADS) {
      tell(workload.name);
      const { cpuMs, perSecond, mibOfRun } = await measure(workload, pictures);
      figures.push(
        { what: `${workload.name}: results of a stream`, value: perSecond, unit: '/s' },
        { what: '  CPU for each result', value: cpuMs, unit: 'ms' },
        { what: '  streams that a core carries at this rate', value: CORE_MS / (cpuMs * perSecond), unit: '' },
        { what: '  memory of a run', value: mibOfRun, unit: 'MiB' },
      );
    }
    figures.push({ what: 'load average of the last minute, at the end', value: loadavg()[0] ?? Number.NaN, unit: '' });
    return figures;
  },
};

interface Measured {
  readonly cpuMs: number;
  readonly perSecond: number;
  readonly mibOfRun: number;
}

async function measure(workload: Workload, pictures: readonly Uint8Array[]): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-sizing-'));
  try {
    // Something has to run that costs nothing, since without a graph the server begins with its own.
    const idle = path.join(folder, 'idle.kinegraph.json');
    await writeFile(idle, JSON.stringify(graphOf([PICTURES, OUT])));
    await using server = await ServerProcess.start(['--graph', idle, '--set', 'limits.runs=32']);
    const before = (await processFigures(server.pid)).rssMib;
    for (let run = 0; run < workload.runs; run += 1) await startRun(server.url, `run-${run}`, graphOf(workload.chain));
    const stop = await send(server, workload, pictures);
    await pause(WARM_UP_MS);
    const [fromMs, fromResults, beganMs] = [await server.cpuMs(), await results(server, workload), performance.now()];
    await pause(MEASURE_MS);
    const count = (await results(server, workload)) - fromResults;
    const [spentMs, elapsedMs] = [(await server.cpuMs()) - fromMs, performance.now() - beganMs];
    const mibOfRun = ((await processFigures(server.pid)).rssMib - before) / workload.runs;
    stop();
    return { cpuMs: spentMs / count, perSecond: (count * 1000) / elapsedMs / workload.runs, mibOfRun };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function graphOf(chain: Workload['chain']): object {
  const wires = chain
    .slice(1)
    .map(([name, , input], index) => [`${chain[index]?.[0]}.${chain[index]?.[3]}`, `${name}.${input}`]);
  return { kinegraph: 1, nodes: Object.fromEntries(chain.map(([name, node]) => [name, node])), wires };
}

async function startRun(url: string, id: string, graph: object): Promise<void> {
  const answer = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ graph, id }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}

/** Sends to every run at the rate of the workload, until the answer is called. */
async function send(
  { socketUrl }: ServerProcess,
  { runs, framesPerSecond, sends }: Workload,
  pictures: readonly Uint8Array[],
): Promise<() => void> {
  const sockets = await Promise.all(
    Array.from({ length: runs }, async (_, run) => {
      const socket = new WebSocket(`${socketUrl}/api/v1/runs/run-${run}/sources/camera/ingest`);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return socket;
    }),
  );
  const beganMs = performance.now();
  let sequence = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - beganMs) * framesPerSecond) / 1000);
    for (; sequence < due; sequence += 1) {
      const header = { sequence, capturedAtMs: performance.now() };
      const picture = pictures[sequence % pictures.length] ?? new Uint8Array();
      const message =
        sends === 'pictures'
          ? encodeFrameMessage({ ...header, format: 'jpeg' }, picture)
          : encodeLandmarksMessage(header, { id: 'hand-21', points: 21 }, twoHands(sequence));
      for (const socket of sockets) socket.send(message);
    }
  }, 4);
  return () => {
    clearInterval(timer);
    for (const socket of sockets) socket.terminate();
  };
}

/** Two hands that go round. */
function twoHands(sequence: number): Landmarks {
  const turn = sequence / 20;
  const tracks = (['left', 'right'] as const).map((handedness, hand) => ({
    ...{ skeleton: 'hand-21', trackId: hand + 1, score: 0.9, handedness },
    image: Float32Array.from({ length: 84 }, (_, at) =>
      at % 4 === 3 ? 1 : 0.3 + 0.4 * hand + 0.1 * Math.sin(turn + at),
    ),
  }));
  return { frameWidth: 640, frameHeight: 480, tracks };
}

/** Results of all runs so far. */
async function results({ url }: ServerProcess, { runs }: Workload): Promise<number> {
  let count = 0;
  for (let run = 0; run < runs; run += 1) {
    const answer = await fetch(`${url}/api/v1/runs/run-${run}`);
    const { figures } = (await answer.json()) as { figures: { nodes: { name: string; in: number }[] } };
    count += figures.nodes.find(({ name }) => name === 'out')?.in ?? 0;
  }
  return count;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
