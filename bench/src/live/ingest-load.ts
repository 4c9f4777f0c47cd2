import { WebSocket } from 'ws';
import { encodeFrameMessage } from '@kinegraph/core/protocol';
import { median, type Benchmark, type Figure } from '../benchmark.js';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { BareServer } from './bare-server.js';
import { ServerProcess } from './server-process.js';

const CLIENTS = 128;
const FRAMES_PER_SECOND = 60;
const FRAME_BYTES = 40_000;
const WARM_UP_MS = 3_000;
const MEASURE_MS = 6_000;
/** The candidates take turns, and ratios are taken within each round: the machine's speed drifts. */
const ROUNDS = 3;

/** 25 and 50 us for a frame on the machine on which the bare library took 17: what it takes changes with the machine. */
const TAKEN_IN = 25 / 17;
const DROPPED = 50 / 17;

/** What the senders' thread is told. */
interface Job {
  readonly socketUrl: string;
  readonly clients: number;
}

/** A source alone: its frames are taken in, and the newest is kept to be looked at. */
const SOURCE_ALONE = { kinegraph: 1, nodes: { camera: { type: 'core.source.frames' } }, wires: [] };
/** A sink behind it that takes every frame, or none after its first. */
const GRAPHS = { alone: SOURCE_ALONE, taken: behindBuffer('core.sink.null'), dropped: behindBuffer('stuck.sink') };
const STUCK_PLUGIN = fileURLToPath(new URL('../../../apps/server/test/fixtures/plugin-stuck', import.meta.url));

/** Many senders, no extraction: what taking frames in costs, beside what the library alone costs in the same run. */
export const ingestLoadBenchmark: Benchmark = {
  name: 'ingest-load',
  title: `${CLIENTS} clients x ${FRAMES_PER_SECOND} fps x ${FRAME_BYTES / 1000} kB over loopback, latest wins, nothing extracted`,
  async run(tell): Promise<readonly Figure[]> {
    const rounds: Record<'bare' | 'alone' | 'taken' | 'dropped', Load[]> = {
      bare: [],
      alone: [],
      taken: [],
      dropped: [],
    };
    for (let round = 1; round <= ROUNDS; round += 1) {
      tell(`round ${round} of ${ROUNDS}`);
      rounds.bare.push(await underLoad(await BareServer.start(), async (server) => await server.frames()));
      for (const name of ['alone', 'taken', 'dropped'] as const)
        rounds[name].push(await underLoad(await startedServer(GRAPHS[name]), framesRead));
    }
    const of = (loads: readonly Load[]): Load => ({
      perSecond: median(loads.map(({ perSecond }) => perSecond)),
      cpuUs: median(loads.map(({ cpuUs }) => cpuUs)),
      lost: Math.max(...loads.map(({ lost }) => lost)),
    });
    const ratio = (loads: readonly Load[]): number =>
      median(loads.map(({ cpuUs }, round) => cpuUs / (rounds.bare[round]?.cpuUs ?? Number.NaN)));
    const [bare, alone, taken, dropped] = [of(rounds.bare), of(rounds.alone), of(rounds.taken), of(rounds.dropped)];
    return [
      { what: 'frames received by the bare library (ws, bufferutil)', value: bare.perSecond, unit: '/s' },
      { what: 'CPU of the bare library for each frame', value: bare.cpuUs, unit: 'us' },
      { what: 'frames taken in by sources', value: alone.perSecond, unit: '/s' },
      { what: 'CPU of the server for each', value: alone.cpuUs, unit: 'us' },
      {
        what: 'the same / the bare library',
        value: ratio(rounds.alone),
        unit: 'times',
        target: { below: TAKEN_IN },
      },
      { what: 'frames through a latest buffer into a sink', value: taken.perSecond, unit: '/s' },
      { what: 'CPU of the server for each', value: taken.cpuUs, unit: 'us' },
      { what: 'frames that no graph could use', value: dropped.perSecond, unit: '/s' },
      { what: 'CPU of the server for each, undecoded', value: dropped.cpuUs, unit: 'us' },
      {
        what: 'the same / the bare library',
        value: ratio(rounds.dropped),
        unit: 'times',
        target: { below: DROPPED },
      },
      {
        what: 'connections lost',
        value: bare.lost + alone.lost + taken.lost + dropped.lost,
        unit: '',
        target: { below: 1 },
      },
    ];
  },
};

/** What one round has shown. */
interface Load {
  readonly perSecond: number;
  /** Of the server's process with all its threads, for each frame. */
  readonly cpuUs: number;
  readonly lost: number;
}

interface LoadedServer extends AsyncDisposable {
  readonly socketUrl: string;
  readonly url: string;
  cpuMs(): Promise<number>;
}

async function underLoad<Server extends LoadedServer>(
  started: Server,
  framesOf: (server: Server) => Promise<number>,
): Promise<Load> {
  await using server = started;
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { socketUrl: server.socketUrl, clients: CLIENTS } satisfies Job,
  });
  try {
    await pause(WARM_UP_MS);
    const before = { frames: await framesOf(server), cpuMs: await server.cpuMs() };
    await pause(MEASURE_MS);
    const cpuMs = (await server.cpuMs()) - before.cpuMs;
    const frames = (await framesOf(server)) - before.frames;
    return {
      perSecond: (frames * 1000) / MEASURE_MS,
      cpuUs: (cpuMs * 1000) / frames,
      lost: await lostConnections(worker),
    };
  } finally {
    await worker.terminate();
  }
}

async function startedServer(graph: object): Promise<ServerProcess> {
  const limits = ['connectionsPerClient', 'connections', 'runs'].flatMap((limit) => [
    '--set',
    `limits.${limit}=${CLIENTS + 64}`,
  ]);
  const server = await ServerProcess.start([...limits, '--plugin', STUCK_PLUGIN]);
  for (let run = 0; run < CLIENTS; run += 1) await startRun(server.url, `ingest-${run}`, graph);
  return server;
}

function behindBuffer(sink: string): object {
  return {
    kinegraph: 1,
    nodes: { ...SOURCE_ALONE.nodes, newest: { type: 'core.buffer.latest' }, out: { type: sink } },
    wires: [
      ['camera.frame', 'newest.in'],
      ['newest.out', 'out.in'],
    ],
  };
}

async function startRun(url: string, id: string, graph: object): Promise<void> {
  const answer = await fetch(`${url}/api/v1/runs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ graph, id }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}

/** Frames that sources of all runs have read. */
async function framesRead({ url }: ServerProcess): Promise<number> {
  let frames = 0;
  for (let run = 0; run < CLIENTS; run += 1) {
    const answer = await fetch(`${url}/api/v1/runs/ingest-${run}`);
    const { figures } = (await answer.json()) as { figures: { nodes: { name: string; in: number }[] } };
    frames += figures.nodes.find(({ name }) => name === 'camera')?.in ?? 0;
  }
  return frames;
}

async function lostConnections(worker: Worker): Promise<number> {
  const answer = new Promise<number>((resolve) => worker.once('message', resolve));
  worker.postMessage('lost?');
  return await answer;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

if (!isMainThread && isJob(workerData)) await sendAll(workerData);

function isJob(value: unknown): value is Job {
  return typeof value === 'object' && value !== null && 'socketUrl' in value && 'clients' in value;
}

/** In a thread of its own, so that the clients' work is not the server's, nor that of who measures. */
async function sendAll({ socketUrl, clients }: Job): Promise<void> {
  let lost = 0;
  const image = aJpeg(FRAME_BYTES);
  const sockets = await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const socket = new WebSocket(`${socketUrl}/api/v1/runs/ingest-${index}/sources/camera/ingest`, {
        perMessageDeflate: false,
        skipUTF8Validation: true,
        generateMask: (mask) => void mask.fill(0), // masking 300 MB/s would measure the clients; with zeros it is left out
      });
      socket.on('close', () => (lost += 1));
      await new Promise((resolve) => socket.once('open', resolve));
      return socket;
    }),
  );
  parentPort?.on('message', () => parentPort?.postMessage(lost));
  let sequence = 0;
  const beginMs = performance.now();
  setInterval(() => {
    const due = Math.floor(((performance.now() - beginMs) * FRAMES_PER_SECOND) / 1000);
    for (; sequence < due; sequence += 1) {
      const message = encodeFrameMessage({ format: 'jpeg', sequence, capturedAtMs: performance.now() }, image);
      for (const socket of sockets) if (socket.bufferedAmount < 2 * FRAME_BYTES) socket.send(message);
    }
  }, 4);
}

/** The head of a JPEG of 640x480 and as many bytes behind it as a camera's has: nobody decodes it here. */
function aJpeg(bytes: number): Uint8Array {
  const jpeg = new Uint8Array(bytes);
  jpeg.set([
    0xff,
    0xd8,
    0xff,
    0xc0,
    0,
    17,
    8,
    480 >> 8,
    480 & 255,
    640 >> 8,
    640 & 255,
    3,
    1,
    0x22,
    0,
    2,
    0x11,
    1,
    3,
    0x11,
    1,
  ]);
  return jpeg;
}
