import {
  ArenaFramePool,
  Frame,
  PlainPixelKernel,
  SharedArena,
  WasmPixelKernel,
  type PixelImage,
  type PixelKernel,
} from '@kinegraph/core/plugin';
import sharp, { type Sharp } from 'sharp';
import { median, type Benchmark, type Figure } from './benchmark.js';

const ROUNDS = 60;
const WARM_UP_ROUNDS = 10;
/** For a frame of 640x480, whatever is made of it. */
const VGA_TARGET_MS = 0.45;
/** Calls for each measurement: timers are too coarse for one. */
const CALLS = 4;

interface Candidate {
  readonly name: string;
  readonly run: () => unknown;
  readonly times: number[];
}

/** Resizing and model inputs: kernel, twin and sharp in turn on the same pixels. */
export const pixelsBenchmark: Benchmark = {
  name: 'pixels',
  title: 'frames to model inputs',
  async run(tell): Promise<readonly Figure[]> {
    const arena = SharedArena.create(64 * 1024 ** 2);
    if (arena === undefined)
      throw new TypeError('This platform has no shared memory, so there is no kernel to measure.');
    const pool = new ArenaFramePool(arena);
    const fast = new WasmPixelKernel(arena);
    const plain = new PlainPixelKernel();
    const figures = [
      ...(await measureResize(pool, fast, plain)),
      ...(await measureLetterbox(pool, fast, plain, 1280, 720)),
      ...(await measureLetterbox(pool, fast, plain, 640, 480)),
    ];
    tell(`median of ${ROUNDS} rounds`);
    return figures;
  },
};

async function measureResize(pool: ArenaFramePool, fast: PixelKernel, plain: PixelKernel): Promise<Figure[]> {
  using frame = aFrame(pool, 640, 480);
  const [width, height] = [512, 384];
  const target = pool.acquire(width * height * 4);
  const apart = { width, height, data: new Uint8Array(width * height * 4) };
  const candidates: Candidate[] = [
    candidate('kernel, in place', () => fast.resize(frame, { width, height, data: target.bytes })),
    candidate(
      'kernel, copied in and out',
      copying(frame, (source) => fast.resize(source, apart)),
    ),
    candidate('twin', () => plain.resize(frame, apart)),
    candidate('sharp', async () => await raw(frame).resize(width, height, { kernel: 'linear' }).raw().toBuffer()),
  ];
  await takeTurns(candidates);
  target.release();
  return figuresOf('640x480 to 512x384 RGBA', candidates, VGA_TARGET_MS);
}

async function measureLetterbox(
  pool: ArenaFramePool,
  fast: PixelKernel,
  plain: PixelKernel,
  width: number,
  height: number,
): Promise<Figure[]> {
  const side = 640;
  using frame = aFrame(pool, width, height);
  using floats = fast.allocateFloats(3 * side * side);
  const inPlace = { width: side, height: side, data: floats.data };
  const apart = { width: side, height: side, data: new Float32Array(3 * side * side) };
  const candidates: Candidate[] = [
    candidate('kernel, in place', () => fast.letterboxToPlanar(frame, inPlace)),
    candidate(
      'kernel, copied in and out',
      copying(frame, (source) => fast.letterboxToPlanar(source, apart)),
    ),
    candidate('twin', () => plain.letterboxToPlanar(frame, apart)),
    candidate('sharp, then a loop', async () => {
      const grey = { r: 114, g: 114, b: 114, alpha: 1 };
      const boxed = raw(frame).resize(side, side, { kernel: 'linear', fit: 'contain', background: grey });
      plain.toPlanar({ width: side, height: side, format: 'rgba8', data: await boxed.raw().toBuffer() }, apart);
    }),
  ];
  await takeTurns(candidates);
  const targetMs = width === 640 ? VGA_TARGET_MS : undefined;
  return figuresOf(`${width}x${height} to 640x640 letterboxed floats`, candidates, targetMs);
}

function candidate(name: string, run: () => unknown): Candidate {
  return { name, run, times: [] };
}

/** As for a frame that is not in the arena. */
function copying({ width, height, format, data }: Frame, run: (source: PixelImage) => void): () => void {
  const source = { width, height, format, data: new Uint8Array(data) };
  return () => run(source);
}

function raw({ width, height, data }: Frame): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } });
}

function aFrame(pool: ArenaFramePool, width: number, height: number): Frame {
  const memory = pool.acquire(width * height * 4);
  for (let at = 0; at < memory.bytes.length; at += 1) memory.bytes[at] = (at * 7919) >> 3;
  return new Frame({ sequence: 0, timestampMs: 0, capturedAtMs: 0, width, height, format: 'rgba8' }, memory);
}

async function takeTurns(candidates: readonly Candidate[]): Promise<void> {
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const { run, times } of candidates) {
      await run(); // not timed: it finds what the candidate before it left in the caches
      const startedMs = performance.now();
      for (let call = 0; call < CALLS; call += 1) await run();
      if (round >= 0) times.push((performance.now() - startedMs) / CALLS);
    }
  }
}

function figuresOf(what: string, candidates: readonly Candidate[], targetMs?: number): Figure[] {
  const [kernel, , twin] = candidates;
  return [
    ...candidates.map(({ name, times }, index) => ({
      what: `${what}: ${name}`,
      value: median(times),
      unit: 'ms',
      ...(index === 0 && targetMs !== undefined ? { target: { below: targetMs } } : {}),
    })),
    {
      what: `${what}: twin / kernel in place`,
      value: median((twin?.times ?? []).map((time, round) => time / (kernel?.times[round] ?? Number.NaN))),
      unit: 'times',
      target: { atLeast: 5 },
    },
  ];
}
