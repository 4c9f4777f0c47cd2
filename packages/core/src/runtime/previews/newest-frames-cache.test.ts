import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deferred } from '../../base/index.js';
import type { Deferred } from '../../base/index.js';
import type { EncodedImage, ImageEncoder, PreviewOptions } from '../../kinds/index.js';
import { FrameLedger } from '../../testing/index.js';
import type { Frame } from '../../vision/index.js';
import { NewestFramesCache } from './newest-frames-cache.js';
import { RunFrameCache } from './run-frame-cache.js';

/** Encodings that the test settles; each answers with which picture it was, and fails where two of one kind overlap. */
class ManualEncoder implements ImageEncoder {
  calls = 0;
  readonly #underWay = new Map<string, Deferred<void>>();

  async encode(frame: Frame, { quality, shortSide }: PreviewOptions): Promise<EncodedImage> {
    const key = `${frame.pictureId} ${quality} ${shortSide}`;
    expect(this.#underWay.has(key), 'one encoding at a time of one preview').toBe(false);
    this.calls += 1;
    const gate = deferred<void>();
    this.#underWay.set(key, gate);
    try {
      await gate.promise;
    } finally {
      this.#underWay.delete(key);
    }
    expect(frame.closed, 'whoever encodes owns the frame').toBe(false);
    return { bytes: Uint8Array.of(frame.data[0] ?? 0), width: frame.pictureId, height: quality };
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** Settles the encoding that began as the nth of those under way. */
  settle(nth: number, error?: Error): void {
    const gate = [...this.#underWay.values()][nth];
    if (error === undefined) gate?.resolve();
    else gate?.reject(error);
  }

  async settleAll(): Promise<void> {
    while (this.#underWay.size > 0) {
      for (const gate of this.#underWay.values()) gate.resolve();
      await settled();
    }
  }
}

const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 0));
const quality = 80;

function setup(options = {}): { ledger: FrameLedger; encoder: ManualEncoder; cache: NewestFramesCache } {
  const encoder = new ManualEncoder();
  return { ledger: new FrameLedger(), encoder, cache: new NewestFramesCache(encoder, options) };
}

describe('NewestFramesCache', () => {
  it('gives one promise to all who ask for the same, now and later', async () => {
    const { ledger, encoder, cache } = setup();
    const frame = ledger.frame();
    const clone = frame.clone();
    const [first, second] = [cache.get('camera', frame, { quality }), cache.get('camera', clone, { quality })];
    expect(second).toBe(first);
    frame.close();
    clone.close();
    expect(ledger.open).toBe(1); // that of the encoding
    await encoder.settleAll();
    expect((await first).width).toBe(clone.pictureId);
    expect(cache.get('camera', frame, { quality })).toBe(first); // closed, but its picture is there
    expect([encoder.calls, ledger.open, cache.size]).toEqual([1, 0, 1]);
    expect(cache.counts).toEqual({ encoded: 1, shared: 2 });
  });

  it('finds a restamped frame, and never takes another picture in the same memory for it', async () => {
    const { ledger, encoder, cache } = setup();
    const frame = ledger.frame({ sequence: 4, timestampMs: 40 });
    const image = cache.get('camera', frame, { quality });
    const later = frame.restamp(40.001);
    expect(cache.get('camera', later, { quality })).toBe(image);
    const next = new FrameLedger().frame({ sequence: 4, timestampMs: 40.001 }, later.data); // the source has begun anew
    expect(cache.get('camera', next, { quality })).not.toBe(image);
    later.close();
    await encoder.settleAll();
    expect(ledger.open).toBe(0);
  });

  it('tells qualities and sizes apart, and no size from all sizes', async () => {
    const { ledger, encoder, cache } = setup();
    using frame = ledger.frame();
    const asked = [{ quality: 1 }, { quality: 2 }, { quality: 1, shortSide: 240 }, { quality: 2, shortSide: 240 }];
    const images = asked.map((options) => cache.get('camera', frame, options));
    expect(new Set(images).size).toBe(4);
    expect(asked.map((options) => cache.get('camera', frame, options))).toEqual(images);
    await encoder.settleAll();
    expect(encoder.calls).toBe(4);
  });

  it('does not keep an encoding that failed', async () => {
    const { ledger, encoder, cache } = setup();
    using frame = ledger.frame();
    const image = cache.get('camera', frame, { quality });
    encoder.settle(0, new Error('no encoder today'));
    await expect(image).rejects.toThrow('no encoder today');
    expect(cache.size).toBe(0);
    const again = cache.get('camera', frame, { quality });
    await encoder.settleAll();
    await expect(again).resolves.toMatchObject({ width: frame.pictureId });
  });

  it('keeps the newest frames of each source, and the newest previews of each frame', async () => {
    const { ledger, encoder, cache } = setup({ framesPerSource: 2, previewsPerFrame: 3 });
    const frames = [1, 2, 3].map((sequence) => ledger.frame({ sequence }));
    for (const frame of frames) void cache.get('camera', frame, { quality });
    for (const frame of frames) void cache.get('screen', frame, { quality });
    await encoder.settleAll();
    expect([cache.size, encoder.calls]).toEqual([4, 3]); // the oldest was still under way when the screen asked
    for (const shortSide of [10, 20, 30, 40]) void cache.get('camera', frames[2] as Frame, { quality, shortSide });
    await encoder.settleAll();
    expect(cache.size).toBe(6);
    void cache.get('camera', frames[0] as Frame, { quality });
    await encoder.settleAll();
    expect(encoder.calls).toBe(8); // it had left
    for (const frame of frames) frame.close();
    expect(ledger.open).toBe(0);
  });

  it('answers those who wait when the source disconnects, and keeps nothing of it', async () => {
    const { ledger, encoder, cache } = setup();
    using frame = ledger.frame();
    const image = cache.get('camera', frame, { quality });
    const other = cache.get('screen', ledger.frame(), { quality });
    cache.forgetSource('camera');
    expect(cache.size).toBe(1);
    await encoder.settleAll();
    await expect(image).resolves.toMatchObject({ width: frame.pictureId });
    expect(cache.size).toBe(1);
    cache.clear();
    expect([cache.size, (await other).height]).toEqual([0, quality]);
  });

  it('fails for a closed frame that it does not have', async () => {
    const { ledger, cache } = setup();
    const frame = ledger.frame();
    frame.close();
    await expect(cache.get('camera', frame, { quality })).rejects.toMatchObject({ code: 'CORE_FRAME_CLOSED' });
    expect(cache.size).toBe(0);
  });

  it('keeps nothing that was asked for in a way that no encoder takes', async () => {
    const { ledger, encoder, cache } = setup();
    using frame = ledger.frame();
    for (const options of [{ quality: 0 }, { quality: 1.5 }, { quality: 101 }, { quality, shortSide: 0.5 }])
      void cache.get('camera', frame, options);
    expect(cache.size).toBe(0);
    await encoder.settleAll();
    expect(ledger.open).toBe(1);
  });

  it('closes every frame once, encodes one preview once at a time and forgets all, in any order of calls', async () => {
    const source = fc.constantFrom('camera', 'screen');
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('get' as const),
          source,
          frame: fc.nat(5),
          quality: fc.constantFrom(1, 2),
          shortSide: fc.constantFrom(undefined, 4),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const), nth: fc.nat(4), fails: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), source }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), frame: fc.nat(5) }) },
      { weight: 1, arbitrary: fc.constant({ do: 'wait' as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { ledger, encoder, cache } = setup({ framesPerSource: 3, previewsPerFrame: 2 });
        const frames = Array.from({ length: 6 }, (_, sequence) => ledger.frame({ sequence }, Uint8Array.of(sequence)));
        const answers: Promise<void>[] = [];
        for (const now of steps) {
          if (now.do === 'get') {
            const frame = frames[now.frame] as Frame;
            const options = {
              quality: now.quality,
              ...(now.shortSide === undefined ? {} : { shortSide: now.shortSide }),
            };
            answers.push(
              cache.get(now.source, frame, options).then(
                ({ width, height, bytes }) =>
                  expect([width, height, bytes[0]]).toEqual([frame.pictureId, now.quality, now.frame]),
                (error: unknown) => expect(String(error)).toMatch(/broken|after it was closed/),
              ),
            );
          } else if (now.do === 'settle') encoder.settle(now.nth, now.fails ? new Error('broken') : undefined);
          else if (now.do === 'forget') cache.forgetSource(now.source);
          else if (now.do === 'close') frames[now.frame]?.close();
          else await settled();
          expect(cache.size).toBeLessThanOrEqual(2 * 3 * 2);
        }
        for (const frame of frames) frame.close();
        await encoder.settleAll();
        await Promise.all(answers);
        expect([ledger.open, ledger.overReleased, encoder.underWay]).toEqual([0, 0, 0]);
        expect(cache.counts.encoded + cache.counts.shared).toBe(answers.length);
        cache.forgetSource('camera');
        cache.forgetSource('screen');
        expect(cache.size).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('RunFrameCache', () => {
  it("keeps a run's sources apart from those of another run, and takes them along when it ends", async () => {
    const { ledger, encoder, cache } = setup();
    const [first, second] = [new RunFrameCache(cache, 'a'), new RunFrameCache(cache, 'b')];
    for (const source of ['camera', 'screen']) void [first.connect(source), second.connect(source)];
    using frame = ledger.frame();
    const image = first.get('camera', frame, { quality });
    await encoder.settleAll();
    void first.get('screen', frame, { quality });
    void second.get('camera', frame, { quality });
    await encoder.settleAll();
    expect(cache.get('a/camera', frame, { quality })).toBe(image); // how a server finds it
    expect([cache.size, encoder.calls]).toEqual([3, 2]); // the last two asked for one picture at one time
    second.forgetSource('camera');
    expect(cache.size).toBe(2);
    first.clear();
    expect(cache.size).toBe(0);
  });

  it('keeps nothing of a source that has gone, for all that its last frames are still under way', async () => {
    const { ledger, encoder, cache } = setup();
    const previews = new RunFrameCache(cache, 'a');
    using frame = ledger.frame();
    const disconnect = previews.connect('camera');
    const before = previews.get('camera', frame, { quality });
    disconnect();
    const [first, second] = [previews.get('camera', frame, { quality }), previews.get('camera', frame, { quality })];
    expect([first, second]).toEqual([before, before]); // they still share one encoding
    await encoder.settleAll();
    await settled();
    expect([await first, cache.size, encoder.calls]).toEqual([await second, 0, 1]);
    previews.clear();
    const late = previews.get('camera', frame, { quality }); // whoever kept a clone for longer than the run
    await encoder.settleAll();
    await settled();
    expect([(await late).height, cache.size]).toEqual([quality, 0]);
  });

  it('keeps what is made of a source that takes the place of one of its name before that ends', async () => {
    const { ledger, encoder, cache } = setup();
    const previews = new RunFrameCache(cache, 'a');
    using frame = ledger.frame();
    const disconnectOld = previews.connect('camera');
    const disconnectNew = previews.connect('camera');
    disconnectOld();
    void previews.get('camera', frame, { quality });
    await encoder.settleAll();
    await settled();
    expect(cache.size).toBe(1);
    disconnectNew();
    expect(cache.size).toBe(0);
  });
});
