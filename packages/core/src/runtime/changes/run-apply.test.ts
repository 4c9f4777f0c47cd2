import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { deferred, errorMessage, sleep } from '../../base/index.js';
import { GRAPH_FORMAT } from '../../graph/index.js';
import type { GraphDocument, GraphNode } from '../../graph/index.js';
import type { ProcessInfo } from '../../kinds/index.js';
import { FifoBuffer } from '../../nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, settle, sourceOf } from '../../testing/index.js';
import type { TestNode, TestRun, TestServices } from '../../testing/index.js';

let ledger: FrameLedger;
/** What came to each sink: the nodes that the frame passed, each with its instance and how many it has seen. */
let arrived: Record<string, string[]>;
/** What nodes went through, as `a1 opens`. */
let lines: string[];
beforeEach(() => {
  ledger = new FrameLedger();
  arrived = {};
  lines = [];
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const FRAMES = 10;

interface TagConfig {
  readonly tag: string;
  readonly workMs?: number;
  readonly gain?: number;
}

function types(): Record<string, TestNode> {
  let instances = 0;
  const tag: TestNode = {
    kind: 'transform',
    nodeClass: nodeOf(({ clock, config }) => {
      const { tag: name, workMs = 0 } = config as TagConfig;
      let { gain } = config as TagConfig;
      const instance = `${name}${(instances += 1)}`;
      let seen = 0;
      return {
        open: () => void lines.push(`${instance} opens`),
        async transform(input: unknown, { timestampMs }: ProcessInfo) {
          seen += 1;
          const before = typeof input === 'string' ? `${input} ` : `${timestampMs / 40}: `;
          if (workMs > 0) await sleep(clock, workMs);
          return `${before}${instance}${gain === undefined ? '' : `x${gain}`}(${seen})`;
        },
        reconfigure(next: unknown) {
          if ((next as TagConfig).gain === 0) return false;
          gain = (next as TagConfig).gain;
          return true;
        },
        close: () => void lines.push(`${instance} closes`),
      };
    }),
    liveConfig: ['gain'],
  };
  return {
    cam: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, FRAMES), 40) },
    live: { kind: 'source', live: true, nodeClass: sourceOf(() => framesOf(ledger, FRAMES), 40) },
    tag,
    fifo: { kind: 'buffer', nodeClass: FifoBuffer, config: { capacity: 3, whenFull: 'block' }, configSchema: FIFO },
    join: {
      ...tag,
      inputs: ['a', 'b'],
      nodeClass: nodeOf(() => ({ transform: ({ a }: { a: unknown }) => String(a) })),
    },
    broken: {
      kind: 'transform',
      nodeClass: nodeOf(() => ({ open: () => Promise.reject(new Error('no model')), transform: () => 1 })),
    },
    sink: {
      kind: 'sink',
      nodeClass: nodeOf(({ config }) => {
        const { tag: name } = config as TagConfig;
        return {
          open: () => void lines.push(`${name} opens`),
          write: (value: unknown) => void (arrived[name] ??= []).push(String(value)),
          close: () => void lines.push(`${name} closes`),
        };
      }),
    },
  };
}
const FIFO = { type: 'object', properties: { capacity: { default: 3 }, whenFull: { default: 'block' } } };

const tagged = (tag: string, more: Partial<TagConfig> = {}): GraphNode => ({
  type: 'test.tag',
  config: { tag, ...more },
});
const sink = (tag: string): GraphNode => ({ type: 'test.sink', config: { tag } });

function graph(nodes: GraphDocument['nodes'], ...chains: string[]): GraphDocument {
  const wires = chains.flatMap((chain): [string, string][] => {
    const names = chain.split(' > ');
    return names.slice(1).map((to, index): [string, string] => {
      const from = names[index] ?? '';
      return [`${from.split('.')[0] ?? ''}.out`, to.includes('.') ? to : `${to}.in`];
    });
  });
  return { kinegraph: GRAPH_FORMAT, nodes, wires };
}

const CAM: GraphNode = { type: 'test.cam' };
const BASE = graph({ cam: CAM, a: tagged('a'), b: tagged('b'), out: sink('out') }, 'cam > a > b > out');

/** Starts a run of the document and lets `ms` pass: frame n comes at 40 (n + 1) ms. */
async function started(document: GraphDocument, ms: number, services: TestServices = {}): Promise<TestRun> {
  const test = createTestRun({ document, types: types(), ...services });
  await test.run.start();
  await test.clock.advance(ms);
  return test;
}

const numbers = (sinkName: string): number[] => (arrived[sinkName] ?? []).map((text) => Number.parseInt(text, 10));
const upTo = (count: number, from = 0): number[] => Array.from({ length: count - from }, (_, index) => from + index);

describe('Run.apply', () => {
  it('takes a node out, puts others in, and leaves the rest as they are: nothing is lost', async () => {
    const test = await started(BASE, 130);
    const applied = await test.run.apply(
      graph(
        { cam: CAM, c: tagged('c'), b: tagged('b'), out: sink('out'), tap: sink('tap') },
        'cam > c > b > out',
        'c > tap',
      ),
    );
    expect(applied).toEqual({
      added: ['c', 'tap'],
      removed: ['a'],
      restarted: [],
      takenOver: [],
      rewired: ['b'],
    });
    expect(lines).toEqual(['a1 opens', 'b2 opens', 'out opens', 'c3 opens', 'tap opens', 'a1 closes']);
    expect(test.run.snapshot().nodes.map(({ name }) => name)).toEqual(['cam', 'c', 'b', 'out', 'tap']);
    expect((await test.finish()).result).toBe('completed');
    expect(arrived['out']).toEqual(
      upTo(FRAMES).map((n) => `${n}: ${n < 3 ? `a1(${n + 1})` : `c3(${n - 2})`} b2(${n + 1})`),
    );
    expect(numbers('tap')).toEqual(upTo(FRAMES, 3));
  });

  it('lets what is under way go its old way, and holds the source meanwhile', async () => {
    const slow = graph({ cam: CAM, a: tagged('a', { workMs: 100 }), out: sink('out') }, 'cam > a > out');
    const test = await started(slow, 90);
    const applied = test.run.apply(graph({ cam: CAM, c: tagged('c'), out: sink('out') }, 'cam > c > out'));
    await test.clock.advance(20);
    expect(arrived['out']).toBeUndefined(); // frame 0 is in `a` until 140 ms
    await test.clock.advance(50);
    await applied;
    await test.finish();
    expect(arrived['out']?.slice(0, 3)).toEqual(['0: a1(1)', '1: c2(1)', '2: c2(2)']);
    expect(numbers('out')).toEqual(upTo(FRAMES));
  });

  it('adds and removes what only looks on without a stop for anybody', async () => {
    const busy = { cam: CAM, a: tagged('a', { workMs: 500 }), out: sink('out') };
    const test = await started(graph(busy, 'cam > a > out'), 50);
    const tapped = test.run.apply(graph({ ...busy, tap: sink('tap') }, 'cam > a > out', 'cam > tap'));
    await settle();
    expect((await tapped).added).toEqual(['tap']); // at once, though `a` is at work
    expect((await test.run.apply(graph(busy, 'cam > a > out'))).removed).toEqual(['tap']);
    await test.finish();
    expect(numbers('out')).toEqual(upTo(FRAMES));
  });

  it('goes on as it was where a new node cannot open, and closes those that had', async () => {
    const test = await started(BASE, 130);
    const before = test.run.graph;
    const wish = graph(
      {
        cam: CAM,
        a: tagged('a', { gain: 7 }),
        b: tagged('b'),
        c: tagged('c'),
        x: { type: 'test.broken' },
        out: sink('out'),
      },
      'cam > a > b > x > out',
      'cam > c',
    );
    await expect(test.run.apply(wish)).rejects.toMatchObject({
      code: 'RUN_NODE_OPEN',
      message: 'Node "x" (test.broken) could not open, so the run goes on as it was: no model',
      data: { node: 'x' },
    });
    expect(test.run.graph).toBe(before);
    expect(lines).toEqual(['a1 opens', 'b2 opens', 'out opens', 'c3 opens', 'c3 closes']);
    await test.finish();
    expect(arrived['out']).toEqual(upTo(FRAMES).map((n) => `${n}: a1(${n + 1}) b2(${n + 1})`));
  });

  it('takes live keys over, restarts what refuses them, and says which', async () => {
    const test = await started(BASE, 130);
    const applied = await test.run.apply(
      graph(
        { cam: CAM, a: tagged('a', { gain: 2 }), b: tagged('b', { gain: 0 }), out: sink('out') },
        'cam > a > b > out',
      ),
    );
    expect(applied).toMatchObject({ takenOver: ['a'], restarted: ['b'], rewired: [] });
    await test.finish();
    expect(arrived['out']?.slice(2, 4)).toEqual(['2: a1(3) b2(3)', '3: a1x2(4) b3x0(1)']);
  });

  it('begins a new join of running branches at one frame, though one of them is far behind the other', async () => {
    const branches = {
      cam: CAM,
      fast: tagged('fast'),
      queue: { type: 'test.fifo' },
      slow: tagged('slow', { workMs: 200 }),
      one: sink('one'),
      two: sink('two'),
    };
    const chains = ['cam > fast > one', 'cam > queue > slow > two'];
    const test = await started(graph(branches, ...chains), 330); // the queue is full now
    const applied = test.run.apply(
      graph(
        { ...branches, join: { type: 'test.join' }, both: sink('both') },
        ...chains,
        'fast > join.a',
        'slow > join.b',
        'join > both',
      ),
    );
    await test.clock.advance(2_000);
    await applied;
    expect((await test.finish()).result).toBe('completed');
    expect([numbers('one'), numbers('two')]).toEqual([upTo(FRAMES), upTo(FRAMES)]);
    expect(numbers('both').at(-1)).toBe(FRAMES - 1);
    expect(numbers('both')).toEqual(upTo(FRAMES, numbers('both')[0]));
  });

  it('begins nodes behind another source anew; sinks go on', async () => {
    const test = await started(BASE, 130);
    const applied = await test.run.apply(
      graph({ other: { type: 'test.live' }, a: tagged('a'), b: tagged('b'), out: sink('out') }, 'other > a > b > out'),
    );
    expect(applied).toEqual({
      added: ['other'],
      removed: ['cam'],
      restarted: ['a', 'b'],
      takenOver: [],
      rewired: ['out'],
    });
    await test.finish();
    expect(arrived['out']?.slice(2, 5)).toEqual(['2: a1(3) b2(3)', '0: a3(1) b4(1)', '1: a3(2) b4(2)']);
    expect(lines.filter((line) => line.startsWith('out'))).toEqual(['out opens', 'out closes']);
  });

  it('goes on with a sink that comes to its end while what is before it is emptied', async () => {
    const nodes = { cam: CAM, a: tagged('a', { workMs: 200 }), out: sink('out') };
    const test = await started(graph(nodes, 'cam > a > out'), 1_900); // `a` is at frame 9 since 1,840
    const applied = test.run.apply(graph({ late: { type: 'test.cam' }, out: sink('out') }, 'late > out'));
    await test.clock.advance(150);
    await applied;
    expect(test.node('out').state).toBe('open');
    expect((await test.finish()).result).toBe('completed');
    expect(arrived['out']).toHaveLength(2 * FRAMES);
    expect(lines.filter((line) => line.startsWith('out'))).toEqual(['out opens', 'out closes']);
  });

  it('goes on with a sink that has come to its end: it may hold a file', async () => {
    const nodes = {
      cam: CAM,
      out: sink('out'),
      busy: CAM,
      slow: tagged('slow', { workMs: 500 }),
      aside: sink('aside'),
    };
    const kept = ['busy > slow > aside', 'cam > out'];
    const test = await started(graph(nodes, ...kept), 500);
    expect(test.node('out').state).toBe('ended');
    const { cam: _cam, ...others } = nodes;
    const after = graph({ ...others, a: tagged('a') }, 'busy > slow > aside', 'busy > a > out');
    const applied = await test.run.apply(after);
    expect(applied).toMatchObject({ added: ['a'], removed: ['cam'], restarted: [], rewired: ['out'] });
    expect((await test.finish()).result).toBe('completed');
    expect([arrived['out']?.length, numbers('aside')]).toEqual([2 * FRAMES - 1, upTo(FRAMES)]);
    expect(lines.filter((line) => line.startsWith('out'))).toEqual(['out opens', 'out closes']);
  });

  it('begins a node anew that comes to its end while what is before it is emptied, where others feed it on', async () => {
    const join: GraphNode = { type: 'test.join', sync: 'latest' };
    const behind = { busy: CAM, b: tagged('b', { workMs: 500 }), join, out: sink('out') };
    const nodes = { cam: CAM, a: tagged('a', { workMs: 200 }), ...behind };
    const before = graph(nodes, 'cam > a > join.a', 'busy > b > join.b', 'join > out');
    const test = await started(before, 1_900); // `a` is at its last frame until 2,040, `b` at frame 3 until then
    const applied = test.run.apply(graph(behind, 'busy > b > join.a', 'b > join.b', 'join > out'));
    await test.clock.advance(700); // all goes on until a new join is open, and frame 4 comes to the one that has ended
    expect(await applied).toMatchObject({ removed: ['a', 'cam'], restarted: ['join'], rewired: ['out'] });
    expect((await test.finish()).result).toBe('completed');
    // Frame 5 comes first, so that frame 6 is the first that finds a partner.
    expect(arrived['out']?.slice(-5)).toEqual(['9: a2(10)', ...upTo(10, 6).map((n) => `${n}: b1(${n + 1})`)]);
  });

  it('takes out a live source whose last frame waits, and the slow node that it waits for, as soon as that is done', async () => {
    const nodes = { cam: CAM, a: tagged('a', { workMs: 200 }), out: sink('out') };
    const aside = { live: { type: 'test.live' }, slow: tagged('slow', { workMs: 900 }), lost: sink('lost') };
    const test = await started(graph({ ...nodes, ...aside }, 'cam > a > out', 'live > slow > lost'), 390);
    await test.clock.advance(60); // the live source has come to its end at 440
    const applied = test.run.apply(graph(nodes, 'cam > a > out'));
    await test.clock.advance(600); // the slow node is done at 940
    expect((await applied).removed).toEqual(['live', 'lost', 'slow']);
    await test.finish();
    expect([numbers('out'), numbers('lost')]).toEqual([upTo(FRAMES), [0]]);
  });

  it('keeps the run going for a source that is added, though the first has come to its end', async () => {
    const test = await started(BASE, 130);
    await test.run.apply(
      graph(
        {
          cam: CAM,
          late: { type: 'test.live' },
          a: tagged('a'),
          b: tagged('b'),
          out: sink('out'),
          aside: sink('aside'),
        },
        'cam > a > b > out',
        'late > aside',
      ),
    );
    expect((await test.finish()).result).toBe('completed');
    expect([arrived['out']?.length, arrived['aside']?.length]).toEqual([FRAMES, FRAMES]);
  });

  it('stays paused, new sources too, until it is resumed', async () => {
    const test = await started(BASE, 130);
    test.run.pause();
    await test.run.apply(
      graph(
        { cam: CAM, late: CAM, a: tagged('a'), b: tagged('b'), out: sink('out'), aside: sink('aside') },
        'cam > a > b > out',
        'late > aside',
      ),
    );
    await test.clock.advance(1_000);
    expect([arrived['out']?.length, arrived['aside']]).toEqual([3, undefined]);
    test.run.resume();
    await test.finish();
    expect([numbers('out'), arrived['aside']?.length]).toEqual([upTo(FRAMES), FRAMES]);
  });

  it('gives up within its limit where a packet does not come to its end, and the run goes on as it was', async () => {
    const gate = deferred<void>();
    const stuck: TestNode = {
      kind: 'transform',
      nodeClass: nodeOf(() => ({ transform: (frame: unknown) => gate.promise.then(() => frame) })),
    };
    const nodes = { cam: CAM, a: { type: 'test.stuck' }, out: sink('out') };
    const test = createTestRun({
      document: graph(nodes, 'cam > a > out'),
      types: { ...types(), stuck },
      limits: { changeMs: 300 },
    });
    await test.run.start();
    await test.clock.advance(50);
    const applied = test.run.apply(graph({ ...nodes, c: tagged('c') }, 'cam > a > c > out')).catch(errorMessage);
    await test.clock.advance(400);
    expect(await applied).toBe('Applying the graph took longer than its limit of 300 ms.');
    expect(lines).toEqual(['out opens', 'c1 opens', 'c1 closes']);
    gate.resolve();
    await test.finish();
    expect(arrived['out']).toHaveLength(FRAMES);
  });

  it('gives way to the end of the run', async () => {
    const slow = graph({ cam: CAM, a: tagged('a', { workMs: 100 }), out: sink('out') }, 'cam > a > out');
    const test = await started(slow, 90);
    const applied = test.run.apply(graph({ cam: CAM, c: tagged('c'), out: sink('out') }, 'cam > c > out'));
    const refused = expect(applied).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    await settle(); // it waits for the packet under way
    void test.run.stop();
    await test.finish();
    await refused;
    await expect(test.run.apply(BASE)).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' });
  });

  it('refuses a graph that is not valid before it touches anything', async () => {
    const test = await started(BASE, 130);
    await expect(test.run.apply(graph({ cam: CAM, out: sink('out') }, 'cam > nobody'))).rejects.toMatchObject({
      code: 'GRAPH_INVALID',
    });
    await test.finish();
    expect(numbers('out')).toEqual(upTo(FRAMES));
  });
});
