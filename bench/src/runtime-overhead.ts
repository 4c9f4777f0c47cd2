import { injectable, type Frame } from '@kinegraph/core/plugin';
import { median, type Benchmark, type Figure } from './benchmark.js';
import { CountingSource, PassOn } from './light-nodes.js';
import { inlineExtractor, inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';

const PACKETS = 400_000;
const REPEATS = 5;

/** Answers by a promise, as nodes do that wait for anything. */
@injectable()
class PassOnLater {
  async extract(frame: Frame): Promise<Frame> {
    return await Promise.resolve(frame);
  }
}

/** Waits for both branches and answers the frame of the first. */
@injectable()
class First {
  transform({ a }: { readonly a: Frame }): Frame {
    return a;
  }
}

const plugin = inlinePlugin([
  {
    type: 'bench.first',
    kind: 'transform',
    inputs: { a: { type: 'frame' }, b: { type: 'any' } },
    outputs: { out: { type: 'frame' } },
    nodeClass: First,
  },
  inlineSource('bench.counting', CountingSource),
  inlineExtractor('bench.pass-on', PassOn),
  inlineExtractor('bench.pass-on-later', PassOnLater),
]);

/** What the runtime costs where the nodes do nothing. */
export const runtimeOverheadBenchmark: Benchmark = {
  name: 'runtime-overhead',
  title: 'packets through nodes that do nothing',
  async run(tell): Promise<readonly Figure[]> {
    const latest: number[] = [];
    const short: number[] = [];
    const long: number[] = [];
    const ten: number[] = [];
    const tenLater: number[] = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      latest.push(await packetsPerSecond({ keep: { type: 'core.buffer.latest' } }));
      short.push(await packetsPerSecond(passOnNodes(1)));
      long.push(await packetsPerSecond(passOnNodes(11)));
      ten.push(await tenNodes('bench.pass-on'));
      tenLater.push(await tenNodes('bench.pass-on-later'));
      tell(`round ${repeat + 1} of ${REPEATS}: ${Math.round(latest.at(-1) ?? 0)} packets/s through latest`);
    }
    const perWireMicroseconds = (1e6 / median(long) - 1e6 / median(short)) / 10;
    return [
      { what: 'source > latest > null', value: median(latest), unit: 'packets/s', target: { atLeast: 200_000 } },
      {
        what: 'overhead per packet and wire (10 more nodes in a chain)',
        value: perWireMicroseconds,
        unit: 'µs',
        target: { below: 5 },
      },
      {
        what: 'graph of 10 nodes with a fifo, two branches and a join, a frame in all',
        value: 1000 / median(ten),
        unit: 'ms',
        target: { below: 0.2 },
      },
      {
        what: 'the same, where every node answers by a promise',
        value: 1000 / median(tenLater),
        unit: 'ms',
        target: { below: 0.2 },
      },
    ];
  },
};

function passOnNodes(count: number): Record<string, { type: string }> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, { type: 'bench.pass-on' }]));
}

async function packetsPerSecond(between: Readonly<Record<string, { type: string }>>): Promise<number> {
  const chain = Object.keys(between);
  const nodes = {
    source: { type: 'bench.counting', config: { count: PACKETS } },
    ...between,
    sink: { type: 'core.sink.null' },
  };
  const wires: [string, string][] = [];
  let from = 'source.frame';
  for (const name of chain) {
    wires.push([from, `${name}.${between[name]?.type === 'core.buffer.latest' ? 'in' : 'frame'}`]);
    from = `${name}.out`;
  }
  wires.push([from, 'sink.in']);
  return await rateOf(nodes, wires);
}

/** Frames a second through ten nodes: source > first > fifo > left and right > join > second > third > sink, and a tap. */
async function tenNodes(type: string): Promise<number> {
  const passOn = { type };
  const nodes = {
    source: { type: 'bench.counting', config: { count: PACKETS } },
    first: passOn,
    fifo: { type: 'core.buffer.fifo' },
    left: passOn,
    right: passOn,
    join: { type: 'bench.first' },
    second: passOn,
    third: passOn,
    sink: { type: 'core.sink.null' },
    tap: { type: 'core.sink.null' },
  };
  return await rateOf(nodes, [
    ['source.frame', 'first.frame'],
    ['first.out', 'fifo.in'],
    ['first.out', 'tap.in'],
    ['fifo.out', 'left.frame'],
    ['fifo.out', 'right.frame'],
    ['left.out', 'join.a'],
    ['right.out', 'join.b'],
    ['join.out', 'second.frame'],
    ['second.out', 'third.frame'],
    ['third.out', 'sink.in'],
  ]);
}

async function rateOf(
  nodes: Readonly<Record<string, { type: string }>>,
  wires: readonly (readonly [string, string])[],
): Promise<number> {
  const { snapshot } = await runGraph({ nodes, wires, plugins: [plugin] });
  const arrived = snapshot.nodes.find(({ name }) => name === 'sink')?.in ?? 0;
  if (arrived !== PACKETS) throw new Error(`${PACKETS - arrived} packets are missing at the sink.`);
  return (arrived * 1000) / snapshot.elapsedMs;
}
