import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Extractor, FrameSource, Packet, PacketBuffer, Transform } from '../src/kinds/index.js';
import { DROP_UNMATCHED } from '../src/runtime/index.js';
import type { RunOutcome } from '../src/runtime/index.js';
import {
  FrameLedger,
  aHand,
  createTestRun,
  landmarksOf,
  nodeOf,
  sinkInto,
  sourceOf,
  valuePacketOf,
} from '../src/testing/index.js';
import type { Collected, TestNode, TestRun } from '../src/testing/index.js';
import type { Frame, LandmarkArray } from '../src/vision/index.js';

let ledger: FrameLedger;
beforeEach(() => {
  ledger = new FrameLedger();
});
afterEach(() => {
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
});

const FRAMES = 6;
/** The frame at which a node goes wrong. */
const BAD = 2;
const others = [0, 1, 3, 4, 5];

function frames(): Frame[] {
  return Array.from({ length: FRAMES }, (_, sequence) => ledger.frame({ sequence, timestampMs: sequence * 33 }));
}

function nanHand(): ReturnType<typeof landmarksOf> {
  const image: LandmarkArray = aHand().image.slice();
  image[8 * 4] = Number.NaN;
  return landmarksOf({ ...aHand(), image });
}

/** Runs frames through a node beside a healthy branch, joined again, and answers what arrived. */
async function runBeside(node: TestNode): Promise<{
  test: TestRun;
  outcome: RunOutcome;
  alone: number[];
  joined: number[];
}> {
  const alone: Collected[] = [];
  const joined: Collected[] = [];
  const test = createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: sourceOf(frames), outputs: { out: 'frame' } },
      bad: node,
      good: { kind: 'extractor', nodeClass: nodeOf((): Extractor => ({ extract: ({ sequence }) => sequence })) },
      both: {
        kind: 'transform',
        inputs: ['a', 'b'],
        nodeClass: nodeOf((): Transform => ({ transform: () => 'both' })),
      },
      alone: { kind: 'sink', nodeClass: sinkInto(alone) },
      joined: { kind: 'sink', nodeClass: sinkInto(joined) },
    },
    wires: [
      ['camera.out', 'bad.in'],
      ['camera.out', 'good.in'],
      ['bad.out', 'both.a'],
      ['good.out', 'both.b'],
      ['good.out', 'alone.in'],
      ['both.out', 'joined.in'],
    ],
  });
  const outcome = await test.finish();
  return {
    test,
    outcome,
    alone: alone.map(({ sequence }) => sequence),
    joined: joined.map(({ sequence }) => sequence),
  };
}

function extractor(type: string, wrong: (frame: Frame) => unknown, right: (frame: Frame) => unknown): TestNode {
  return {
    kind: 'extractor',
    outputs: { out: type },
    nodeClass: nodeOf((): Extractor => ({ extract: (frame) => (frame.sequence === BAD ? wrong : right)(frame) })),
  };
}

const someHands = (): unknown => landmarksOf(aHand());

describe('a node that answers what it may not', () => {
  it.each<[what: string, node: () => TestNode, found: string]>([
    ['a wrong type', () => extractor('landmarks/hand-21', () => 'a hand', someHands), 'a string'],
    [
      'NaN landmarks',
      () => extractor('landmarks/hand-21', nanHand, someHands),
      'NaN as x of point 8 ("indexTip") in "image" of track 0',
    ],
    [
      'a frame with a time of its own',
      () =>
        extractor(
          'frame',
          () => ledger.frame({ sequence: BAD, timestampMs: 5 }),
          (frame) => frame.clone(),
        ),
      'frame 2 with a timestampMs of its own (5 instead of 66)',
    ],
    [
      'a result with a time of its own',
      () => extractor('landmarks/hand-21', () => ({ ...landmarksOf(aHand()), timestampMs: 5 }), someHands),
      'a value with a timestampMs of its own (5 instead of 66)',
    ],
    [
      'two frames',
      () =>
        extractor(
          'frame',
          (frame) => [frame.clone(), frame.clone()],
          (frame) => frame.clone(),
        ),
      'an array of 2',
    ],
    [
      'two answers one after the other',
      () =>
        extractor(
          'any',
          function* twice(frame) {
            yield frame;
            yield frame;
          },
          someHands,
        ),
      'an iterator',
    ],
  ])('%s: is told by name, and costs that packet', async (_what, node, found) => {
    const { test, outcome, alone, joined } = await runBeside(node());
    expect(outcome.result).toBe('completed');
    expect(alone).toEqual([0, 1, 2, 3, 4, 5]);
    expect(joined).toEqual(others);
    expect(test.node('both').dropped[DROP_UNMATCHED]).toBeUndefined(); // a skip came in its place
    const { failed, out, lastFault } = test.node('bad');
    expect({ failed, out, code: lastFault?.code }).toEqual({ failed: 1, out: 5, code: 'RUN_BAD_ANSWER' });
    expect(lastFault?.message).toContain(`Node "bad" answered ${found} at output "out". `);
    expect(test.logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('fails the run where it never answers anything else', async () => {
    const { outcome } = await runBeside(extractor('landmarks/hand-21', nanHand, nanHand));
    expect(outcome).toMatchObject({ result: 'failed', error: { code: 'RUN_NOTHING_WORKED' } });
    expect(outcome.error?.message).toContain('"indexTip"');
  });

  it('does not bring down the process with a promise among its outputs that rejects', async () => {
    const node: TestNode = {
      kind: 'extractor',
      outputs: { left: 'any', right: 'any' },
      nodeClass: nodeOf((): Extractor => ({
        extract: ({ sequence }) => ({
          left: sequence === BAD ? Promise.reject(new Error('too late')) : sequence,
          right: sequence,
        }),
      })),
    };
    const left: Collected[] = [];
    const test = createTestRun({
      nodes: {
        camera: { kind: 'source', nodeClass: sourceOf(frames) },
        bad: node,
        left: { kind: 'sink', nodeClass: sinkInto(left) },
      },
      wires: [
        ['camera.out', 'bad.in'],
        ['bad.left', 'left.in'],
      ],
    });
    await test.finish();
    expect(left.map(({ value }) => value)).toEqual(others);
    expect(test.node('bad').lastFault?.message).toContain('answered a promise at output "left". Await it');
  });
});

describe('a source that reads what it may not', () => {
  it.each<[what: string, wrong: () => unknown, found: string]>([
    ['text', () => 'frame', 'a string'],
    ['null', () => null, 'null'],
    ['two frames at once', () => [ledger.frame(), ledger.frame()], 'an array of 2'],
    [
      'a value of another type',
      () => ({ sequence: 2, timestampMs: 66, capturedAtMs: 66 }),
      '"capturedAtMs" at output "out"',
    ],
  ])('%s: is told by name, and the stream goes on', async (_what, wrong, found) => {
    const results: Collected[] = [];
    const test = createTestRun({
      nodes: {
        camera: {
          kind: 'source',
          outputs: { out: 'frame' },
          nodeClass: nodeOf((): FrameSource => {
            const right = frames();
            let reads = 0;
            return {
              read: () => {
                reads += 1;
                return reads === 3 ? (wrong() as Frame) : right.shift();
              },
            };
          }),
        },
        results: { kind: 'sink', nodeClass: sinkInto(results) },
      },
      wires: [['camera.out', 'results.in']],
    });
    const outcome = await test.finish();
    expect(outcome.result).toBe('completed');
    expect(results.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5]);
    const { failed, lastFault } = test.node('camera');
    expect([failed, lastFault?.code]).toEqual([1, 'RUN_BAD_ANSWER']);
    expect(lastFault?.message).toContain(`Node "camera" answered `);
    expect(lastFault?.message).toContain(found);
  });
});

describe('a buffer that hands over what it may not', () => {
  /** Hands each packet on as `change` makes it. */
  function changing(change: (packet: Packet) => Packet, outputs: Record<string, string>): TestNode {
    return {
      kind: 'buffer',
      outputs,
      nodeClass: nodeOf((): PacketBuffer => {
        const waiting: Packet[] = [];
        return {
          accepting: true,
          get size() {
            return waiting.length;
          },
          push: (packet) => void waiting.push(packet),
          take: () => {
            const next = waiting.shift();
            return next === undefined ? undefined : change(next);
          },
          clear: () => void waiting.splice(0),
        };
      }),
    };
  }

  it.each<[what: string, change: (packet: Packet) => Packet, found: string]>([
    [
      'a value that is no window',
      (packet) => (packet.timestampMs === 66 ? valuePacketOf([1, 2], 66) : packet),
      'answered an array of 2 at output "out"',
    ],
    [
      'a packet of the past',
      (packet) => (packet.timestampMs === 66 ? valuePacketOf(packet.value, 1) : packet),
      'answered a packet of 1 ms after one of 33 ms',
    ],
  ])('%s: is told by name, and costs that packet', async (_what, change, found) => {
    const results: Collected[] = [];
    const windows = Array.from({ length: FRAMES }, (_, sequence) => ({
      sequence,
      timestampMs: sequence * 33,
      capturedAtMs: 0,
      packets: [],
      clone() {
        return this;
      },
      close() {},
    }));
    const test = createTestRun({
      nodes: {
        windows: { kind: 'source', nodeClass: sourceOf(windows) },
        keeper: changing(change, { out: 'window<any>' }),
        results: { kind: 'sink', nodeClass: sinkInto(results) },
      },
      wires: [
        ['windows.out', 'keeper.in'],
        ['keeper.out', 'results.in'],
      ],
    });
    const outcome = await test.finish();
    expect(outcome.result).toBe('completed');
    expect(results.map(({ sequence }) => sequence)).toEqual(others);
    expect(test.node('keeper').failed).toBe(1);
    expect(test.node('keeper').lastFault?.message).toContain(found);
  });

  it('ends the run where it hands over the same packet for ever', async () => {
    const endless = nodeOf((): PacketBuffer => {
      let held: Packet | undefined;
      return {
        accepting: true,
        get size() {
          return held === undefined ? 0 : 1;
        },
        push: (packet) => void (held = packet),
        take: () => held,
        clear: () => {},
      };
    });
    const test = createTestRun({
      nodes: {
        numbers: { kind: 'source', nodeClass: sourceOf([{ sequence: 0, timestampMs: 0, capturedAtMs: 0 }]) },
        keeper: { kind: 'buffer', nodeClass: endless },
        results: { kind: 'sink', nodeClass: sinkInto([]) },
      },
      wires: [
        ['numbers.out', 'keeper.in'],
        ['keeper.out', 'results.in'],
      ],
    });
    expect(await test.finish()).toMatchObject({ result: 'failed', error: { code: 'RUN_NODE_FAILED' } });
  });
});
