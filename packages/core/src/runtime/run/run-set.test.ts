import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { framesOf } from '../../../test/support/diary.js';
import { sleep } from '../../base/index.js';
import type { ProcessInfo } from '../../kinds/index.js';
import { FifoBuffer } from '../../nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, settle, sinkInto, sourceOf } from '../../testing/index.js';
import type { Collected, TestNode, TestRun, TestRunOptions } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const schema = {
  type: 'object',
  properties: { gain: { type: 'integer', maximum: 9, default: 1 }, model: { type: 'string', default: 'small' } },
  additionalProperties: false,
};
interface Config {
  readonly gain: number;
  readonly model: string;
}

/** What an amplifier may do otherwise than well. */
interface Moods {
  readonly workMs?: number;
  readonly open?: (config: Config, signal: AbortSignal) => Promise<void>;
  readonly takes?: (instance: number, config: Config) => boolean;
}

/** A camera, an amplifier that answers `[gain, model, packets it has seen]`, a sink; and what the amplifiers went through. */
function amplified(moods: Moods = {}, more: Partial<TestNode> = {}, options: Partial<TestRunOptions> = {}) {
  const lines: string[] = [];
  const got: Collected<[number, string, number]>[] = [];
  let instances = 0;
  const amplifier = nodeOf(({ clock, config: given }) => {
    let config = given as Config;
    let seen = 0;
    let calls = 0;
    const name = `${(instances += 1)}`;
    const number = instances;
    const say = (what: string): void =>
      void lines.push(`${name} ${what}${calls > 0 ? ' in the middle of a call' : ''}`);
    return {
      open: async (signal: AbortSignal) => {
        say('opens');
        await moods.open?.(config, signal);
      },
      async transform(_frame: Frame, { signal }: ProcessInfo) {
        calls += 1;
        seen += 1;
        const answer = [config.gain, config.model, seen];
        if (moods.workMs !== undefined) await sleep(clock, moods.workMs, signal);
        calls -= 1;
        return answer;
      },
      reconfigure(next: unknown) {
        say(`takes ${JSON.stringify(next)}`);
        if (moods.takes?.(number, next as Config) === false) return false;
        config = next as Config;
        return true;
      },
      close: () => say('closes'),
    };
  });
  const test = createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 5), 40) },
      amp: {
        kind: 'transform',
        nodeClass: amplifier,
        config: { gain: 1, model: 'small' },
        configSchema: schema,
        liveConfig: ['gain'],
        ...more,
      },
      out: { kind: 'sink', nodeClass: sinkInto(got) },
    },
    wires: [
      ['camera.out', 'amp.in'],
      ['amp.out', 'out.in'],
    ],
    ...options,
  });
  return { ...test, lines, values: () => got.map(({ value }) => value), sequences: () => got.map((g) => g.sequence) };
}

/** Starts the run and lets `ms` pass. */
async function runFor({ run, clock }: TestRun, ms: number): Promise<void> {
  await run.start();
  await clock.advance(ms);
}

describe('Run.set', () => {
  it('takes a live key over without a restart: state kept, nothing lost', async () => {
    const test = amplified();
    await runFor(test, 100);
    expect(await test.run.set('amp', 'gain', 5)).toBe(true);
    expect(test.run.graph.nodes.find(({ name }) => name === 'amp')?.config).toEqual({ gain: 5, model: 'small' });
    await test.finish();
    expect(test.values()).toEqual([1, 2, 3, 4, 5].map((seen) => [seen > 2 ? 5 : 1, 'small', seen]));
    expect(test.lines).toEqual(['1 opens', '1 takes {"gain":5,"model":"small"}', '1 closes']);
  });

  it('waits for the packet under way, and the next one waits for the change', async () => {
    const test = amplified({ workMs: 30 });
    await runFor(test, 50); // the first packet came at 40
    const set = test.run.set('amp', 'gain', 5);
    await settle();
    expect(test.lines).toEqual(['1 opens']);
    await test.clock.advance(20);
    expect(await set).toBe(true);
    await test.finish();
    expect(test.lines).toEqual(['1 opens', '1 takes {"gain":5,"model":"small"}', '1 closes']);
    expect(test.values().map(([gain]) => gain)).toEqual([1, 5, 5, 5, 5]);
  });

  it('does nothing where the value is what it was', async () => {
    const test = amplified();
    await runFor(test, 100);
    expect(await test.run.set('amp', 'model', 'small')).toBe(true);
    await test.finish();
    expect(test.lines).toEqual(['1 opens', '1 closes']);
  });

  it('brings the default back for undefined', async () => {
    const test = amplified({}, { config: { gain: 7, model: 'small' } });
    await runFor(test, 50);
    await test.run.set('amp', 'gain', undefined);
    await test.finish();
    expect(test.values().map(([gain]) => gain)).toEqual([7, 1, 1, 1, 1]);
  });

  it('restarts the node for any other key: the new one opens before the old one closes, and no packet is lost', async () => {
    const test = amplified({ workMs: 30 });
    await runFor(test, 50);
    const set = test.run.set('amp', 'model', 'large');
    await test.clock.advance(30);
    expect(await set).toBe(false);
    await test.finish();
    expect(test.lines).toEqual(['1 opens', '2 opens', '1 closes', '2 closes']);
    expect(test.values()).toEqual([
      [1, 'small', 1],
      [1, 'large', 1],
      [1, 'large', 2],
      [1, 'large', 3],
      [1, 'large', 4],
    ]);
    expect(test.sequences()).toEqual([0, 1, 2, 3, 4]);
  });

  it('restarts a node that does not take a live key, and those who took it are put back first', async () => {
    const test = amplified({ takes: (instance) => instance !== 2 }, { concurrency: 2 });
    await runFor(test, 50);
    expect(await test.run.set('amp', 'gain', 5)).toBe(false);
    await test.finish();
    expect(test.lines).toEqual([
      '1 opens',
      '2 opens',
      '1 takes {"gain":5,"model":"small"}',
      '2 takes {"gain":5,"model":"small"}',
      '1 takes {"gain":1,"model":"small"}',
      '3 opens',
      '4 opens',
      '1 closes',
      '2 closes',
      '3 closes',
      '4 closes',
    ]);
  });

  it('leaves the node as it was where the new one fails to open', async () => {
    const test = amplified({
      open: async ({ model }) => {
        await Promise.resolve();
        if (model === 'huge') throw new Error('no memory for it');
      },
    });
    await runFor(test, 100);
    await expect(test.run.set('amp', 'model', 'huge')).rejects.toMatchObject({
      code: 'RUN_NODE_OPEN',
      message: 'Node "amp" (test.amp) could not open, so the run goes on as it was: no memory for it',
    });
    expect(test.run.graph.nodes[1]?.config).toEqual({ gain: 1, model: 'small' });
    expect((await test.finish()).result).toBe('completed');
    expect(test.values().map(([, model, seen]) => [model, seen])).toEqual(
      [1, 2, 3, 4, 5].map((seen) => ['small', seen]),
    );
    expect(test.lines).toEqual(['1 opens', '2 opens', '2 closes', '1 closes']);
  });

  it('gives up when the run is stopped meanwhile, and leaves nothing open', async () => {
    const test = amplified({
      open: async ({ model }, signal) => {
        if (model === 'slow')
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
      },
    });
    await runFor(test, 100);
    const set = test.run.set('amp', 'model', 'slow');
    const refused = expect(set).rejects.toMatchObject({ code: 'CORE_ABORTED' });
    await settle();
    void test.run.stop();
    expect(await test.finish()).toMatchObject({ result: 'stopped', shutdownFailures: [] });
    await refused;
    expect(test.lines.toSorted()).toEqual(['1 closes', '1 opens', '2 closes', '2 opens']);
  });

  it('gives up after its limit where a packet does not come to its end', async () => {
    const test = amplified({ workMs: 5_000 }, {}, { limits: { changeMs: 100 } });
    await runFor(test, 50);
    const set = test.run.set('amp', 'gain', 5);
    const refused = expect(set).rejects.toMatchObject({ code: 'CORE_TIME_LIMIT' });
    await test.clock.advance(200);
    await refused;
    expect((await test.finish()).result).toBe('completed');
    expect(test.values().map(([gain]) => gain)).toEqual([1, 1, 1, 1, 1]);
  });

  it('makes one change after the other', async () => {
    const test = amplified({ workMs: 30 });
    await runFor(test, 50);
    const sets = [test.run.set('amp', 'model', 'a'), test.run.set('amp', 'gain', 2), test.run.set('amp', 'gain', 3)];
    await test.clock.advance(40);
    expect(await Promise.all(sets)).toEqual([false, true, true]);
    expect(test.run.graph.nodes[1]?.config).toEqual({ gain: 3, model: 'a' });
    await test.finish();
  });

  it('keeps nothing of the graphs that were, however many there were', async () => {
    const test = amplified();
    await runFor(test, 50);
    const former: WeakRef<object>[] = [];
    for (let gain = 2; gain <= 9; gain += 1) {
      expect(await test.run.set('amp', 'gain', gain)).toBe(true);
      former.push(new WeakRef(test.run.graph));
    }
    former.pop(); // the one that runs
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    await vi.waitFor(() => {
      collectGarbage();
      expect(former.filter((graph) => graph.deref() !== undefined)).toEqual([]);
    });
    expect(test.run.state).toBe('running');
    await test.finish();
  });

  it.each([
    ['a value that does not fit', 'amp', 'gain', 12, 'RUN_CONFIG_REFUSED'],
    ['a key that the type does not have', 'amp', 'gian', 2, 'RUN_CONFIG_REFUSED'],
    ['a node that is not there', 'apm', 'gain', 2, 'RUN_NODE_UNKNOWN'],
    ['a key that a source cannot take over', 'camera', 'device', 1, 'RUN_NOT_RESTARTABLE'],
  ])('refuses %s', async (_what, node, key, value, code) => {
    const test = amplified();
    await runFor(test, 50);
    await expect(test.run.set(node, key, value)).rejects.toMatchObject({ code });
    expect((await test.finish()).result).toBe('completed');
    expect(test.values()).toHaveLength(5);
  });

  it('refuses what comes before the start or after the end', async () => {
    const test = amplified();
    await expect(test.run.set('amp', 'gain', 2)).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' });
    await test.finish();
    await expect(test.run.set('amp', 'gain', 2)).rejects.toMatchObject({ code: 'RUN_NOT_RUNNING' });
  });

  it('restarts a buffer: what it held is closed and counted, and a join does not wait for it', async () => {
    const joined: Collected[] = [];
    const test = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(() => framesOf(ledger, 4), 10) },
        fifo: { kind: 'buffer', nodeClass: FifoBuffer, config: { capacity: 3, whenFull: 'block' } },
        slow: {
          kind: 'transform',
          nodeClass: nodeOf(({ clock }) => ({ transform: () => sleep(clock, 100).then(() => 1) })),
        },
        join: {
          kind: 'transform',
          inputs: ['a', 'b'],
          nodeClass: nodeOf(() => ({ transform: (value: unknown) => Object.keys(value as object) })),
        },
        direct: { kind: 'buffer', nodeClass: FifoBuffer, config: { capacity: 9, whenFull: 'block' } },
        out: { kind: 'sink', nodeClass: sinkInto(joined) },
      },
      wires: [
        ['camera.out', 'fifo.in'],
        ['fifo.out', 'slow.in'],
        ['slow.out', 'join.a'],
        ['camera.out', 'direct.in'],
        ['direct.out', 'join.b'],
        ['join.out', 'out.in'],
      ],
    });
    await runFor(test, 45); // all four are there: one in `slow`, three in the buffer
    expect(await test.run.set('fifo', 'capacity', 5)).toBe(false);
    expect((await test.finish()).result).toBe('completed');
    expect(test.node('fifo')).toMatchObject({ in: 4, out: 1, dropped: { restarted: 3 } });
    expect(joined.map(({ sequence }) => sequence)).toEqual([0]);
  });
});
