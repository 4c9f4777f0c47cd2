import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io } from 'socket.io-client';
import { median, type Benchmark, type Figure } from '../benchmark.js';
import { LiveClient } from './live-client.js';
import { ServerProcess } from './server-process.js';
import { signerJpegs } from './signer-jpegs.js';

const FRAMES_PER_SECOND = 30;
const WARM_UP_MS = 3_000;
const MEASURE_MS = 10_000;

type Wire = readonly [string, string];

/** The live graph without its models: what is left is what the server itself adds. */
const NODES = {
  camera: { type: 'core.source.frames' },
  newest: { type: 'core.buffer.latest' },
  decode: { type: 'core.transform.decode', config: { shortSide: 384 } },
  decoded: { type: 'core.buffer.latest' },
  out: { type: 'core.sink.results' },
};
const DECODED: readonly Wire[] = [
  ['camera.frame', 'newest.in'],
  ['newest.out', 'decode.frame'],
  ['decode.frame', 'decoded.in'],
  ['decoded.out', 'out.in'],
];
const ENCODED: readonly Wire[] = [
  ['camera.frame', 'newest.in'],
  ['newest.out', 'out.in'],
];

/** What everything but the model adds to the age of a result, and what the base64 protocol costs beside the binary one. */
export const liveOverheadBenchmark: Benchmark = {
  name: 'live-overhead',
  title: 'socket, decoder and results without a model; binary ingest beside base64 over Socket.IO',
  async run(tell): Promise<readonly Figure[]> {
    tell('preparing pictures');
    const pictures = await signerJpegs(1_000, 5_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-bench-'));
    try {
      tell('without decoding');
      const plain = await binary(await graphFile(folder, 'plain', ENCODED), pictures);
      tell('with decoding');
      const decoded = await binary(await graphFile(folder, 'decoded', DECODED), pictures);
      tell('base64 over Socket.IO');
      const base64 = await viaSocketIo(await graphFile(folder, 'base64', ENCODED), pictures);
      return [
        { what: 'age of a result, JPEG in, no model, not decoded: median', value: plain.ageMs, unit: 'ms' },
        { what: 'the same, decoded to 384 pixels: median', value: decoded.ageMs, unit: 'ms', target: { below: 3 } },
        { what: 'binary ingest: bytes on the line for each frame', value: plain.bytes, unit: 'B' },
        { what: 'base64 over Socket.IO: bytes on the line for each frame', value: base64.bytes, unit: 'B' },
        { what: 'binary ingest with results: CPU of the server for each frame', value: plain.cpuUs, unit: 'us' },
        { what: 'base64 over Socket.IO with results: CPU for each frame', value: base64.cpuUs, unit: 'us' },
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

interface Cost {
  readonly bytes: number;
  readonly cpuUs: number;
}

async function graphFile(folder: string, name: string, wires: readonly Wire[]): Promise<string> {
  const wired = new Set(wires.flat().map((endpoint) => endpoint.split('.')[0]));
  const nodes = Object.fromEntries(Object.entries(NODES).filter(([node]) => wired.has(node)));
  const file = path.join(folder, `${name}.kinegraph.json`);
  await writeFile(file, JSON.stringify({ kinegraph: 1, nodes, wires }));
  return file;
}

async function binary(graph: string, pictures: readonly Uint8Array[]): Promise<Cost & { readonly ageMs: number }> {
  await using server = await ServerProcess.start(['--graph', graph]);
  const { socketUrl } = server;
  await using client = await LiveClient.open({
    socketUrl,
    run: 'live',
    node: 'camera',
    pictures,
    framesPerSecond: FRAMES_PER_SECOND,
  });
  client.begin();
  await pause(WARM_UP_MS);
  client.results.length = 0;
  const before = { cpuMs: await server.cpuMs(), sent: client.sent, bytes: client.bytesSent };
  await pause(MEASURE_MS);
  const frames = client.sent - before.sent;
  return {
    ageMs: median(client.results.map(({ ageMs }) => ageMs)),
    bytes: (client.bytesSent - before.bytes) / frames,
    cpuUs: (((await server.cpuMs()) - before.cpuMs) * 1000) / frames,
  };
}

async function viaSocketIo(graph: string, pictures: readonly Uint8Array[]): Promise<Cost> {
  const gateway = ['--set', 'gateways.socketIo.enabled=true', '--set', `gateways.socketIo.graph=${graph}`];
  await using server = await ServerProcess.start(['--graph', graph, ...gateway]);
  const socket = io(server.url, { transports: ['websocket'] });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const texts = pictures.map((picture) => Buffer.from(picture).toString('base64'));
  let sent = 0;
  let bytes = 0;
  const timer = setInterval(() => {
    const image = texts[sent % texts.length] ?? '';
    const event = { image, timestamp: Date.now(), sequence: sent };
    // A text frame of Engine.IO and Socket.IO: 42["frame",{...}], with a WebSocket header of 14 bytes for a client's.
    bytes += 14 + Buffer.byteLength(`42${JSON.stringify(['frame', event])}`);
    socket.emit('frame', event);
    sent += 1;
  }, 1000 / FRAMES_PER_SECOND);
  await pause(WARM_UP_MS);
  const before = { cpuMs: await server.cpuMs(), sent, bytes };
  await pause(MEASURE_MS);
  clearInterval(timer);
  const frames = sent - before.sent;
  socket.disconnect();
  return { bytes: (bytes - before.bytes) / frames, cpuUs: (((await server.cpuMs()) - before.cpuMs) * 1000) / frames };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
