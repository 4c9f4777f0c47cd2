import type { TraceWriter } from '@kinegraph/core';
import type { Benchmark, Figure } from './benchmark.js';
import { CountingSource, PassOn } from './light-nodes.js';
import { inlineExtractor, inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph, type GraphToRun } from './run-graph.js';

const PACKETS = 400_000;
const ROUNDS = 60;
/** What costs far more than the noise needs fewer. */
const COARSE_ROUNDS = 10;

const plugin = inlinePlugin([inlineSource('bench.counting', CountingSource), inlineExtractor('bench.pass-on', PassOn)]);
const graph: GraphToRun = {
  nodes: {
    source: { type: 'bench.counting', config: { count: PACKETS } },
    newest: { type: 'core.buffer.latest' },
    node: { type: 'bench.pass-on' },
    sink: { type: 'core.sink.null' },
  },
  wires: [
    ['source.frame', 'newest.in'],
    ['newest.out', 'node.frame'],
    ['node.out', 'sink.in'],
  ],
  plugins: [plugin],
};

/** A trace that is made and thrown away: what recording costs without the disk. */
class NoTrace implements TraceWriter {
  newProcess(): number {
    return 1;
  }
  write(): void {}
}

/**
 * What the figures of a run cost where its nodes do nothing, so where they weigh most.
 */
export const figuresBenchmark: Benchmark = {
  name: 'figures',
  title: 'what counting, timing and tracing cost a graph of four nodes that do nothing',
  async run(tell): Promise<readonly Figure[]> {
    const costs = { none: [] as number[], some: [] as number[], all: [] as number[], traced: [] as number[] };
    await microsecondsPerPacket({ timings: 'some' }); // the first run compiles
    for (let round = 1; round <= ROUNDS; round += 1) {
      // The two that are compared are neighbours, and change places every second round.
      for (const timings of round % 2 === 0 ? (['none', 'some'] as const) : (['some', 'none'] as const))
        costs[timings].push(await microsecondsPerPacket({ timings }));
      if (round > COARSE_ROUNDS) continue;
      costs.all.push(await microsecondsPerPacket({ timings: 'all' }));
      costs.traced.push(await microsecondsPerPacket({ trace: { writer: new NoTrace() } }));
      tell(`round ${round} of ${COARSE_ROUNDS}, and ${ROUNDS - COARSE_ROUNDS} of counts and figures alone to follow`);
    }
    const counted = lowerQuartile(costs.none);
    // Throughput is the inverse of the time for a packet.
    const lost = (times: readonly number[]): number => (1 - counted / lowerQuartile(times)) * 100;
    return [
      { what: 'time per packet, counts alone', value: counted, unit: 'µs' },
      { what: 'throughput lost to the figures', value: lost(costs.some), unit: '%', target: { below: 2 } },
      { what: 'lost where every packet is timed (`timings: "all"`)', value: lost(costs.all), unit: '%' },
      { what: 'lost to a trace, its file apart', value: lost(costs.traced), unit: '%' },
    ];
  },
};

/** Collections and compilation fall on some runs and not on others, and only ever add: the quicker runs show what is compared. */
function lowerQuartile(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? Number.NaN;
}

async function microsecondsPerPacket(options: Pick<GraphToRun, 'timings' | 'trace'>): Promise<number> {
  const startedMs = performance.now();
  const { snapshot } = await runGraph({ ...graph, ...options });
  const tookMs = performance.now() - startedMs;
  const arrived = snapshot.nodes.find(({ name }) => name === 'sink')?.in ?? 0;
  if (arrived !== PACKETS) throw new Error(`${PACKETS - arrived} packets are missing at the sink.`);
  return (tookMs * 1000) / PACKETS;
}
