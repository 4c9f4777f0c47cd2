import sharp from 'sharp';
import { type Frame, NewestFramesCache, SlotFramePool } from '@kinegraph/core';
import { NodeImageCodec, NodeImageEncoder } from '@kinegraph/core/node';
import { median, type Benchmark, type Figure } from './benchmark.js';

const ROUNDS = 300;
const WARM_UP = 20;
const HITS = 200_000;
const QUALITY = 85;
const SIZES = [
  [640, 480],
  [1280, 720],
] as const;
const timing = { sequence: 0, timestampMs: 0, capturedAtMs: 0 };

/** What decoding a frame and showing it costs. */
export const codecBenchmark: Benchmark = {
  name: 'codec',
  title: 'decoding JPEGs into pooled frames, encoding previews, and finding them again',
  async run(tell): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const [width, height] of SIZES) {
      tell(`decoding ${width}x${height}`);
      figures.push(...(await decodeFigures(width, height)));
    }
    tell('previews of 1280x720');
    figures.push(...(await previewFigures()));
    return figures;
  },
};

/** A picture with edges, slopes and noise: decoding time goes by the bytes of the file, which are those of a camera's. */
async function jpegOf(width: number, height: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(width * height * 3);
  let random = 12_345;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
      const noise = (random >>> 24) / 16;
      const isInside = Math.hypot(x - width / 2, y - height / 2) < height / 3;
      const at = (y * width + x) * 3;
      pixels[at] = (isInside ? 200 : (x * 180) / width) + noise;
      pixels[at + 1] = (isInside ? 140 + 40 * Math.sin(x / 9) : (y * 160) / height) + noise;
      pixels[at + 2] = (isInside ? 110 : 60 + 40 * Math.sin((x + y) / 23)) + noise;
    }
  }
  return await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

/** Two ways to do the same, in turn, so that what else the machine does falls on both. */
async function inTurn(ways: Readonly<Record<string, () => Promise<void>>>): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [way, act] of Object.entries(ways)) {
      const startMs = performance.now();
      await act();
      if (round >= 0) times[way]?.push(performance.now() - startMs);
    }
  }
  return times;
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}

async function decodeFigures(width: number, height: number): Promise<readonly Figure[]> {
  const jpeg = await jpegOf(width, height);
  const pool = new SlotFramePool();
  const turboFirst = new NodeImageCodec(pool);
  const sharpAlone = new NodeImageCodec(pool, { turbo: undefined });
  const decode = (codec: NodeImageCodec) => async (): Promise<void> => {
    using _frame = await codec.decodeBytes(jpeg, timing, { format: 'rgba8' });
  };
  const times = await inTurn({ turbo: decode(turboFirst), sharp: decode(sharpAlone) });
  if (turboFirst.counts.turbo !== ROUNDS + WARM_UP) throw new Error('jpeg-turbo did not decode every frame.');
  const { turbo = [], sharp: bySharp = [] } = times;
  const what = `${width}x${height}, ${Math.round(jpeg.length / 1000)} kB, to RGBA`;
  return [
    { what: `${what}: jpeg-turbo into a slot, median`, value: median(turbo), unit: 'ms' },
    { what: `${what}: jpeg-turbo into a slot, p99`, value: p99(turbo), unit: 'ms' },
    { what: `${what}: sharp, copied into a slot, median`, value: median(bySharp), unit: 'ms' },
    { what: `${what}: sharp, copied into a slot, p99`, value: p99(bySharp), unit: 'ms' },
    {
      what: `${width}x${height}: sharp / jpeg-turbo, medians`,
      value: median(bySharp) / median(turbo),
      unit: 'times',
      target: { atLeast: 1.5 },
    },
  ];
}

async function previewFigures(): Promise<readonly Figure[]> {
  const [width, height] = [1280, 720];
  const pool = new SlotFramePool();
  const codec = new NodeImageCodec(pool);
  const encoder = new NodeImageEncoder({ codec, pool });
  const bySharp = new NodeImageEncoder({ codec, pool, turbo: undefined });
  using frame = await codec.decodeBytes(await jpegOf(width, height), timing, { format: 'rgba8' });
  const preview = { quality: QUALITY };
  const encode = (by: NodeImageEncoder) => async (): Promise<void> => void (await by.encode(frame, preview));
  const times = await inTurn({ turbo: encode(encoder), sharp: encode(bySharp) });
  const coldMs = median(times['turbo'] ?? []);
  const hitMs = await hitTime(new NewestFramesCache(encoder), frame, preview);
  return [
    { what: '1280x720 RGBA to JPEG: jpeg-turbo, median (c)', value: coldMs, unit: 'ms' },
    { what: '1280x720 RGBA to JPEG: sharp, median', value: median(times['sharp'] ?? []), unit: 'ms' },
    { what: 'the same from the cache, for each of 200,000', value: hitMs * 1e6, unit: 'ns' },
    { what: 'c / hit', value: coldMs / hitMs, unit: 'times', target: { atLeast: 10_000 } },
  ];
}

/** Milliseconds for one look-up that finds its picture, by a clone as a viewer has it. */
async function hitTime(cache: NewestFramesCache, frame: Frame, preview: { quality: number }): Promise<number> {
  using clone = frame.clone();
  const wanted = cache.get('camera', frame, preview);
  await wanted;
  const rounds: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    let found = 0;
    const startMs = performance.now();
    for (let hit = 0; hit < HITS; hit += 1) if (cache.get('camera', clone, preview) === wanted) found += 1;
    rounds.push((performance.now() - startMs) / HITS);
    if (found !== HITS) throw new Error(`${HITS - found} look-ups found nothing.`);
  }
  return median(rounds);
}
