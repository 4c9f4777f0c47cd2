import fc from 'fast-check';
import { sleep } from '../../src/base/index.js';
import { GRAPH_FORMAT } from '../../src/graph/index.js';
import type { GraphDocument } from '../../src/graph/index.js';
import type { ProcessInfo } from '../../src/kinds/index.js';
import { FifoBuffer, LatestBuffer, RingBuffer } from '../../src/nodes/index.js';
import { nodeOf } from '../../src/testing/index.js';
import type { FrameLedger, TestNode } from '../../src/testing/index.js';
import type { Frame } from '../../src/vision/index.js';

/** Milliseconds between two frames of every source here. */
export const PERIOD_MS = 10;
export const FRAME_COUNT = 30;

/** What came to the sinks that were configured with each name: stream (one for each source instance) and timestamp. */
export type Arrivals = Map<string, { readonly stream: number; readonly timestampMs: number }[]>;

/** The node types that an edited graph is made of, as `test.<name>`. Every `id` is a sink's name among
 * `arrivals`; `reads` gets the times at which frames were read. */
export function editableTypes(
  ledger: FrameLedger,
  arrivals: Arrivals,
  reads: number[] = [],
  onWrite: (sink: string) => void = () => {},
): Record<string, TestNode> {
  let streams = 0;
  const source = (live: boolean, count = FRAME_COUNT): TestNode => ({
    kind: 'source',
    live,
    nodeClass: nodeOf(({ clock }) => {
      const stream = (streams += 1);
      let next = 0;
      return {
        async read(signal: AbortSignal): Promise<Frame | undefined> {
          if (next === count) return undefined;
          await sleep(clock, PERIOD_MS, signal);
          const sequence = next++;
          reads.push(clock.nowMs());
          return ledger.frame({ sequence, timestampMs: sequence * PERIOD_MS, capturedAtMs: stream * 1e6 });
        },
      };
    }),
  });
  const transform = (answer: (frame: Frame, info: ProcessInfo) => unknown, waitMs = 0): TestNode => ({
    kind: 'transform',
    nodeClass: nodeOf(({ clock }) => ({
      transform: (frame: Frame, info: ProcessInfo): unknown =>
        waitMs === 0 ? answer(frame, info) : sleep(clock, waitMs).then(() => answer(frame, info)),
      reconfigure: (config: unknown) => (config as { revision?: number }).revision !== 3, // one value needs a restart
    })),
    liveConfig: ['revision'],
  });
  const buffer = (nodeClass: TestNode['nodeClass'], config: Record<string, unknown>): TestNode => ({
    kind: 'buffer',
    nodeClass,
    config,
    configSchema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { default: value }])),
    },
  });
  const pick = (inputs: unknown): unknown => (inputs as { a: unknown }).a;
  return {
    file: source(false),
    live: source(true),
    long: source(false, 2 * FRAME_COUNT),
    pass: transform((frame) => frame),
    slow: transform((frame) => frame, 34),
    make: transform((_frame, { timestampMs }) => ledger.frame({ timestampMs }), 4),
    some: transform((frame, { timestampMs }) => ((timestampMs / PERIOD_MS) % 3 === 0 ? undefined : frame)),
    join: { ...transform(pick), inputs: ['a', 'b'] },
    pair: { ...transform(pick), inputs: ['a', 'b'], sync: 'latest' },
    broken: {
      kind: 'transform',
      nodeClass: nodeOf(() => ({ open: () => Promise.reject(new Error('no model')), transform: () => 1 })),
    },
    fifo: buffer(FifoBuffer, { capacity: 3, whenFull: 'block' }),
    ring: buffer(RingBuffer, { capacity: 3 }),
    latest: buffer(LatestBuffer, { admit: 'newest' }),
    sink: {
      kind: 'sink',
      nodeClass: nodeOf(({ config }) => ({
        write(_value: unknown, { timestampMs, trace }: ProcessInfo): void {
          const { id } = config as { id: string };
          onWrite(id);
          const came = arrivals.get(id) ?? [];
          arrivals.set(id, came);
          came.push({ stream: trace.capturedAtMs / 1e6, timestampMs });
        },
      })),
    },
  };
}

/** A node of the model: its inputs by the names of earlier nodes. */
interface ModelNode {
  readonly name: string;
  type: string;
  revision: number;
  inputs: string[];
}

/** One edit; the numbers pick whatever fits. */
export interface GraphEdit {
  readonly does: (typeof EDITS)[number];
  readonly picks: readonly [number, number, number];
}

const EDITS = [
  'branch',
  'insert',
  'remove',
  'rewire',
  'exchange',
  'join',
  'configure',
  'source',
  'break',
  'feed',
] as const;

export const graphEdit: fc.Arbitrary<GraphEdit> = fc.record({
  does: fc.constantFrom(...EDITS, 'feed', 'feed'), // sinks go on behind any source, which is the most to get wrong
  picks: fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 })),
});

/** What an edit comes to. */
export interface EditedDocument {
  readonly document: GraphDocument;
  /** False where it cannot open: the graph itself then stays. */
  readonly opens: boolean;
  /** The node whose `revision` is all that has changed, and what it is now. */
  readonly configured?: readonly [node: string, revision: number | undefined];
}

/** A graph that is edited step by step and valid after each: `cam` before `first` before the sink `kept`, which stay. */
export class EditedGraph {
  readonly #nodes: ModelNode[];
  #count = 0;

  /** @param lossless - no buffer that drops; one source, where there are two otherwise, of which one ends sooner. */
  constructor(
    private readonly lossless: boolean,
    source = 'file',
    first = 'pass',
  ) {
    this.#nodes = [
      { name: 'cam', type: source, revision: 0, inputs: [] },
      { name: 'first', type: first, revision: 0, inputs: ['cam'] },
      { name: 'kept', type: 'sink', revision: 0, inputs: ['first'] },
    ];
    if (lossless) return;
    this.#nodes.push({ name: 'other', type: 'long', revision: 0, inputs: [] });
    for (const from of ['first', 'other']) this.#addSink(from);
  }

  get document(): GraphDocument {
    return {
      kinegraph: GRAPH_FORMAT,
      nodes: Object.fromEntries(
        this.#nodes.map(({ name, type, revision }) => [
          name,
          {
            type: `test.${type}`,
            ...(type === 'pair' ? { sync: 'latest' as const } : {}),
            ...(type === 'sink' ? { config: { id: name } } : revision === 0 ? {} : { config: { revision } }),
          },
        ]),
      ),
      wires: this.#nodes.flatMap(({ name, inputs }) =>
        inputs.map((from, index): [string, string] => [
          `${from}.out`,
          `${name}.${inputs.length > 1 ? (['a', 'b'][index] ?? '') : 'in'}`,
        ]),
      ),
    };
  }

  get sinks(): readonly string[] {
    return this.#nodes.filter(({ type }) => type === 'sink').map(({ name }) => name);
  }

  /** One more edit. */
  edit({ does, picks: [a, b, c] }: GraphEdit): EditedDocument {
    const producers = this.#nodes.filter(({ type }) => type !== 'sink');
    const producer = (pick: number): string => producers[pick % producers.length]?.name ?? 'cam';
    const single = ['pass', 'slow', 'make', 'some', 'fifo', 'ring', ...(this.lossless ? [] : ['latest'])];
    const type = (pick: number): string => single[pick % single.length] ?? 'pass';
    const movable = this.#nodes.filter(({ name, inputs }) => name !== 'first' && name !== 'kept' && inputs.length > 0);
    const node = movable[a % Math.max(1, movable.length)];
    switch (does) {
      case 'branch':
        this.#branch(producer(a), type(b), c % 2 === 0);
        break;
      case 'insert':
        if (node !== undefined) {
          const input = b % node.inputs.length;
          const name = this.#name();
          this.#nodes.splice(this.#nodes.indexOf(node), 0, {
            name,
            type: type(c),
            revision: 0,
            inputs: [node.inputs[input] ?? 'cam'],
          });
          node.inputs[input] = name;
        }
        break;
      case 'remove':
        if (node !== undefined) this.#remove(node);
        break;
      case 'rewire':
        if (node !== undefined) this.#rewire(node, b, c);
        break;
      case 'feed': {
        const sinks = movable.filter((other) => other.type === 'sink');
        const sink = sinks[a % Math.max(1, sinks.length)];
        if (sink !== undefined) this.#rewire(sink, b, c);
        break;
      }
      case 'exchange':
        if (node !== undefined && node.inputs.length === 1 && node.type !== 'sink') node.type = type(b);
        break;
      case 'join': {
        const join = {
          name: this.#name(),
          type: c % 3 === 0 && !this.lossless ? 'pair' : 'join',
          revision: 0,
          inputs: [producer(a), producer(b)],
        };
        this.#nodes.push(join);
        this.#addSink(join.name);
        break;
      }
      case 'configure': {
        const transforms = this.#nodes.filter((other) => ['pass', 'slow', 'make', 'some'].includes(other.type));
        const picked = transforms[a % transforms.length];
        if (picked === undefined) break;
        picked.revision = b % 5;
        return { document: this.document, opens: true, configured: [picked.name, picked.revision || undefined] };
      }
      case 'source':
        if (!this.lossless) {
          const source = { name: this.#name(), type: a % 2 === 0 ? 'file' : 'live', revision: 0, inputs: [] };
          this.#nodes.unshift(source);
          this.#branch(source.name, type(b), true);
        }
        break;
      case 'break': {
        const document = structuredClone(this.document);
        document.nodes['broken'] = { type: 'test.broken' };
        document.wires.push([`${producer(a)}.out`, 'broken.in']);
        return { document, opens: false };
      }
    }
    return { document: this.document, opens: true };
  }

  /** Feeds an input of the node by another one before it. */
  #rewire(node: ModelNode, input: number, pick: number): void {
    const before = this.#nodes.slice(0, this.#nodes.indexOf(node)).filter((other) => other.type !== 'sink');
    node.inputs[input % node.inputs.length] = before[pick % before.length]?.name ?? 'cam';
  }

  #branch(from: string, type: string, hasMiddle: boolean): void {
    if (!hasMiddle) {
      this.#addSink(from);
      return;
    }
    const name = this.#name();
    this.#nodes.push({ name, type, revision: 0, inputs: [from] });
    this.#addSink(name);
  }

  #addSink(from: string): void {
    this.#nodes.push({ name: this.#name('s'), type: 'sink', revision: 0, inputs: [from] });
  }

  #name(letter = 'n'): string {
    this.#count += 1;
    return `${letter}${this.#count}`;
  }

  /** Takes a node out, and all that is fed by it. */
  #remove(node: ModelNode): void {
    const gone = new Set([node.name]);
    for (const other of this.#nodes) if (other.inputs.some((input) => gone.has(input))) gone.add(other.name);
    this.#nodes.splice(0, this.#nodes.length, ...this.#nodes.filter(({ name }) => !gone.has(name)));
  }
}
