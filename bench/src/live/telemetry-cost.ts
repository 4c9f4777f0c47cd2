import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, type Benchmark, type Figure } from '../benchmark.js';
import { LiveClient } from './live-client.js';
import { ServerProcess } from './server-process.js';
import { signerJpegs } from './signer-jpegs.js';

const FRAMES_PER_SECOND = 30;
const WARM_UP_MS = 3_000;
const MEASURE_MS = 6_000;
const ROUNDS = 3;

/** Two nodes that work, one of them on pixels. */
const GRAPH = {
  kinegraph: 1,
  nodes: {
    camera: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    decode: { type: 'core.transform.decode', config: { shortSide: 384 } },
    out: { type: 'core.sink.results' },
  },
  wires: [
    ['camera.frame', 'newest.in'],
    ['newest.out', 'decode.frame'],
    ['decode.frame', 'out.in'],
  ],
};

/** What export by OpenTelemetry costs a server that decodes a camera: nothing told, one frame in 30, every frame. */
export const telemetryCostBenchmark: Benchmark = {
  name: 'telemetry-cost',
  title: 'CPU of a server per frame without OpenTelemetry, with one frame in 30, and with every frame',
  async run(tell): Promise<readonly Figure[]> {
    const pictures = await signerJpegs(1_000, 5_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'kinegraph-bench-'));
    const graph = path.join(folder, 'decode.kinegraph.json');
    await writeFile(graph, JSON.stringify(GRAPH));
    const collector = createServer((request, response) => {
      request.resume();
      request.on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'));
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`; // it listens on TCP
    const on = (everyNth: number): string[] => [
      ...['--set', 'telemetry.enabled=true', '--set', `telemetry.endpoint=${endpoint}`],
      ...['--set', `telemetry.everyNth=${everyNth}`],
    ];
    const ways = [
      { what: 'without OpenTelemetry', args: [], cpuUs: [] as number[] },
      { what: 'one frame in 30 told', args: on(30), cpuUs: [] as number[] },
      { what: 'every frame told', args: on(1), cpuUs: [] as number[] },
    ];
    try {
      // In turns, so that what else the machine does falls on all of them.
      for (let round = 1; round <= ROUNDS; round += 1) {
        for (const { what, args, cpuUs } of ways) {
          tell(`round ${round}: ${what}`);
          cpuUs.push(await cpuPerFrame(['--graph', graph, ...args], pictures));
        }
      }
    } finally {
      collector.closeAllConnections();
      collector.close();
      await rm(folder, { recursive: true });
    }
    return ways.map(({ what, cpuUs }) => ({
      what: `CPU of the server for each frame, ${what}`,
      value: median(cpuUs),
      unit: 'us',
    }));
  },
};

async function cpuPerFrame(args: readonly string[], pictures: readonly Uint8Array[]): Promise<number> {
  await using server = await ServerProcess.start(args);
  const { socketUrl } = server;
  await using client = await LiveClient.open({
    ...{ socketUrl, run: 'live', node: 'camera', pictures },
    framesPerSecond: FRAMES_PER_SECOND,
  });
  client.begin();
  await pause(WARM_UP_MS);
  const before = { cpuMs: await server.cpuMs(), sent: client.sent };
  await pause(MEASURE_MS);
  return (((await server.cpuMs()) - before.cpuMs) * 1000) / (client.sent - before.sent);
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
