import { inject, injectable } from 'inversify';
import { describe, expect, it } from 'vitest';
import type { Extractor, NodeClass, Transform } from '../src/kinds/index.js';
import type { RunOutcome } from '../src/runtime/index.js';
import { FrameLedger, createTestRun, nodeOf, sinkInto } from '../src/testing/index.js';
import type { TestRun } from '../src/testing/index.js';
import { Frame, FramePool, FramesUnclosedError } from '../src/vision/index.js';

const FRAMES = 3;

/** A camera whose frames are of the pool that it asks for. */
@injectable()
class PoolCamera {
  #sequence = 0;
  constructor(@inject(FramePool) private readonly pool: FramePool) {}
  read(): Frame | undefined {
    if (this.#sequence === FRAMES) return undefined;
    const sequence = this.#sequence;
    this.#sequence += 1;
    const info = {
      sequence,
      timestampMs: sequence * 33,
      capturedAtMs: 0,
      width: 2,
      height: 2,
      format: 'rgba8',
    } as const;
    return new Frame(info, this.pool.acquire(16));
  }
}

function testRun(keeper: NodeClass): TestRun {
  return createTestRun({
    nodes: {
      camera: { kind: 'source', nodeClass: PoolCamera, outputs: { out: 'frame' } },
      keeper: { kind: 'extractor', nodeClass: keeper },
      aside: { kind: 'transform', nodeClass: nodeOf((): Transform => ({ transform: (frame) => frame })) },
      results: { kind: 'sink', nodeClass: sinkInto([]) },
      more: { kind: 'sink', nodeClass: sinkInto([]) },
    },
    wires: [
      ['camera.out', 'keeper.in'],
      ['camera.out', 'aside.in'],
      ['keeper.out', 'results.in'],
      ['aside.out', 'more.in'],
    ],
  });
}

function unclosedOf({ shutdownFailures }: RunOutcome): FramesUnclosedError | undefined {
  const causes = shutdownFailures.map(({ cause }) => cause);
  return causes.find((cause): cause is FramesUnclosedError => cause instanceof FramesUnclosedError);
}

describe('in development', () => {
  it('says nothing where every frame was closed', async () => {
    const test = testRun(nodeOf((): Extractor => ({ extract: ({ sequence }) => sequence })));
    expect((await test.finish()).shutdownFailures).toEqual([]);
  });

  it.each<[how: string, keeper: (kept: Frame[]) => NodeClass]>([
    [
      'clones at once',
      (kept) =>
        nodeOf((): Extractor => ({
          extract: function keepFrame(frame) {
            kept.push(frame.clone());
            return 1;
          },
        })),
    ],
    [
      'clones later on',
      (kept) =>
        nodeOf((): Extractor => ({
          extract: async function keepFrame(frame) {
            await Promise.resolve();
            kept.push(frame.clone());
            return 1;
          },
        })),
    ],
    [
      'takes from its pool',
      (kept) => {
        @injectable()
        class Taker {
          constructor(@inject(FramePool) private readonly pool: FramePool) {}
          extract(frame: Frame): number {
            return this.keepFrame(frame);
          }
          keepFrame(frame: Frame): number {
            kept.push(new Frame(frame, this.pool.acquire(16)));
            return 1;
          }
        }
        return Taker;
      },
    ],
  ])('tells of the frames that a node %s and never closes, with the place', async (_how, keeper) => {
    const kept: Frame[] = [];
    const test = testRun(keeper(kept));
    const outcome = await test.finish();
    const error = unclosedOf(outcome);
    expect(outcome.result).toBe('completed');
    expect(error?.data.frames).toHaveLength(FRAMES);
    expect(error?.data.frames.map(({ holder }) => holder)).toEqual(
      Array.from({ length: FRAMES }, () => ({ runId: 'test', node: 'keeper' })),
    );
    expect(error?.message).toMatch(/^3 frames were not closed by node "keeper"\. .* Taken at .*keepFrame/);
    expect(
      test.logged.some(({ level, message }) => level === 'warn' && message.includes('not closed by node "keeper"')),
    ).toBe(true);
    for (const frame of kept) frame.close();
  });
});

it('the ledger of a test tells where an owner was taken, and counts releases without one', () => {
  const ledger = new FrameLedger();
  const frame = ledger.frame();
  const { memory } = frame;
  const clone = frame.clone();
  frame.close();
  expect(ledger.unclosed.map(({ takenAt }) => takenAt.split('\n')[0])).toEqual([
    expect.stringContaining('unclosed-frames'),
  ]);
  memory.release();
  clone.close();
  expect([ledger.open, ledger.overReleased, ledger.unclosed]).toEqual([0, 1, []]);
});
