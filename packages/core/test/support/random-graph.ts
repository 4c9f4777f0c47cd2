import fc from 'fast-check';
import { sleep } from '../../src/base/index.js';
import type { ProcessInfo } from '../../src/kinds/index.js';
import {
  FifoBuffer,
  FifoBufferConfig,
  LatestBuffer,
  LatestBufferConfig,
  RingBuffer,
  RingBufferConfig,
  WindowBuffer,
  WindowBufferConfig,
} from '../../src/nodes/index.js';
import type { FrameLedger, TestNode } from '../../src/testing/index.js';
import { nodeOf } from '../../src/testing/index.js';
import type { Frame } from '../../src/vision/index.js';

/** A source: what it does before each frame, and the stream times it gives them, in order or not. */
export interface SourcePlan {
  readonly kind: 'source';
  readonly live: boolean;
  readonly frames: readonly { readonly waitMs: number; readonly timestampMs: number }[];
}

/** What a node does with one packet; a wait of 0 is synchronous. */
export interface Step {
  readonly waitMs: number;
  readonly does: 'pass' | 'make' | 'nothing' | 'fail';
}

/** A node that answers; with several inputs it joins. Steps are taken in turn. */
export interface AnsweringPlan {
  readonly kind: 'transform';
  readonly steps: readonly Step[];
  readonly concurrency: number;
  readonly inputCount: number;
  readonly sync: 'timestamp' | 'latest';
}

export interface BufferPlan {
  readonly kind: 'buffer';
  readonly buffer: keyof typeof BUFFERS;
  readonly config: Readonly<Record<string, unknown>>;
}

export type MiddlePlan = AnsweringPlan | BufferPlan;

/** A graph without cycles: each node's inputs are picked among the outputs before it. */
export interface GraphPlan {
  readonly sources: readonly SourcePlan[];
  readonly middles: readonly { readonly plan: MiddlePlan; readonly picks: readonly number[] }[];
  /** Sinks besides those that every loose output gets. */
  readonly extraSinks: readonly number[];
  readonly sinkWaitMs: number;
}

const BUFFERS = {
  latest: { nodeClass: LatestBuffer, config: LatestBufferConfig },
  fifo: { nodeClass: FifoBuffer, config: FifoBufferConfig },
  ring: { nodeClass: RingBuffer, config: RingBufferConfig },
  window: { nodeClass: WindowBuffer, config: WindowBufferConfig },
};

const wait = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 30 }) });

const sourcePlan = fc.record({
  kind: fc.constant('source' as const),
  live: fc.boolean(),
  frames: fc.array(fc.record({ waitMs: wait, timestampMs: fc.nat({ max: 60 }).map((tens) => tens * 10) }), {
    maxLength: 12,
  }),
});

const step = (...does: Step['does'][]): fc.Arbitrary<Step> =>
  fc.record({ waitMs: wait, does: fc.constantFrom(...does) });

const answeringPlan = (...does: Step['does'][]): fc.Arbitrary<AnsweringPlan> =>
  fc.record({
    kind: fc.constant('transform' as const),
    steps: fc.array(step(...does), { minLength: 1, maxLength: 5 }),
    concurrency: fc.integer({ min: 1, max: 3 }),
    inputCount: fc.integer({ min: 1, max: 3 }),
    sync: fc.constantFrom('timestamp' as const, 'timestamp' as const, 'latest' as const),
  });

const blockingBuffer: fc.Arbitrary<BufferPlan> = fc.oneof(
  fc.record({
    kind: fc.constant('buffer' as const),
    buffer: fc.constant('fifo' as const),
    config: fc.record({ capacity: fc.integer({ min: 1, max: 4 }), whenFull: fc.constant('block') }),
  }),
  fc.record({
    kind: fc.constant('buffer' as const),
    buffer: fc.constant('ring' as const),
    config: fc.record({ capacity: fc.integer({ min: 1, max: 4 }) }),
  }),
);

const droppingBuffer: fc.Arbitrary<BufferPlan> = fc.oneof(
  fc.record({
    kind: fc.constant('buffer' as const),
    buffer: fc.constant('latest' as const),
    config: fc.record({ admit: fc.constantFrom('newest', 'fresh') }),
  }),
  fc.record({
    kind: fc.constant('buffer' as const),
    buffer: fc.constant('fifo' as const),
    config: fc.record({
      capacity: fc.integer({ min: 1, max: 3 }),
      whenFull: fc.constantFrom('drop-oldest', 'drop-newest', 'block'),
      deadlineMs: fc.integer({ min: 1, max: 60 }),
    }),
  }),
  fc.record({
    kind: fc.constant('buffer' as const),
    buffer: fc.constant('window' as const),
    config: fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      strideCount: fc.integer({ min: 1, max: 3 }),
      whole: fc.boolean(),
    }),
  }),
);

/** Any graph: everything that may happen in one, at once. */
export const anyGraph: fc.Arbitrary<GraphPlan> = graphOf(
  fc.oneof(answeringPlan('pass', 'make', 'nothing', 'fail'), blockingBuffer, droppingBuffer),
  sourcePlan,
  2,
);

/** A graph in which nothing may be lost: one source that waits, no buffer that drops, no node that answers nothing. */
export const losslessGraph: fc.Arbitrary<GraphPlan> = graphOf(
  fc.oneof(
    answeringPlan('pass', 'make').map((plan) => ({ ...plan, sync: 'timestamp' as const })),
    blockingBuffer,
  ),
  sourcePlan.map((plan) => ({ ...plan, live: false })),
  1,
);

/** A graph in which everything may be lost that buffers let go, and nothing else depends on when things happen. */
export const droppingGraph: fc.Arbitrary<GraphPlan> = graphOf(
  fc.oneof(
    answeringPlan('pass', 'make', 'nothing', 'fail').map((plan) => ({ ...plan, sync: 'timestamp' as const })),
    blockingBuffer,
    droppingBuffer,
  ),
  sourcePlan.map((plan) => ({ ...plan, live: false })),
  2,
);

/** The same graph on a machine on which everything takes another time. */
export function otherwiseTimed(plan: GraphPlan, random: () => number): GraphPlan {
  const waitMs = (): number => (random() < 0.5 ? 0 : Math.floor(30 * random()));
  return {
    sources: plan.sources.map((source) => ({
      ...source,
      frames: source.frames.map((frame) => ({ ...frame, waitMs: waitMs() })),
    })),
    middles: plan.middles.map(({ plan: middle, picks }) => ({
      picks,
      plan:
        middle.kind === 'buffer'
          ? middle
          : { ...middle, steps: middle.steps.map((step) => ({ ...step, waitMs: waitMs() })) },
    })),
    extraSinks: plan.extraSinks,
    sinkWaitMs: waitMs(),
  };
}

function graphOf(
  middle: fc.Arbitrary<MiddlePlan>,
  source: fc.Arbitrary<SourcePlan>,
  maxSources: number,
): fc.Arbitrary<GraphPlan> {
  return fc.record({
    sources: fc.array(source, { minLength: 1, maxLength: maxSources }),
    middles: fc.array(
      fc.record({ plan: middle, picks: fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }) }),
      { maxLength: 7 },
    ),
    extraSinks: fc.array(fc.nat({ max: 20 }), { maxLength: 2 }),
    sinkWaitMs: wait,
  });
}

/** What came to a sink. */
export interface Arrivals {
  readonly timestampsMs: number[];
  mostAtOnce: number;
}

export interface BuiltGraph {
  readonly nodes: Record<string, TestNode>;
  readonly wires: [string, string][];
  readonly arrivals: Record<string, Arrivals>;
}

/** Builds the nodes of a plan; all frames are the ledger's. */
export function build(plan: GraphPlan, ledger: FrameLedger): BuiltGraph {
  const built: BuiltGraph = { nodes: {}, wires: [], arrivals: {} };
  const { nodes, wires, arrivals } = built;
  const outputs: string[] = [];
  const loose = new Set<string>();
  const addSink = (from: string): void => {
    const name = `sink${Object.keys(arrivals).length}`;
    const seen: Arrivals = { timestampsMs: [], mostAtOnce: 0 };
    arrivals[name] = seen;
    nodes[name] = sinkNode(seen, plan.sinkWaitMs);
    wires.push([`${from}.out`, `${name}.in`]);
  };
  for (const [index, source] of plan.sources.entries()) {
    const name = `source${index}`;
    nodes[name] = sourceNode(source, ledger);
    outputs.push(name);
    loose.add(name);
  }
  for (const [index, { plan: middle, picks }] of plan.middles.entries()) {
    const name = `${middle.kind}${index}`;
    nodes[name] = middle.kind === 'buffer' ? bufferNode(middle) : answeringNode(middle, ledger);
    for (const [place, port] of (nodes[name].inputs ?? ['in']).entries()) {
      const from = outputs[(picks[place] ?? 0) % outputs.length] ?? '';
      loose.delete(from);
      wires.push([`${from}.out`, `${name}.${port}`]);
    }
    outputs.push(name);
    loose.add(name);
  }
  for (const from of loose) addSink(from);
  for (const pick of plan.extraSinks) addSink(outputs[pick % outputs.length] ?? '');
  return built;
}

function sourceNode({ frames, live }: SourcePlan, ledger: FrameLedger): TestNode {
  return {
    kind: 'source',
    live,
    nodeClass: nodeOf(({ clock }) => {
      let next = 0;
      const make = (timestampMs: number): Frame =>
        ledger.frame({ sequence: next++, timestampMs, capturedAtMs: clock.nowMs() });
      return {
        read(signal: AbortSignal): Frame | undefined | Promise<Frame> {
          const frame = frames[next];
          if (frame === undefined) return undefined;
          return frame.waitMs === 0
            ? make(frame.timestampMs)
            : sleep(clock, frame.waitMs, signal).then(() => make(frame.timestampMs));
        },
      };
    }),
  };
}

function bufferNode({ buffer, config }: BufferPlan): TestNode {
  return { kind: 'buffer', nodeClass: BUFFERS[buffer].nodeClass, config: BUFFERS[buffer].config.parse(config) };
}

function answeringNode({ steps, concurrency, inputCount, sync }: AnsweringPlan, ledger: FrameLedger): TestNode {
  let calls = 0; // of all instances together
  const inputs = inputCount === 1 ? ['in'] : ['a', 'b', 'c'].slice(0, inputCount);
  return {
    kind: 'transform',
    concurrency,
    inputs,
    sync,
    nodeClass: nodeOf(({ clock }) => ({
      transform(value: unknown, { timestampMs }: ProcessInfo): unknown {
        const { waitMs, does } = steps[calls % steps.length] ?? { waitMs: 0, does: 'pass' };
        calls += 1;
        const answer = (): unknown => {
          if (does === 'fail') throw new Error('a frame that this node cannot take');
          if (does === 'nothing') return undefined;
          if (does === 'make') return ledger.frame({ timestampMs });
          return inputCount === 1 ? value : (value as { b: unknown }).b;
        };
        return waitMs === 0 ? answer() : sleep(clock, waitMs).then(answer);
      },
    })),
  };
}

function sinkNode(seen: Arrivals, waitMs: number): TestNode {
  let atOnce = 0;
  return {
    kind: 'sink',
    nodeClass: nodeOf(({ clock }) => ({
      write(_value: unknown, { timestampMs }: ProcessInfo): void | Promise<void> {
        seen.timestampsMs.push(timestampMs);
        atOnce += 1;
        seen.mostAtOnce = Math.max(seen.mostAtOnce, atOnce);
        if (waitMs > 0) return sleep(clock, waitMs).then(() => void (atOnce -= 1));
        atOnce -= 1;
        return undefined;
      },
    })),
  };
}
