import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { deferred } from '../../base/index.js';
import { GRAPH_FORMAT } from '../../graph/index.js';
import type { GraphDocument } from '../../graph/index.js';
import { LatestBuffer } from '../../nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, settle, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode, TestRun } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const FRAMES = 60;
const LIMITS = { changeMs: 300, drainMs: 200, releaseMs: 100, stopSourceMs: 100 };

/** What comes of asking a node to take this gain over. */
type Takes = (node: string, gain: number) => Promise<boolean>;

interface Config {
  readonly gain: number;
}

/**
 * camera > a > b > out, with a frame each 40 ms; `a` and `b` multiply what comes by their gain, 1 at first, and change it
 * once `takes` says so. A call of either that begins while another one is under way fails.
 */
function multiplied(takes: Takes, work: (node: string, value: number) => Promise<void> = () => Promise.resolve()) {
  const got: Collected<number>[] = [];
  const lines: string[] = [];
  const multiplier = (name: string): TestNode => ({
    kind: 'transform',
    liveConfig: ['gain'],
    configSchema: { type: 'object', properties: { gain: { type: 'integer', default: 1 } } },
    nodeClass: nodeOf(({ config }) => {
      let { gain } = config as Config;
      let isBusy = false;
      const alone = async <T>(call: () => Promise<T>): Promise<T> => {
        if (isBusy) throw new Error('Called in the middle of a call.');
        isBusy = true;
        const answer = await call();
        isBusy = false;
        return answer;
      };
      return {
        transform: (value: number | Frame) =>
          alone(async () => {
            const factor = typeof value === 'number' ? value : value.sequence;
            await work(name, factor);
            return gain * factor;
          }),
        reconfigure: (next: unknown) =>
          alone(async () => {
            const { gain: nextGain } = next as Config;
            lines.push(`${name} is asked for ${nextGain}`);
            const isTaken = await takes(name, nextGain);
            if (isTaken) gain = nextGain;
            return isTaken;
          }),
        close: () => void lines.push(`${name} closes`),
      };
    }),
  });
  const types: Record<string, TestNode> = {
    camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, FRAMES), 40) },
    a: multiplier('a'),
    b: multiplier('b'),
    sink: { kind: 'sink', nodeClass: sinkInto(got) },
  };
  const document = (gainOfA: number, gainOfB: number): GraphDocument => ({
    kinegraph: GRAPH_FORMAT,
    nodes: {
      camera: { type: 'test.camera' },
      a: { type: 'test.a', config: { gain: gainOfA } },
      b: { type: 'test.b', config: { gain: gainOfB } },
      out: { type: 'test.sink' },
    },
    wires: [
      ['camera.out', 'a.in'],
      ['a.out', 'b.in'],
      ['b.out', 'out.in'],
    ],
  });
  const test = createTestRun({ document: document(1, 1), types, limits: LIMITS });
  /** Which frames came out otherwise than times one. */
  const changed = (): number[] => got.filter(({ value, sequence }) => value !== sequence).map((g) => g.sequence);
  return { ...test, got, lines, document, changed };
}

async function runFor({ run, clock }: TestRun, ms: number): Promise<void> {
  await run.start();
  await clock.advance(ms);
}

const forever = (): Promise<never> => new Promise(() => {});

describe('A node that never answers whether it takes its change over', () => {
  it.each(['drain', 'drop'] as const)('is given up after the limit, and the run can stop (%s)', async (mode) => {
    const test = multiplied(forever);
    await runFor(test, 100);
    const refused = expect(test.run.set('b', 'gain', 2)).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    await test.clock.advance(LIMITS.changeMs);
    await refused;
    void test.run.stop(mode);
    const { result, shutdownFailures } = await test.finish();
    expect([result, shutdownFailures.map(({ data }) => data.step)]).toEqual(['stopped', ['b.close']]);
    expect(test.lines).toEqual(['b is asked for 2', 'a closes']); // nothing is closed while a call into it is under way
  });

  it('does not hold up a stop that comes meanwhile', async () => {
    const test = multiplied(forever);
    await runFor(test, 100);
    const refused = expect(test.run.set('b', 'gain', 2)).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    await settle();
    void test.run.stop('drop');
    expect((await test.finish()).result).toBe('stopped');
    await refused;
    expect(test.clock.nowMs()).toBeLessThan(LIMITS.changeMs);
  });

  it.each(['source', 'buffer'] as const)('is given up where it is a %s, too', async (kind) => {
    const stubborn =
      kind === 'source'
        ? nodeOf(() => ({ read: forever, reconfigure: forever }))
        : nodeOf(({ metrics }) =>
            Object.assign(new LatestBuffer({ admit: 'newest' }, metrics), { reconfigure: forever }),
          );
    const more = { configSchema: {}, config: { admit: 'newest' }, liveConfig: ['admit'], nodeClass: stubborn };
    const camera: TestNode = { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, FRAMES), 40) };
    const out: TestNode = { kind: 'sink', nodeClass: sinkInto([]) };
    const test = createTestRun({
      nodes: kind === 'source' ? { node: { kind, ...more }, out } : { camera, node: { kind, ...more }, out },
      wires: [...(kind === 'source' ? [] : [['camera.out', 'node.in'] as const]), ['node.out', 'out.in']],
      limits: LIMITS,
    });
    await runFor(test, 10);
    const refused = expect(test.run.set('node', 'admit', 'fresh')).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    await test.clock.advance(LIMITS.changeMs);
    await refused;
    void test.run.stop('drop');
    expect((await test.finish()).result).toBe('stopped');
  });
});

describe('A node that takes its change over only after that was given up', () => {
  it('is put back first, and gets no packet before; what is asked next waits for that', async () => {
    const late = deferred<boolean>();
    const test = multiplied((_node, gain) => (gain === 2 ? late.promise : Promise.resolve(true)));
    await runFor(test, 100);
    const refused = expect(test.run.set('b', 'gain', 2)).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    await test.clock.advance(500);
    await refused;
    expect(test.got).toHaveLength(2);
    const next = test.run.set('b', 'gain', 3);
    await settle();
    late.resolve(true);
    expect(await next).toBe(true);
    await test.finish();
    expect(test.lines.slice(0, 3)).toEqual(['b is asked for 2', 'b is asked for 1', 'b is asked for 3']);
    expect(test.got.map(({ value }) => value)).toEqual(
      Array.from({ length: FRAMES }, (_, frame) => (frame < 2 ? frame : 3 * frame)),
    );
    expect(test.node('b').failed).toBe(0);
  });

  it('goes on as it was where nothing else is asked', async () => {
    const late = deferred<boolean>();
    const test = multiplied((_node, gain) => (gain === 2 ? late.promise : Promise.resolve(true)));
    await runFor(test, 100);
    const refused = expect(test.run.set('b', 'gain', 2)).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    await test.clock.advance(500);
    await refused;
    late.resolve(true);
    expect((await test.finish()).result).toBe('completed');
    expect([test.changed(), test.got.length, test.node('b').failed]).toEqual([[], FRAMES, 0]);
  });
});

describe('Taking a change back', () => {
  it.each([false, true])('does not wait for a node in a call that hangs (the run stops: %s)', async (isStopped) => {
    const hangs = deferred<void>();
    const test = multiplied(
      (node) => (node === 'a' ? Promise.resolve(true) : forever()),
      (node, frame) => (node === 'a' && frame === 2 ? hangs.promise : Promise.resolve()),
    );
    await runFor(test, 100);
    const applied = test.run.apply(test.document(4, 2));
    const refused = expect(applied).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    await test.clock.advance(LIMITS.changeMs + LIMITS.releaseMs);
    await refused;
    expect(test.lines).toEqual(['a is asked for 4', 'b is asked for 2']);
    if (isStopped) void test.run.stop('drop');
    else hangs.resolve();
    await test.clock.advance(LIMITS.releaseMs);
    hangs.resolve();
    await settle();
    // Where the run goes on it is put back as soon as it is back; one that is being closed is asked for nothing.
    expect(test.lines.slice(2)).toEqual([isStopped ? 'a closes' : 'a is asked for 1']);
    if (!isStopped) void test.run.stop('drop');
    expect((await test.finish()).result).toBe('stopped');
  });
});
