import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRunner, anInstance } from '../../../test/support/fake-instance.js';
import { ManualConsumer } from '../../../test/support/manual-consumer.js';
import { aFramePacket } from '../../../test/support/packets.js';
import { deferred, sleep } from '../../base/index.js';
import { FrameLedger, VirtualClock, settle } from '../../testing/index.js';
import type { Consumer } from '../wires/consumer.js';
import type { AnsweringRunner } from './answering-runner.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

function input(runner: AnsweringRunner, port = 'in'): Consumer {
  const consumer = runner.inputs.get(port);
  if (consumer === undefined) throw new Error(`No input ${port}`);
  return consumer;
}

function connect(runner: AnsweringRunner, consumer: Consumer, port = 'out'): void {
  runner.outputs.get(port)?.connect(consumer);
}

describe('AnsweringRunner', () => {
  describe('coming to rest', () => {
    it('ends after its last answer was handed over', async () => {
      const answer = deferred<unknown>();
      const { runner, figures } = aRunner([anInstance(() => answer.promise)]);
      const out = new ManualConsumer();
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      input(runner).end();
      answer.resolve('last');
      await settle();
      expect([out.ends, figures.state]).toEqual([0, 'created']);
      out.allow();
      expect([out.values, out.ends, figures.state]).toEqual([['last'], 1, 'ended']);
      await runner.ended;
    });

    it('waits for the call under way before it closes its instances', async () => {
      const order: string[] = [];
      const answer = deferred<unknown>();
      const { runner } = aRunner([anInstance(() => answer.promise, { close: () => void order.push('closed') })]);
      connect(runner, new ManualConsumer(1));
      input(runner).accept(aFramePacket(ledger, 1));
      runner.halt();
      const closed = runner.close();
      await settle();
      expect(order).toEqual([]);
      order.push('answered');
      answer.resolve(ledger.frame());
      await closed;
      expect(order).toEqual(['answered', 'closed']);
    });

    it('closes what waits and what comes too late once it is halted', async () => {
      const answer = deferred<unknown>();
      const invoke = (_frame: unknown, { timestampMs }: { timestampMs: number }): unknown =>
        timestampMs === 2 ? answer.promise : ledger.frame();
      const instances = [anInstance(invoke), anInstance(invoke), anInstance(invoke)];
      const { runner } = aRunner(instances);
      const out = new ManualConsumer();
      connect(runner, out);
      for (const timestampMs of [1, 2, 3]) input(runner).accept(aFramePacket(ledger, timestampMs));
      runner.halt();
      await runner.ended;
      expect(input(runner).ready).toBe(false);
      answer.resolve(ledger.frame());
      await settle();
      out.allow();
      expect([out.values, out.ends, ledger.open]).toEqual([[], 0, 0]);
      await runner.close();
    });

    it('closes all instances where one fails to close, and passes the failure on', async () => {
      let closed = 0;
      const close = (): void => {
        closed += 1;
        if (closed === 1) throw new Error('stuck');
      };
      const { runner } = aRunner([anInstance(() => 1, { close }), anInstance(() => 1, { close })]);
      await expect(runner.close()).rejects.toThrow('stuck');
      expect(closed).toBe(2);
    });

    it('flushes all instances', async () => {
      let flushed = 0;
      const flush = async (): Promise<void> => {
        await Promise.resolve();
        flushed += 1;
      };
      const { runner } = aRunner([anInstance(() => 1, { flush }), anInstance(() => 1, { flush })], { outputPorts: [] });
      await runner.flush();
      expect(flushed).toBe(2);
    });

    it('waits with a failed opening until every instance has settled', async () => {
      const slow = deferred<void>();
      const { runner } = aRunner([
        anInstance(() => 1, { open: () => Promise.reject(new Error('no model')) }),
        anInstance(() => 1, { open: () => slow.promise }),
      ]);
      let settled = false;
      const opened = runner.open(new AbortController().signal).finally(() => (settled = true));
      const failure = expect(opened).rejects.toThrow('no model');
      await settle();
      expect(settled).toBe(false);
      slow.resolve();
      await failure;
    });
  });

  it('tells waiting, working and handing over apart, and the age at a sink', async () => {
    const clock = new VirtualClock();
    const { runner, figures } = aRunner([anInstance(() => sleep(clock, 20).then(() => 'x'))], { clock });
    const out = new ManualConsumer();
    connect(runner, out);
    await clock.advance(10);
    input(runner).accept(aFramePacket(ledger, 4));
    await clock.advance(50);
    out.allow();
    expect(figures.waitMs.summary()).toMatchObject({ count: 1, max: 10 });
    expect(figures.workMs.summary()).toMatchObject({ count: 1, max: 20 });
    expect(figures.handOverMs.summary()).toMatchObject({ count: 1, max: 30 });
    expect(figures.snapshot().ageMs).toBeUndefined();

    const sink = aRunner([anInstance(() => {})], { clock, outputPorts: [] });
    input(sink.runner).accept(aFramePacket(ledger, 4));
    expect(sink.figures.snapshot().ageMs).toMatchObject({ count: 1, max: 56 });
  });
});
