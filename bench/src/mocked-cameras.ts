import { setTimeout as wait } from 'node:timers/promises';
import {
  Clock,
  Frame,
  UncountedMemory,
  inject,
  injectable,
  type FrameSource,
  type ProcessInfo,
  ageMs,
} from '@kinegraph/core/plugin';
import type { Benchmark, Figure } from './benchmark.js';
import { inlineExtractor, inlinePlugin, inlineSource } from './inline-plugin.js';
import { runGraph } from './run-graph.js';

const SECONDS = 10;
const pixels = new UncountedMemory(new Uint8Array(new SharedArrayBuffer(640 * 480 * 4)));

function frameAt(sequence: number, nowMs: number): Frame {
  return new Frame(
    { sequence, timestampMs: nowMs, capturedAtMs: nowMs, width: 640, height: 480, format: 'rgba8' },
    pixels,
  );
}

/** A camera of 15 frames a second that keeps its beat however late it is asked. */
@injectable()
class Camera15 implements FrameSource {
  #sequence = 0;
  #beganMs: number | undefined;
  constructor(@inject(Clock) private readonly clock: Clock) {}
  async read(signal: AbortSignal): Promise<Frame | undefined> {
    this.#beganMs ??= this.clock.nowMs();
    this.#sequence += 1;
    const dueMs = this.#beganMs + (this.#sequence * 1000) / 15;
    try {
      await wait(Math.max(0, dueMs - this.clock.nowMs()), undefined, { signal });
    } catch {
      return undefined; // stopped
    }
    return frameAt(this.#sequence, this.clock.nowMs());
  }
}

/** A reader that always has the next frame at hand. */
@injectable()
class EndlessReader implements FrameSource {
  #sequence = 0;
  constructor(@inject(Clock) private readonly clock: Clock) {}
  read(): Frame {
    this.#sequence += 1;
    return frameAt(this.#sequence, this.clock.nowMs());
  }
}

@injectable()
class Extractor100 {
  async extract(frame: Frame): Promise<{ sequence: number }> {
    const { sequence } = frame;
    await wait(100);
    return { sequence };
  }
}

/** Ages of frames at the start of each extraction. */
const startAges: number[] = [];

@injectable()
class Extractor200 {
  constructor(@inject(Clock) private readonly clock: Clock) {}
  async extract(frame: Frame, info: ProcessInfo): Promise<{ sequence: number }> {
    startAges.push(ageMs(info.trace, this.clock.nowMs()));
    await wait(200);
    return { sequence: frame.sequence };
  }
}

const plugin = inlinePlugin([
  inlineSource('bench.camera-15', Camera15, true),
  inlineSource('bench.endless', EndlessReader),
  inlineExtractor('bench.extractor-100', Extractor100),
  inlineExtractor('bench.extractor-200', Extractor200),
]);

/** Cameras and extractors of known speed, in real time. */
export const mockedCamerasBenchmark: Benchmark = {
  name: 'mocked-cameras',
  title: `cameras and extractors of known speed, ${SECONDS} s each in real time`,
  async run(tell): Promise<readonly Figure[]> {
    tell('15 frames/s into an extractor of 100 ms');
    const one = await camera(1);
    tell('the same, two at once');
    const two = await camera(2);
    tell('an endless reader into an extractor of 200 ms');
    const endless = await endlessReader();
    return [
      {
        what: '15/s camera > latest > 100 ms extractor',
        value: one.results,
        unit: 'results/s',
        target: { atLeast: 9.8 },
      },
      { what: 'preview tap on the same camera', value: one.preview, unit: 'frames/s', target: { atLeast: 14.8 } },
      {
        what: 'the same with concurrency 2, in order',
        value: two.results,
        unit: 'results/s',
        target: { atLeast: 14.8 },
      },
      {
        what: 'endless reader > latest > 200 ms extractor',
        value: endless.results,
        unit: 'results/s',
        target: { atLeast: 4.95 },
      },
      {
        what: 'greatest age at the start of extraction',
        value: endless.greatestAgeMs,
        unit: 'ms',
        target: { below: 5 },
      },
    ];
  },
};

async function camera(concurrency: number): Promise<{ results: number; preview: number }> {
  const order = new OrderKeeper();
  const preview = new OrderKeeper();
  await runGraph({
    nodes: {
      camera: { type: 'bench.camera-15' },
      latest: { type: 'core.buffer.latest' },
      tap: { type: 'core.buffer.latest' },
      slow: { type: 'bench.extractor-100', concurrency },
      results: { type: 'core.sink.callback' },
      preview: { type: 'core.sink.callback' },
    },
    wires: [
      ['camera.frame', 'latest.in'],
      ['camera.frame', 'tap.in'],
      ['latest.out', 'slow.frame'],
      ['slow.out', 'results.in'],
      ['tap.out', 'preview.in'],
    ],
    plugins: [plugin],
    callbacks: {
      results: (_value, info) => order.note(info.sequence),
      preview: (_value, info) => preview.note(info.sequence),
    },
    durationMs: SECONDS * 1000,
  });
  return { results: order.perSecond, preview: preview.perSecond };
}

async function endlessReader(): Promise<{ results: number; greatestAgeMs: number }> {
  const order = new OrderKeeper();
  startAges.length = 0;
  await runGraph({
    nodes: {
      reader: { type: 'bench.endless' },
      latest: { type: 'core.buffer.latest' },
      slow: { type: 'bench.extractor-200' },
      results: { type: 'core.sink.callback' },
    },
    wires: [
      ['reader.frame', 'latest.in'],
      ['latest.out', 'slow.frame'],
      ['slow.out', 'results.in'],
    ],
    plugins: [plugin],
    callbacks: { results: (_value, info) => order.note(info.sequence) },
    durationMs: SECONDS * 1000,
  });
  return { results: order.perSecond, greatestAgeMs: Math.max(...startAges) };
}

/** Counts results between the first and the last, and refuses what is out of order. */
class OrderKeeper {
  #last = -1;
  #count = 0;
  #firstMs = 0;
  #lastMs = 0;

  note(sequence: number): void {
    if (sequence <= this.#last) throw new Error(`Result ${sequence} came after ${this.#last}.`);
    this.#last = sequence;
    this.#lastMs = performance.now();
    if (this.#count === 0) this.#firstMs = this.#lastMs;
    this.#count += 1;
  }

  get perSecond(): number {
    return ((this.#count - 1) * 1000) / (this.#lastMs - this.#firstMs);
  }
}
