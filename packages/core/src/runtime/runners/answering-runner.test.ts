import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRunner, anInstance } from '../../../test/support/fake-instance.js';
import { ManualConsumer } from '../../../test/support/manual-consumer.js';
import { aFramePacket } from '../../../test/support/packets.js';
import { deferred, sleep } from '../../base/index.js';
import { FrameLedger, VirtualClock, settle, skipPacketOf, valuePacketOf } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';
import type { Consumer } from '../wires/consumer.js';
import { Outlet } from '../wires/outlet.js';
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
  describe('with one instance', () => {
    it('hands on the answer of a synchronous node in the same turn and closes the input', () => {
      const { runner, figures } = aRunner([anInstance((frame) => (frame as Frame).sequence * 10)]);
      const out = new ManualConsumer(1);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      expect(out.values).toEqual([10]);
      expect(figures.snapshot()).toMatchObject({ in: 1, out: 1, skipped: 0, failed: 0 });
    });

    it('hands on the answer of an asynchronous node', async () => {
      const { runner } = aRunner([anInstance(async (frame) => (await Promise.resolve(frame as Frame)).sequence)]);
      const out = new ManualConsumer(1);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      expect([out.values, input(runner).ready]).toEqual([[], false]);
      await settle();
      expect([out.values, input(runner).ready]).toEqual([[1], true]);
    });

    it('keeps timestamp and trace of the packet', () => {
      const { runner } = aRunner([anInstance(() => 'x')]);
      const out = new ManualConsumer(1);
      connect(runner, out);
      const packet = valuePacketOf('in', 5);
      out.onAccept = (answer) => expect(answer).toMatchObject({ timestampMs: 5, trace: packet.trace });
      input(runner).accept(packet);
      expect(out.timestampsMs).toEqual([5]);
    });

    it('is not ready again before its answer was handed over', () => {
      const { runner } = aRunner([anInstance((value) => value)]);
      const out = new ManualConsumer();
      connect(runner, out);
      let told = 0;
      input(runner).onReady = () => (told += 1);
      input(runner).accept(aFramePacket(ledger, 1));
      expect([input(runner).ready, told]).toEqual([false, 0]);
      out.allow();
      expect([input(runner).ready, told, out.values]).toEqual([true, 1, [1]]);
    });

    it('passes ownership on where the answer is the input', () => {
      const { runner } = aRunner([anInstance((value) => value)]);
      const out = new ManualConsumer(1);
      connect(runner, out);
      const packet = aFramePacket(ledger, 1);
      out.onAccept = (answer) => {
        expect(answer.value).toBe(packet.value);
        expect(packet.value.closed).toBe(false);
      };
      input(runner).accept(packet);
      expect(packet.value.closed).toBe(true);
    });

    it('makes a skip of an answer of nothing', () => {
      const { runner, figures } = aRunner([anInstance(() => undefined)]);
      const out = new ManualConsumer(1);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      expect([out.values, figures.skipped, figures.out]).toEqual([['skip'], 1, 0]);
    });

    it('skips no time a second time: a join gives up what it holds when it is emptied, and its partner comes later', () => {
      const { runner, figures } = aRunner([anInstance(() => 1)]);
      const out = new ManualConsumer(10);
      connect(runner, out);
      for (const timestampMs of [20, 20, 10, 21]) input(runner).accept(skipPacketOf(timestampMs));
      input(runner).accept(valuePacketOf('x', 22));
      input(runner).accept(skipPacketOf(22));
      expect(out.timestampsMs).toEqual([20, 21, 22]);
      expect(figures.skipped).toBe(2);
    });

    it('passes skips on without calling the node', () => {
      let calls = 0;
      const { runner, figures } = aRunner([anInstance(() => (calls += 1))]);
      const out = new ManualConsumer(1);
      connect(runner, out);
      input(runner).accept(skipPacketOf(3));
      expect([out.values, out.timestampsMs, calls, figures.in, figures.skipped]).toEqual([['skip'], [3], 0, 0, 1]);
    });

    it.each([
      [
        'throws',
        () => {
          throw new RangeError('too bright');
        },
      ],
      ['rejects', () => Promise.reject(new RangeError('too bright'))],
    ])('makes a skip of a packet for which the node %s, counts it and says so', async (_how, invoke) => {
      const { runner, figures, failures } = aRunner([anInstance(invoke)]);
      const out = new ManualConsumer(2);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      await settle();
      expect([out.values, input(runner).ready]).toEqual([['skip'], true]);
      expect(figures.snapshot()).toMatchObject({
        in: 1,
        out: 0,
        failed: 1,
        lastFault: { code: 'UNEXPECTED', message: 'too bright', atMs: 0 },
      });
      expect(failures).toMatchObject([{ message: 'too bright' }]);
    });

    it('takes a closed frame as an answer for a fault of the node', () => {
      const { runner, failures } = aRunner([
        anInstance((frame) => {
          (frame as Frame).close();
          return frame;
        }),
      ]);
      const out = new ManualConsumer(2);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      expect(out.values).toEqual(['skip']);
      expect(failures).toMatchObject([{ code: 'RUN_BAD_ANSWER' }]);
    });
  });

  describe('with several outputs', () => {
    it('hands each output its part, and a skip where there is none', () => {
      const { runner } = aRunner([anInstance(() => ({ left: 1 }))], { outputPorts: ['left', 'right'] });
      const [left, right] = [new ManualConsumer(1), new ManualConsumer(1)];
      connect(runner, left, 'left');
      connect(runner, right, 'right');
      input(runner).accept(aFramePacket(ledger, 1));
      expect([left.values, right.values]).toEqual([[1], ['skip']]);
    });

    it('is ready again only after all outputs were handed over', () => {
      const { runner } = aRunner([anInstance(() => ({ left: 1, right: 2 }))], { outputPorts: ['left', 'right'] });
      const [left, right] = [new ManualConsumer(), new ManualConsumer(1)];
      connect(runner, left, 'left');
      connect(runner, right, 'right');
      input(runner).accept(aFramePacket(ledger, 1));
      expect([right.values, input(runner).ready]).toEqual([[2], false]);
      left.allow();
      expect([left.values, input(runner).ready]).toEqual([[1], true]);
    });

    it('gives each output an owner of its own where one frame goes out twice', () => {
      const { runner } = aRunner([anInstance((frame) => ({ left: frame, right: frame }))], {
        outputPorts: ['left', 'right'],
      });
      const [left, right] = [new ManualConsumer(1), new ManualConsumer()];
      const open: boolean[] = [];
      for (const out of [left, right]) out.onAccept = (packet) => open.push(!(packet.value as Frame).closed);
      connect(runner, left, 'left');
      connect(runner, right, 'right');
      input(runner).accept(aFramePacket(ledger, 1));
      right.allow();
      expect(open).toEqual([true, true]);
    });

    it.each([
      ['no object', () => 5, '5'],
      ['null', () => null, 'null'],
      ['an object with an unknown output', () => ({ left: ledger.frame(), middle: ledger.frame() }), '"middle"'],
      ['a frame, which is no object by port name', () => ledger.frame(), 'left, right'],
    ])('takes %s as an answer for a fault of the node', (_what, invoke, told) => {
      const { runner, failures } = aRunner([anInstance(invoke)], { outputPorts: ['left', 'right'] });
      const [left, right] = [new ManualConsumer(1), new ManualConsumer(1)];
      connect(runner, left, 'left');
      connect(runner, right, 'right');
      input(runner).accept(aFramePacket(ledger, 1));
      expect([left.values, right.values]).toEqual([['skip'], ['skip']]);
      expect(failures).toMatchObject([{ code: 'RUN_BAD_ANSWER', message: expect.stringContaining(told) as string }]);
    });
  });

  describe('with several inputs', () => {
    it('closes every input but the one that is passed on', () => {
      const { runner } = aRunner([anInstance((inputs) => (inputs as { b: Frame }).b)], {
        inputPlan: { ports: ['a', 'b'], asObject: true },
      });
      const out = new ManualConsumer(1);
      connect(runner, out);
      input(runner, 'a').accept(aFramePacket(ledger, 1));
      const b = aFramePacket(ledger, 1);
      out.onAccept = (answer) => expect([answer.value, ledger.open]).toEqual([b.value, 1]);
      input(runner, 'b').accept(b);
      expect(out.values).toEqual([1]);
    });

    it('keeps nothing of a latest join once its first input has ended', async () => {
      const { runner } = aRunner([anInstance(() => 'x')], {
        inputPlan: { ports: ['a', 'b'], asObject: true, sync: 'latest' },
      });
      connect(runner, new ManualConsumer(9));
      input(runner, 'b').accept(aFramePacket(ledger, 1));
      input(runner, 'a').end();
      await runner.ended;
      expect(ledger.open).toBe(0);
    });
  });

  describe('with several instances', () => {
    it('keeps the order and never works on more packets than there are instances', async () => {
      const packet = fc.record({
        serviceMs: fc.nat({ max: 20 }),
        what: fc.constantFrom('value', 'value', 'synchronous', 'nothing', 'failure', 'skip'),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(packet, { minLength: 1, maxLength: 25 }),
          fc.integer({ min: 1, max: 4 }),
          fc.array(fc.nat({ max: 15 }), { minLength: 1, maxLength: 10 }),
          async (packets, concurrency, consumerPausesMs) => {
            const clock = new VirtualClock();
            let inFlight = 0;
            let mostInFlight = 0;
            const instances = Array.from({ length: concurrency }, () => {
              let called = false;
              return anInstance((frame, info) => {
                if (called) throw new Error('One instance was called twice at once.');
                const { serviceMs = 0, what } = packets[info.timestampMs] ?? {};
                const answer = what === 'nothing' ? undefined : frame;
                if (what === 'synchronous') return answer;
                called = true;
                inFlight += 1;
                mostInFlight = Math.max(mostInFlight, inFlight);
                return sleep(clock, serviceMs).then(() => {
                  called = false;
                  inFlight -= 1;
                  if (what === 'failure') throw new Error('bad frame');
                  return answer;
                });
              });
            });
            const { runner, figures, failures } = aRunner(instances, { clock });
            const out = new ManualConsumer(1);
            connect(runner, out);
            out.onAccept = (taken) => {
              clock.schedule(consumerPausesMs[taken.timestampMs % consumerPausesMs.length] ?? 0, () => out.allow());
            };
            const source = new Outlet();
            source.connect(input(runner));
            let next = 0;
            const feed = (): void => {
              while (!source.holds && next < packets.length) {
                source.offer(packets[next]?.what === 'skip' ? skipPacketOf(next) : aFramePacket(ledger, next));
                next += 1;
              }
              if (next === packets.length) source.end();
            };
            source.onHandedOver = feed;
            feed();
            await clock.advance(2000);
            await runner.ended;
            const emits = (what: string): boolean => what === 'value' || what === 'synchronous';
            expect(out.values).toEqual(packets.map(({ what }, index) => (emits(what) ? index : 'skip')));
            expect(out.timestampsMs).toEqual(packets.map((_, index) => index));
            expect(mostInFlight).toBeLessThanOrEqual(concurrency);
            expect(failures).toHaveLength(packets.filter(({ what }) => what === 'failure').length);
            expect(figures.in).toBe(packets.filter(({ what }) => what !== 'skip').length);
            expect([out.ends, ledger.open, ledger.overReleased]).toEqual([1, 0, 0]);
          },
        ),
        { numRuns: 150 },
      );
    });

    it('lets skips wait for their turn without a place of their own, and holds up their producer in the end', async () => {
      const answers = [deferred<unknown>(), deferred<unknown>()];
      const [first, second] = answers;
      const next = (): Promise<unknown> => answers.shift()?.promise ?? Promise.resolve();
      const { runner } = aRunner([anInstance(next), anInstance(next)]);
      const out = new ManualConsumer(1_000);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      let skips = 0;
      for (; input(runner).ready && skips < 1_000; skips += 1) input(runner).accept(skipPacketOf(2 + skips));
      expect(skips).toBe(256);
      first?.resolve('first');
      await settle();
      expect(out.values).toEqual(['first', ...Array.from({ length: skips }, () => 'skip')]);
      input(runner).accept(aFramePacket(ledger, 500));
      input(runner).accept(skipPacketOf(501));
      expect(input(runner).ready).toBe(true); // one place is taken, the other is free
      input(runner).accept(aFramePacket(ledger, 502));
      expect(input(runner).ready).toBe(false);
      second?.resolve('second');
      await settle();
      expect(out.values.slice(-3)).toEqual(['second', 'skip', 'skip']);
    });

    it('works side by side: the second answer waits for the first', async () => {
      const [first, second] = [deferred<unknown>(), deferred<unknown>()];
      const answers = [first, second];
      const next = (): Promise<unknown> => answers.shift()?.promise ?? Promise.resolve();
      const { runner } = aRunner([anInstance(next), anInstance(next)]);
      const out = new ManualConsumer(2);
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      input(runner).accept(aFramePacket(ledger, 2));
      expect(input(runner).ready).toBe(false);
      second.resolve('second');
      await settle();
      expect(out.values).toEqual([]);
      first.resolve('first');
      await settle();
      expect(out.values).toEqual(['first', 'second']);
    });
  });

  describe('with an instance that is down', () => {
    it('works on as many packets as others are up, and on one more as soon as it is back', async () => {
      const answers = [deferred<string>(), deferred<string>()];
      const seen: string[] = [];
      const answering = (name: string) => (): unknown => answers[seen.push(name) - 1]?.promise;
      const back = { ...anInstance(answering('back')), isDown: true, onUp: () => {} };
      const { runner } = aRunner([back, { ...anInstance(answering('well')), isDown: false }]);
      const out = new ManualConsumer(2);
      connect(runner, out);
      let told = 0;
      input(runner).onReady = () => (told += 1);
      input(runner).accept(aFramePacket(ledger, 1));
      expect([seen, input(runner).ready]).toEqual([['well'], false]);
      back.isDown = false;
      back.onUp();
      expect([told, input(runner).ready]).toEqual([1, true]);
      input(runner).accept(aFramePacket(ledger, 2));
      expect([seen, input(runner).ready]).toEqual([['well', 'back'], false]);
      for (const answer of answers) answer.resolve('x');
      await settle();
      expect(out.timestampsMs).toEqual([1, 2]);
    });

    it('takes packets one by one where no other is up', () => {
      const down = { ...anInstance(() => undefined), isDown: true };
      const { runner, figures } = aRunner([down, { ...down }]);
      const out = new ManualConsumer();
      connect(runner, out);
      input(runner).accept(aFramePacket(ledger, 1));
      expect([figures.skipped, input(runner).ready]).toEqual([1, false]);
      out.allow();
      expect(input(runner).ready).toBe(true);
    });
  });

  it('does not grow the stack with the number of packets', () => {
    const chain = Array.from({ length: 4 }, () => aRunner([anInstance((value) => value)]).runner);
    const sink = aRunner([anInstance(() => {})], { outputPorts: [] });
    for (const [index, runner] of chain.entries()) connect(runner, input(chain[index + 1] ?? sink.runner));
    const [first] = chain;
    if (first === undefined) throw new Error('no chain');
    const source = new Outlet();
    source.connect(input(first));
    let sent = 0;
    // A producer that answers its hand-over with the next packet at once, as a chain of synchronous nodes does.
    source.onIdle = () => {
      while (source.ready && sent < 50_000) source.offer(valuePacketOf('x', (sent += 1)));
    };
    source.onIdle();
    expect(sink.figures.in).toBe(50_000);
  });
});
