import { describe, expect, it } from 'vitest';
import { sleep } from '../src/base/index.js';
import type { Clock } from '../src/base/index.js';
import type { PacketWindow, ProcessInfo } from '../src/kinds/index.js';
import { LatestBuffer, WindowBuffer, WindowBufferConfig } from '../src/nodes/index.js';
import { FrameLedger, createTestRun, nodeOf, sinkInto, sourceOf } from '../src/testing/index.js';
import type { Collected, TestNode, TestNodeServices } from '../src/testing/index.js';
import type { Frame } from '../src/vision/index.js';

// A classifier of 300 ms that reads windows of 30 results beside an extractor of 15 ms, on virtual time: the slow branch
// must cost the fast one nothing, and must itself never wait for want of a window.

const SECONDS = 60;
const EXTRACTOR_MS = 15;
const CLASSIFIER_MS = 300;
const COUNT = 30;

/** What a classification is of. */
interface Classified {
  readonly sequences: readonly number[];
  /** Age of the newest result in the window when the classifier got it. */
  readonly newestAgeMs: number;
}

interface Rates {
  readonly extracted: readonly Collected<Frame>[];
  readonly classified: readonly Collected<Classified>[];
}

async function run(framesPerSecond: number, strideCount: number | undefined): Promise<Rates> {
  const ledger = new FrameLedger();
  const extracted: Collected<Frame>[] = [];
  const classified: Collected<Classified>[] = [];
  const camera: TestNode = {
    kind: 'source',
    live: true,
    nodeClass: sourceOf(function* (clock: Clock) {
      for (let sequence = 0; ; sequence += 1)
        yield ledger.frame({ sequence, timestampMs: clock.nowMs(), capturedAtMs: clock.nowMs() });
    }, 1000 / framesPerSecond),
  };
  // Answers the frame itself: its owners show that windows close every result that they held.
  const extractor: TestNode = {
    kind: 'extractor',
    nodeClass: nodeOf(({ clock }: TestNodeServices) => ({
      async extract(frame: Frame) {
        await sleep(clock, EXTRACTOR_MS);
        return frame;
      },
    })),
  };
  const classifier: TestNode = {
    kind: 'classifier',
    nodeClass: nodeOf(({ clock }: TestNodeServices) => ({
      async classify({ packets }: PacketWindow<Frame>, { trace }: ProcessInfo): Promise<Classified> {
        const newestAgeMs = clock.nowMs() - trace.capturedAtMs;
        await sleep(clock, CLASSIFIER_MS);
        return { sequences: packets.map(({ value }) => value.sequence), newestAgeMs };
      },
    })),
  };
  const latest: TestNode = { kind: 'buffer', nodeClass: LatestBuffer, config: { admit: 'newest' } };
  const {
    run: running,
    clock,
    finish,
  } = createTestRun({
    nodes: {
      camera,
      buffer: latest,
      extractor,
      extracted: { kind: 'sink', nodeClass: sinkInto(extracted) },
      ...(strideCount === undefined
        ? {}
        : {
            window: {
              kind: 'buffer',
              nodeClass: WindowBuffer,
              config: WindowBufferConfig.parse({ count: COUNT, strideCount }),
            },
            newest: latest,
            classifier,
            classified: { kind: 'sink', nodeClass: sinkInto(classified) },
          }),
    },
    wires: [
      ['camera.out', 'buffer.in'],
      ['buffer.out', 'extractor.in'],
      ['extractor.out', 'extracted.in'],
      ...(strideCount === undefined
        ? []
        : ([
            ['extractor.out', 'window.in'],
            ['window.out', 'newest.in'],
            ['newest.out', 'classifier.in'],
            ['classifier.out', 'classified.in'],
          ] as const)),
    ],
  });
  await running.start();
  await clock.advance(SECONDS * 1000);
  void running.stop('drop');
  expect(await finish()).toMatchObject({ result: 'stopped', shutdownFailures: [] });
  expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
  return { extracted, classified };
}

describe.each([30, 60, 200])('a camera of %d frames a second before an extractor of 15 ms', (framesPerSecond) => {
  it.each([1, 5, 30])(
    'a window of 30 with a classifier of 300 ms behind it (stride %d) takes nothing from extraction',
    async (strideCount) => {
      const alone = await run(framesPerSecond, undefined);
      const beside = await run(framesPerSecond, strideCount);
      const possible = Math.min(framesPerSecond, 1000 / EXTRACTOR_MS) * SECONDS;
      expect(alone.extracted.length).toBeGreaterThanOrEqual(0.98 * possible);
      expect(beside.extracted.length / alone.extracted.length).toBeGreaterThanOrEqual(0.98);
      // Not only as many: the very same results, each as old as without the other branch.
      const told = ({ extracted }: Rates): unknown[] => extracted.map(({ sequence, ageMs }) => [sequence, ageMs]);
      expect(told(beside)).toEqual(told(alone));
    },
  );

  it('the classifier is never idle where windows come faster than it works, and reads whole, newest windows', async () => {
    const { extracted, classified } = await run(framesPerSecond, 5);
    const firstMs = extracted[COUNT - 1]?.atMs ?? Number.NaN;
    expect(classified.length).toBeGreaterThanOrEqual(Math.floor(((SECONDS * 1000 - firstMs) / CLASSIFIER_MS) * 0.98));
    const order = extracted.map(({ sequence }) => sequence);
    for (const { value } of classified) {
      const begin = order.indexOf(value.sequences[0] ?? Number.NaN);
      expect(value.sequences).toEqual(order.slice(begin, begin + COUNT)); // no result is missing within a window
    }
    const perResultMs = 1000 / Math.min(framesPerSecond, 1000 / EXTRACTOR_MS);
    // At most a stride passes between two windows; what waits in `newest` is replaced by the next.
    expect(Math.max(...classified.map(({ value }) => value.newestAgeMs))).toBeLessThan(
      6 * perResultMs + EXTRACTOR_MS + 1,
    );
  });
});
