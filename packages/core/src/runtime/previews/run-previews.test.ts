import { inject, injectable } from 'inversify';
import { describe, expect, it } from 'vitest';
import { EncodedFrameCache } from '../../kinds/index.js';
import type { EncodedImage, ImageEncoder, ProcessInfo } from '../../kinds/index.js';
import { FrameLedger, createTestRun, sourceOf } from '../../testing/index.js';
import type { TestNode } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';
import { NewestFramesCache } from './newest-frames-cache.js';

const PREVIEW = { quality: 70 };

/** Looks at every frame as a viewer would. */
@injectable()
class Viewer {
  static seen: Promise<EncodedImage>[] = [];
  constructor(@inject(EncodedFrameCache) private readonly previews: EncodedFrameCache) {}
  async write(frame: Frame, { trace }: ProcessInfo): Promise<void> {
    const image = this.previews.get(trace.source, frame, PREVIEW);
    Viewer.seen.push(image);
    await image;
  }
}

const ledger = new FrameLedger();
const camera = (count: number, intervalMs: number): TestNode => ({
  kind: 'source',
  nodeClass: sourceOf(function* () {
    for (let sequence = 0; sequence < count; sequence += 1)
      yield ledger.frame({ sequence, timestampMs: sequence * intervalMs });
  }, intervalMs),
});

describe('the previews of a run', () => {
  it('are shared by its viewers, and leave with their source and at the latest with the run', async () => {
    Viewer.seen = [];
    let calls = 0;
    const encoder: ImageEncoder = {
      encode: async ({ width, height }) => {
        calls += 1;
        return await Promise.resolve({ bytes: new Uint8Array(1), width, height });
      },
    };
    const cache = new NewestFramesCache(encoder, { framesPerSource: 4 });
    const viewer: TestNode = { kind: 'sink', nodeClass: Viewer };
    const { run, clock, finish } = createTestRun({
      nodes: { short: camera(3, 40), long: camera(50, 40), left: viewer, right: viewer, other: viewer },
      wires: [
        ['short.out', 'left.in'],
        ['short.out', 'right.in'],
        ['long.out', 'other.in'],
      ],
      bind: (platform) => void platform.bind(EncodedFrameCache).toConstantValue(cache),
    });
    await run.start();
    await clock.advance(100);
    expect([cache.size, Viewer.seen.length, calls]).toEqual([4, 6, 4]); // two of each camera, seen by three
    expect(new Set(Viewer.seen).size).toBe(4);
    await clock.advance(500);
    expect(cache.size).toBe(4); // only those of the camera that goes on
    await finish();
    expect([cache.size, calls]).toEqual([0, 53]);
    expect([ledger.open, ledger.overReleased]).toEqual([0, 0]);
  });
});
