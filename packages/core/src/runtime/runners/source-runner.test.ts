import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualConsumer } from '../../../test/support/manual-consumer.js';
import { deferred, sleep } from '../../base/index.js';
import { StreamItem } from '../../kinds/index.js';
import type { FrameSource, Packet } from '../../kinds/index.js';
import { FrameLedger, VirtualClock, settle, untilAborted } from '../../testing/index.js';
import { Frame } from '../../vision/index.js';
import type { Timed } from '../../vision/index.js';
import type { ValueCheck } from '../checks/value-check.js';
import { NodeFigures } from '../figures/node-figures.js';
import { DROP_PAUSED, DROP_REPLACED_AT_SOURCE, DROP_STOPPED, SourceRunner } from './source-runner.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

interface SourceUnderTest {
  readonly runner: SourceRunner;
  readonly figures: NodeFigures;
  readonly clock: VirtualClock;
  readonly out: ManualConsumer;
  readonly failures: unknown[];
}

function aSource(
  source: FrameSource<Timed>,
  options: { live?: boolean; places?: number; clock?: VirtualClock; check?: ValueCheck } = {},
): SourceUnderTest {
  const { clock = new VirtualClock(), live = false, places = Number.POSITIVE_INFINITY } = options;
  const figures = new NodeFigures('source', 'test.source', false, clock);
  const failures: unknown[] = [];
  const runner = new SourceRunner({
    name: 'source',
    source,
    outputPort: 'out',
    live,
    ...(options.check === undefined ? {} : { check: options.check }),
    figures,
    clock,
    events: { packetFailed: () => {}, nodeFailed: (_node, error) => void failures.push(error) },
  });
  const out = new ManualConsumer(places);
  runner.outputs.get('out')?.connect(out);
  return { runner, figures, clock, out, failures };
}

/** Frames numbered from 0, made as they are read. */
function counting(count: number): () => Frame | undefined {
  let next = 0;
  return () => {
    if (next === count) return undefined;
    const sequence = next;
    next += 1;
    return ledger.frame({ sequence, timestampMs: sequence * 10 });
  };
}

describe('SourceRunner', () => {
  it('hands on what it reads, then ends', async () => {
    const { runner, out, figures } = aSource({ read: counting(3) });
    runner.begin();
    await runner.ended;
    expect([out.values, out.timestampsMs, out.ends]).toEqual([[0, 1, 2], [0, 10, 20], 1]);
    expect(figures.snapshot()).toMatchObject({ state: 'ended', in: 3, out: 3 });
  });

  it("keeps the sender's sequence, capture time and clock offset", async () => {
    let read = false;
    const { runner, out } = aSource({
      clockOffsetMs: 500,
      read: () => {
        if (read) return undefined;
        read = true;
        return ledger.frame({ sequence: 41, timestampMs: 7, capturedAtMs: 1234 });
      },
    });
    out.onAccept = ({ trace }) =>
      expect(trace).toEqual({ source: 'source', sequence: 41, capturedAtMs: 1234, clockOffsetMs: 500 });
    runner.begin();
    await runner.ended;
    expect(out.values).toEqual([41]);
  });

  it('takes the value out of an item that carries one, and gives it the place of the item', async () => {
    const value = { frameWidth: 4, frameHeight: 3, tracks: [] };
    const items = [5, 5].map((timestampMs, index) => {
      return new StreamItem({ sequence: index + 7, timestampMs, capturedAtMs: 90 + index }, value);
    });
    const { runner, out } = aSource({ read: () => items.shift() });
    const packets: Packet[] = [];
    out.onAccept = (packet) => void packets.push(packet);
    runner.begin();
    await runner.ended;
    expect(packets.map(({ value: carried }) => carried === value)).toEqual([true, true]);
    expect(packets).toMatchObject([
      { timestampMs: 5, trace: { sequence: 7, capturedAtMs: 90 } },
      { timestampMs: 5.001, trace: { sequence: 8, capturedAtMs: 91 } },
    ]);
  });

  it('checks and closes what an item carries, not the item', async () => {
    const refused = ledger.frame();
    const unplaced = ledger.frame();
    const items = [
      new StreamItem({ sequence: 0, timestampMs: 0, capturedAtMs: 0 }, refused),
      new StreamItem({ sequence: 1, timestampMs: Number.NaN, capturedAtMs: 0 }, unplaced),
    ];
    const check = (value: unknown): { found: string; mend: string } | undefined =>
      value instanceof Frame ? { found: 'a frame', mend: 'Allowed are others.' } : undefined;
    const { runner, figures, failures } = aSource({ read: () => items.shift() }, { check });
    runner.begin();
    await runner.ended;
    expect(figures.snapshot()).toMatchObject({ in: 1, out: 0 });
    expect(failures).toMatchObject([{ code: 'RUN_BAD_TIMESTAMP' }]);
    expect([refused.closed, unplaced.closed]).toEqual([true, true]);
  });

  it('makes timestamps strictly increase, and stamps the frames anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(0, 1, 5, 5.0005, 10, 3), { minLength: 1, maxLength: 12 }),
        async (timestampsMs) => {
          const rest = timestampsMs.map((timestampMs, sequence) => ledger.frame({ timestampMs, sequence }));
          const { runner, out } = aSource({ read: () => rest.shift() });
          out.onAccept = (packet) => expect((packet.value as Frame).timestampMs).toBe(packet.timestampMs);
          runner.begin();
          await runner.ended;
          expect(out.values).toEqual(timestampsMs.map((_, index) => index));
          let lastMs = Number.NEGATIVE_INFINITY;
          for (const [index, timestampMs] of out.timestampsMs.entries()) {
            expect(timestampMs).toBeGreaterThan(lastMs);
            expect(timestampMs).toBeGreaterThanOrEqual(timestampsMs[index] ?? Number.NaN);
            lastMs = timestampMs;
          }
          expect(ledger.open).toBe(0);
        },
      ),
    );
  });

  it('waits for its consumer without loss where it is not live', async () => {
    const { runner, out, figures } = aSource({ read: counting(3) }, { places: 0 });
    runner.begin();
    await settle();
    expect(ledger.made).toBe(1); // nothing is read ahead
    for (const expected of [[0], [0, 1], [0, 1, 2]]) {
      out.allow();
      await settle();
      expect(out.values).toEqual(expected);
    }
    await runner.ended;
    expect(figures.snapshot()).toMatchObject({ out: 3, dropped: {} });
  });

  it('keeps only the newest for its consumer where it is live, and counts the others', async () => {
    const { runner, out, figures } = aSource({ read: counting(4) }, { live: true, places: 0 });
    runner.begin();
    await runner.ended;
    expect([ledger.open, out.ends]).toEqual([1, 0]);
    out.allow();
    expect([out.values, out.ends]).toEqual([[3], 1]);
    expect(figures.snapshot()).toMatchObject({ in: 4, out: 1, dropped: { [DROP_REPLACED_AT_SOURCE]: 3 } });
  });

  it.each([
    ['answers at once', (): FrameSource => ({ read: () => ledger.frame() })],
    ['answers with settled promises', (): FrameSource => ({ read: () => Promise.resolve(ledger.frame()) })],
  ])('lets timers run while an endless source %s', async (_how, make) => {
    const { runner, clock } = aSource(make(), { clock: new VirtualClock() });
    let fired = false;
    setTimeout(() => (fired = true), 0);
    runner.begin();
    for (let turn = 0; turn < 100_000 && !fired; turn += 1) await settle();
    expect(fired).toBe(true);
    expect(clock.nowMs()).toBe(0);
    await runner.stop();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('cable pulled');
      },
    ],
    ['rejects', () => Promise.reject(new Error('cable pulled'))],
  ])('tells its run when reading %s, and ends its stream', async (_how, read) => {
    const { runner, out, figures, failures } = aSource({ read });
    runner.begin();
    await runner.ended;
    expect(failures).toMatchObject([{ message: 'cable pulled' }]);
    expect([out.ends, figures.state, figures.failed]).toEqual([1, 'failed', 1]);
  });

  it('fails rather than hands on a frame that is closed', async () => {
    const { runner, out, failures } = aSource({
      read: () => {
        const frame = ledger.frame();
        frame.close();
        return frame;
      },
    });
    runner.begin();
    await runner.ended;
    expect([out.values, failures]).toMatchObject([[], [{ code: 'CORE_FRAME_CLOSED' }]]);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY]])(
    'fails rather than hands on a frame stamped %d',
    async (timestampMs) => {
      const { runner, out, failures } = aSource({ read: () => ledger.frame({ timestampMs }) });
      runner.begin();
      await runner.ended;
      expect([out.values, failures]).toMatchObject([[], [{ code: 'RUN_BAD_TIMESTAMP', data: { node: 'source' } }]]);
    },
  );

  describe('stopping', () => {
    it('fires the signal of the read under way and waits for it', async () => {
      const order: string[] = [];
      const { runner, out, failures } = aSource({
        async read(signal) {
          await untilAborted(signal).catch(() => {});
          order.push('read settles');
          return undefined;
        },
      });
      runner.begin();
      await runner.stop();
      order.push('stopped');
      expect([order, out.ends, failures]).toEqual([['read settles', 'stopped'], 1, []]);
    });

    it('takes a read that rejects on its signal for a stop, not for a failure', async () => {
      const { runner, figures, failures } = aSource({ read: untilAborted });
      runner.begin();
      await runner.stop();
      await runner.ended;
      expect([figures.state, figures.failed, failures]).toEqual(['ended', 0, []]);
    });

    it('closes a frame that the read under way still brings', async () => {
      const last = deferred<Frame | undefined>();
      const { runner, out } = aSource({ read: () => last.promise });
      runner.begin();
      const stopped = runner.stop();
      last.resolve(ledger.frame());
      await stopped;
      expect([out.values, ledger.open]).toEqual([[], 0]);
    });

    it('lets a frame go that nobody has taken, and counts it', async () => {
      const { runner, out, figures } = aSource({ read: counting(9) }, { places: 0 });
      runner.begin();
      await settle();
      await runner.stop();
      out.allow();
      expect([out.values, ledger.open]).toEqual([[], 0]);
      expect(figures.snapshot()).toMatchObject({ in: 1, out: 0, dropped: { [DROP_STOPPED]: 1 } });
    });

    it('does nothing the second time, and ends an idle source that sleeps', async () => {
      const clock = new VirtualClock();
      const { runner } = aSource(
        {
          read: async (signal) => {
            await sleep(clock, 1e6, signal);
            return undefined;
          },
        },
        { clock },
      );
      runner.begin();
      await Promise.all([runner.stop(), runner.stop()]);
      expect(clock.pendingCount).toBe(0);
    });

    it('does not close the source under a read', async () => {
      const order: string[] = [];
      const last = deferred<Frame | undefined>();
      const { runner } = aSource({ read: () => last.promise, close: () => void order.push('closed') });
      runner.begin();
      runner.halt();
      const closed = runner.close();
      await settle();
      expect(order).toEqual([]);
      last.resolve(undefined);
      await closed;
      expect(order).toEqual(['closed']);
    });

    it('can be stopped and closed without ever having begun', async () => {
      let closed = false;
      const { runner } = aSource({ read: () => undefined, close: () => void (closed = true) });
      await runner.stop();
      await runner.close();
      expect(closed).toBe(true);
    });
  });
});

describe('SourceRunner of a source that gives by itself', () => {
  interface Fed extends SourceUnderTest {
    give(frame: Frame): void;
  }

  /** It is read for its end alone. */
  function aFedSource(options: { live?: boolean; places?: number } = {}): Fed {
    let taken: ((item: Timed) => void) | undefined;
    const source: FrameSource<Timed> = {
      feed: (give) => void (taken = give),
      read: async (signal) => {
        await untilAborted(signal);
        return undefined;
      },
    };
    const test = aSource(source, { live: true, ...options });
    test.runner.begin();
    return { ...test, give: (frame) => taken?.(frame) };
  }

  it('hands on what is given, in the turn in which it is', async () => {
    const { runner, out, figures, give } = aFedSource();
    for (const timestampMs of [10, 10, 12]) give(ledger.frame({ timestampMs, sequence: timestampMs }));
    expect([out.values, out.timestampsMs]).toEqual([
      [10, 10, 12],
      [10, 10.001, 12],
    ]);
    await runner.stop();
    expect(figures.snapshot()).toMatchObject({ state: 'ended', in: 3, out: 3 });
  });

  it('keeps only the newest for its consumer, and counts the others', async () => {
    const { runner, out, figures, give } = aFedSource({ places: 0 });
    for (let sequence = 0; sequence < 4; sequence += 1) give(ledger.frame({ sequence, timestampMs: sequence }));
    out.allow(1);
    expect(out.values).toEqual([3]);
    expect(figures.snapshot().dropped).toEqual({ [DROP_REPLACED_AT_SOURCE]: 3 });
    await runner.stop();
  });

  it('drops what comes while it is paused, and closes what comes after its end', async () => {
    const { runner, out, figures, give } = aFedSource();
    runner.pause();
    give(ledger.frame({ sequence: 1, timestampMs: 1 }));
    runner.resume();
    give(ledger.frame({ sequence: 2, timestampMs: 2 }));
    await runner.stop();
    give(ledger.frame({ sequence: 3, timestampMs: 3 }));
    expect([out.values, figures.snapshot().dropped]).toEqual([[2], { [DROP_PAUSED]: 1 }]);
  });

  it('fails on a frame without a place in its stream; who gave it does not hear of that', async () => {
    const { runner, out, figures, failures, give } = aFedSource();
    give(ledger.frame({ sequence: 7, timestampMs: Number.NaN }));
    await runner.ended;
    expect([out.values, out.ends, figures.state]).toEqual([[], 1, 'failed']);
    expect(failures).toMatchObject([{ code: 'RUN_BAD_TIMESTAMP' }]);
  });

  it('is not asked to give where it is not live: nobody could make it wait', async () => {
    const { runner, out, give } = aFedSource({ live: false });
    const frame = ledger.frame({});
    give(frame);
    expect(out.values).toEqual([]);
    frame.close();
    await runner.stop();
  });
});
