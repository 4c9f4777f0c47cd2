import { describe, expect, it } from 'vitest';
import { sleep } from '../src/base/index.js';
import type { Clock } from '../src/base/index.js';
import type { ProcessInfo } from '../src/kinds/index.js';
import { LatestBuffer } from '../src/nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, sinkInto, sourceOf } from '../src/testing/index.js';
import type { Collected, TestNode, TestRun } from '../src/testing/index.js';
import type { Frame } from '../src/vision/index.js';

// Mocked cameras on virtual time: what rate and age the runtime leaves of what the cameras bring.

const SECONDS = 60;
const ledger = new FrameLedger();

/** A camera that never ends; stamps its frames as they are due. */
function camera(intervalMs: number): TestNode {
  return {
    kind: 'source',
    live: true,
    nodeClass: sourceOf(function* (clock: Clock) {
      for (let sequence = 0; ; sequence += 1)
        yield ledger.frame({ sequence, timestampMs: clock.nowMs(), capturedAtMs: clock.nowMs() });
    }, intervalMs),
  };
}

/** Takes `serviceMs` for each frame; answers its number. `starts` gets the age of each as it begins. */
function extractor(serviceMs: number, concurrency = 1, starts: number[] = []): TestNode {
  return {
    kind: 'extractor',
    concurrency,
    nodeClass: nodeOf(({ clock }) => ({
      async extract(frame: Frame, { trace }: ProcessInfo) {
        starts.push(clock.nowMs() - trace.capturedAtMs);
        await sleep(clock, serviceMs);
        return frame.sequence;
      },
    })),
  };
}

const latest: TestNode = { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'newest' } };
const sink = (into: Collected<number>[]): TestNode => ({ kind: 'sink', nodeClass: sinkInto(into) });

/** Lets a run go on for a minute, then stops it. */
async function aMinuteOf({ run, clock, finish }: TestRun): Promise<void> {
  await run.start();
  await clock.advance(SECONDS * 1000);
  void run.stop();
  const outcome = await finish();
  expect(outcome).toMatchObject({ result: 'stopped', shutdownFailures: [] });
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
}

describe('a camera of 15 frames a second before an extractor of 100 ms', () => {
  async function run(concurrency: number): Promise<{ results: Collected<number>[]; previews: Collected<Frame>[] }> {
    const results: Collected<number>[] = [];
    const previews: Collected<Frame>[] = [];
    await aMinuteOf(
      createTestRun({
        nodes: {
          camera: camera(1000 / 15),
          preview: { kind: 'sink', nodeClass: sinkInto(previews) },
          buffer: latest,
          hands: extractor(100, concurrency),
          out: sink(results),
        },
        wires: [
          ['camera.out', 'preview.in'],
          ['camera.out', 'buffer.in'],
          ['buffer.out', 'hands.in'],
          ['hands.out', 'out.in'],
        ],
      }),
    );
    return { results, previews };
  }

  it('gives 9.8 results a second or more, while the preview gets all 15', async () => {
    const { results, previews } = await run(1);
    expect(results.length / SECONDS).toBeGreaterThanOrEqual(9.8);
    expect(previews.length).toBeGreaterThanOrEqual(15 * SECONDS - 1);
    expect(previews.map(({ sequence }) => sequence)).toEqual(previews.map((_, index) => index)); // none was lost
  });

  it('gives 14.8 results a second or more, in order, with two instances', async () => {
    const { results } = await run(2);
    expect(results.length / SECONDS).toBeGreaterThanOrEqual(14.8);
    expect(results.map(({ value }) => value)).toEqual(results.map((_, index) => index));
  });
});

describe('an endless fast reader before an extractor of 200 ms', () => {
  it('gives 4.95 results a second or more, of frames younger than 5 ms', async () => {
    const results: Collected<number>[] = [];
    const ages: number[] = [];
    await aMinuteOf(
      createTestRun({
        nodes: { reader: camera(1), buffer: latest, slow: extractor(200, 1, ages), out: sink(results) },
        wires: [
          ['reader.out', 'buffer.in'],
          ['buffer.out', 'slow.in'],
          ['slow.out', 'out.in'],
        ],
      }),
    );
    expect(results.length / SECONDS).toBeGreaterThanOrEqual(4.95);
    expect(Math.max(...ages)).toBeLessThan(5);
  });
});
