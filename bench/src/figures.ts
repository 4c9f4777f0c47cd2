import { Clock, Frame, inject, injectable, type FrameSource } from '@kinegraph/core/plugin';
import type { TraceWriter } from '@kinegraph/core';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { inlineExtractor, inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph, type GraphToRun } from './run-graph.js';

const PACKETS = 400_000;
const ROUNDS = 9;
const NO_BYTES = new Uint8Array(0);

/** Frames without pixels, as many as asked for, without a pause. */
@injectable()
class CountingSource implements FrameSource {
  #sequence = 0;
  constructor(@inject(Clock) private readonly clock: Clock) {}
  read(): Frame | undefined {
    if (this.#sequence === PACKETS) return undefined;
    const sequence = this.#sequence;
    this.#sequence += 1;
    return Frame.fromEncoded(
      { sequence, timestampMs: sequence, capturedAtMs: this.clock.nowMs(), width: 640, height: 480, format: 'jpeg' },
      NO_BYTES,
    );
  }
}

@injectable()
class PassOn {
  extract(frame: Frame): Frame {
    return frame;
  }
}

const plugin = inlinePlugin([inlineSource('bench.counting', CountingSource), inlineExtractor('bench.pass-on', PassOn)]);
const graph: GraphToRun = {
  nodes: {
    source: { type: 'bench.counting' },
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
 * What the figures of a run cost where its nodes do nothing, so where they weigh most. Processor time is compared, which
 * other work on the machine disturbs less than it does rates.
 */
export const figuresBenchmark: Benchmark = {
  name: 'figures',
  title: 'what counting, timing and tracing cost a graph of four nodes that do nothing',
  async run(tell): Promise<readonly Figure[]> {
    const counted: number[] = [];
    const lost = { some: [] as number[], all: [] as number[], traced: [] as number[] };
    await microsecondsPerPacket({ timings: 'some' }); // the first run compiles
    for (let round = 0; round < ROUNDS; round += 1) {
      // The two that are compared are neighbours, and change places every second round.
      const order = round % 2 === 0 ? (['none', 'some'] as const) : (['some', 'none'] as const);
      const cost = { none: 0, some: 0 };
      for (const timings of order) cost[timings] = await microsecondsPerPacket({ timings });
      counted.push(cost.none);
      // Throughput is the inverse of the time for a packet.
      lost.some.push((1 - cost.none / cost.some) * 100);
      lost.all.push((1 - cost.none / (await microsecondsPerPacket({ timings: 'all' }))) * 100);
      lost.traced.push((1 - cost.none / (await microsecondsPerPacket({ trace: { writer: new NoTrace() } }))) * 100);
      const [some = 0] = lost.some.slice(-1);
      tell(`round ${round + 1} of ${ROUNDS}: ${cost.none.toFixed(2)} µs a packet, ${some.toFixed(1)} % lost to timing`);
    }
    return [
      { what: 'processor time per packet, counts alone', value: median(counted), unit: 'µs' },
      { what: 'throughput lost to the figures', value: median(lost.some), unit: '%', target: { below: 2 } },
      { what: 'lost where every packet is timed (`timings: "all"`)', value: median(lost.all), unit: '%' },
      { what: 'lost to a trace, its file apart', value: median(lost.traced), unit: '%' },
    ];
  },
};

async function microsecondsPerPacket(options: Pick<GraphToRun, 'timings' | 'trace'>): Promise<number> {
  const before = process.cpuUsage();
  const { snapshot } = await runGraph({ ...graph, ...options });
  const { user, system } = process.cpuUsage(before);
  const arrived = snapshot.nodes.find(({ name }) => name === 'sink')?.in ?? 0;
  if (arrived !== PACKETS) throw new Error(`${PACKETS - arrived} packets are missing at the sink.`);
  return (user + system) / PACKETS;
}
