import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Inlets } from '../../kinds/index.js';
import type { FrameReceiver } from '../../kinds/index.js';
import { FrameLedger, createTestRun, settle, sinkInto } from '../../testing/index.js';
import type { Collected, TestRun } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';
import { FramesSource, FramesSourceConfig } from './frames-source.js';
import { OpenInlets } from './open-inlets.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

interface Started extends TestRun {
  readonly inlets: OpenInlets;
  readonly receiver: FrameReceiver;
  readonly arrived: Collected<Frame>[];
}

async function started(serviceMs = 0): Promise<Started> {
  const inlets = new OpenInlets();
  const arrived: Collected<Frame>[] = [];
  const test = createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: FramesSource, live: true, config: FramesSourceConfig.parse({}) },
      out: { kind: 'sink', nodeClass: sinkInto(arrived, serviceMs) },
    },
    wires: [['camera.out', 'out.in']],
    bind: (platform) => void platform.bind(Inlets).toConstantValue(inlets),
  });
  await test.run.start();
  await settle();
  const receiver = inlets.find('test', 'camera');
  if (receiver?.takes !== 'frames') throw new Error('The source is not open.');
  return { ...test, inlets, receiver, arrived };
}

const stateOf = (test: TestRun): unknown => test.node('camera').connection?.state;

describe('core.source.frames', () => {
  it('stamps frames with their capture time on the clock of the run', async () => {
    const test = await started();
    await test.clock.advance(1000);
    test.receiver.push(ledger.frame({ sequence: 5, capturedAtMs: 70_960 }), -70_000);
    await settle();
    expect(test.arrived).toMatchObject([{ sequence: 5, timestampMs: 960, ageMs: 40 }]);
    await test.run.stop();
  });

  it.each([
    ['ahead of now', 1001],
    ['longer ago than can be', -9001],
  ])('takes the time of arrival for one that was captured %s', async (_what, capturedAtMs) => {
    const test = await started();
    await test.clock.advance(1000);
    test.receiver.push(ledger.frame({ capturedAtMs }), 0);
    await settle();
    expect(test.arrived[0]?.timestampMs).toBe(1000);
    await test.run.stop();
  });

  it.each([
    ['ahead of now', 1001, 0, 0],
    ['a while ago', -19_000, 0, 20_000],
    ['before there was anything', -5_000_000, 0, 0],
    ['in no time at all', 1.7e308, 1.7e308, undefined],
  ])('tells an age that can be of a frame that was captured %s', async (_what, capturedAtMs, offsetMs, ageMs) => {
    const test = await started();
    await test.clock.advance(1000);
    test.receiver.push(ledger.frame({ capturedAtMs }), offsetMs);
    await settle();
    const age = test.arrived[0]?.ageMs;
    expect(Number.isFinite(age)).toBe(true);
    if (ageMs !== undefined) expect(age).toBe(ageMs);
    await test.run.stop();
  });

  it('goes on by the time of arrival when the clock of the sender jumps back', async () => {
    const test = await started();
    await test.clock.advance(1000);
    for (const capturedAtMs of [990, 400, 450]) {
      test.receiver.push(ledger.frame({ capturedAtMs }), 0);
      await settle();
      await test.clock.advance(30);
    }
    expect(test.arrived.map(({ timestampMs }) => timestampMs)).toEqual([990, 1030, 1060]);
    await test.run.stop();
  });

  it('keeps only the newest frame while nobody takes it, and counts the others', async () => {
    const test = await started(100);
    for (let sequence = 0; sequence < 5; sequence += 1)
      test.receiver.push(ledger.frame({ sequence, capturedAtMs: 0 }), 0);
    await settle();
    await test.clock.advance(250);
    expect(test.arrived.at(-1)?.sequence).toBe(4);
    const { dropped } = test.node('camera');
    expect(test.arrived.length + (dropped['replaced'] ?? 0)).toBe(5);
    await test.run.stop();
  });

  it('tells how it is connected', async () => {
    const test = await started();
    const states = [stateOf(test)];
    const step = async (act: () => void, waitMs = 0): Promise<void> => {
      act();
      await settle();
      if (waitMs > 0) await test.clock.advance(waitMs);
      states.push(stateOf(test));
    };
    const push = (): void => test.receiver.push(ledger.frame(), 0);
    await step(() => test.receiver.connected(true));
    await step(push, 1999);
    await step(push, 1999);
    await step(() => {}, 1);
    await step(push);
    await step(() => test.receiver.connected(false), 5000);
    expect(states).toEqual(['waiting', 'waiting', 'live', 'live', 'stalled', 'live', 'waiting']);
    await test.run.stop();
  });

  it('has no inlet once it is closed, and closes what still comes', async () => {
    const test = await started();
    await test.run.stop();
    expect(test.inlets.find('test', 'camera')).toBeUndefined();
    test.receiver.push(ledger.frame(), 0);
    test.receiver.connected(true);
  });
});

describe('OpenInlets', () => {
  it('finds the newest source of a name, and the older one again when that is closed', () => {
    const inlets = new OpenInlets();
    const [first, second]: [FrameReceiver, FrameReceiver] = [
      { takes: 'frames', push: () => {}, connected: () => {}, isOpen: true },
      { takes: 'frames', push: () => {}, connected: () => {}, isOpen: true },
    ];
    const firstInlet = inlets.open('run', 'camera', first);
    const secondInlet = inlets.open('run', 'camera', second);
    expect(inlets.find('run', 'camera')).toBe(second);
    secondInlet[Symbol.dispose]();
    secondInlet[Symbol.dispose]();
    expect(inlets.find('run', 'camera')).toBe(first);
    firstInlet[Symbol.dispose]();
    expect(inlets.find('run', 'camera')).toBeUndefined();
  });
});
