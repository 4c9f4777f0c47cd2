import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { deferred } from '../base/index.js';
import { Frame, PlainPixelKernel, SlotFramePool } from '../vision/index.js';
import { NodeImageCodec } from './image-codec.js';
import { loadJpegTurbo } from './jpeg/jpeg-turbo.js';
import type { JpegTurbo } from './jpeg/jpeg-turbo.js';

const timing = { sequence: 7, timestampMs: 12.5, capturedAtMs: 99 };
const [width, height] = [96, 64];
const picture = (): Sharp => sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 20 } } });

function setup(turbo = loadJpegTurbo()): { pool: SlotFramePool; codec: NodeImageCodec } {
  const pool = new SlotFramePool();
  return { pool, codec: new NodeImageCodec(pool, { turbo }) };
}

/** What jpeg-turbo does, held up until the test lets it go. */
function heldTurbo(): { turbo: JpegTurbo; started: Promise<void>; letGo: (outcome: 'done' | 'broken') => void } {
  const started = deferred<void>();
  const gate = deferred<'done' | 'broken'>();
  const turbo: JpegTurbo = {
    async decode(_jpeg, { data }) {
      started.resolve();
      data.fill(1, 0, data.length / 2);
      if ((await gate.promise) === 'broken') throw new Error('No error');
      data.fill(2);
    },
    encode: () => Promise.reject(new Error('not asked for here')),
  };
  return { turbo, started: started.promise, letGo: gate.resolve };
}

function withCutExif(bytes: Buffer): Buffer {
  const exif = Buffer.from([0xff, 0xe1, 0, 10, ...Buffer.from('Exif'), 0, 0, 0x4d, 0x4d]);
  return Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]);
}

function asArithmetic(bytes: Buffer): Buffer {
  bytes[bytes.indexOf(Buffer.from([0xff, 0xc2])) + 1] = 0xca;
  return bytes;
}

function withScansOfOne(bytes: Buffer): Buffer {
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  const header = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
  return Buffer.concat([bytes.subarray(0, scan), header, bytes.subarray(scan + 2 + bytes.readUInt16BE(scan + 2))]);
}

describe('NodeImageCodec, of JPEGs', () => {
  it.each([
    ['baseline', () => picture().jpeg()],
    ['progressive', () => picture().jpeg({ progressive: true })],
    ['grey', () => picture().toColourspace('b-w').jpeg()],
    ['4:4:4', () => picture().jpeg({ chromaSubsampling: '4:4:4' })],
    [
      'upright Exif',
      () =>
        picture()
          .withExif({ IFD0: { Copyright: 'nobody' } })
          .jpeg(),
    ],
  ])('gives %s files to jpeg-turbo', async (_name, make) => {
    const { codec } = setup();
    using _frame = await codec.decodeBytes(await make().toBuffer(), timing, { format: 'rgba8' });
    expect(codec.counts).toEqual({ turbo: 1, sharp: 0, turboGaveUp: 0, failed: 0 });
  });

  it.each([
    ['CMYK', () => picture().toColourspace('cmyk').jpeg()],
    ['turned', () => picture().withMetadata({ orientation: 8 }).jpeg()],
    ['mirrored', () => picture().withMetadata({ orientation: 2 }).jpeg()],
    ['profiled', () => picture().withIccProfile('p3').jpeg()],
  ])('gives %s files to sharp at once', async (_name, make) => {
    const { codec } = setup();
    using _frame = await codec.decodeBytes(await make().toBuffer(), timing, { format: 'rgb8' });
    expect(codec.counts).toEqual({ turbo: 0, sharp: 1, turboGaveUp: 0, failed: 0 });
  });

  it('leaves a file without an end marker to sharp, and counts it once as failed', async () => {
    const { pool, codec } = setup();
    const bytes = await picture().jpeg().toBuffer();
    await expect(
      codec.decodeBytes(bytes.subarray(0, bytes.length - 2), timing, { format: 'rgba8' }),
    ).rejects.toMatchObject({ code: 'IMAGE_TRUNCATED' });
    expect(codec.counts).toEqual({ turbo: 0, sharp: 0, turboGaveUp: 0, failed: 1 });
    expect(pool.heldBytes).toBe(0);
  });

  it('decodes a file that is padded far behind its end', async () => {
    const { codec } = setup();
    const bytes = Buffer.concat([await picture().jpeg().toBuffer(), new Uint8Array(4000)]);
    using frame = await codec.decodeBytes(bytes, timing, { format: 'rgba8' });
    expect(frame).toMatchObject({ width, height });
  });

  it('drops the half-written slot of a picture that is broken in its middle, and says why in the words of sharp', async () => {
    const { pool, codec } = setup();
    const bytes = await sharp({
      create: {
        width: 640,
        height: 480,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
        background: '#000',
      },
    })
      .jpeg({ quality: 90 })
      .toBuffer();
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 40);
    bytes.fill(0xd5, (bytes.length >> 1) + 40, (bytes.length >> 1) + 41);
    await expect(codec.decodeBytes(bytes, timing, { format: 'rgba8' })).rejects.toMatchObject({
      code: 'IMAGE_BROKEN',
      message: expect.stringMatching(/^The JPEG of \d+ bytes cannot be decoded \(VipsJpeg: .+\)\. Encode it anew\.$/),
    });
    expect(codec.counts).toEqual({ turbo: 0, sharp: 0, turboGaveUp: 1, failed: 1 });
    expect(pool.inUse).toBe(0);
  });

  it.each([
    ['progressive', () => picture().jpeg({ progressive: true }), (bytes: Buffer) => bytes],
    ['progressive with Exif that is cut short', () => picture().jpeg({ progressive: true }), withCutExif],
    ['arithmetic progressive', () => picture().jpeg({ progressive: true }), asArithmetic],
    ['baseline whose scans have one component each', () => picture().jpeg(), withScansOfOne],
  ])('refuses a %s file that goes over its picture a thousand times, from its header', async (_name, make, change) => {
    const { pool, codec } = setup();
    const whole = change(await make().toBuffer());
    const last = whole.lastIndexOf(Buffer.from([0xff, 0xda]));
    const scan = whole.subarray(last, -2);
    const bytes = Buffer.concat([
      whole.subarray(0, -2),
      ...Array.from({ length: 1000 }, () => scan),
      whole.subarray(-2),
    ]);
    await expect(codec.decodeBytes(bytes, timing, { format: 'rgba8' })).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'The JPEG goes over its picture more than 100 times, which takes too long to decode. Encode it anew.',
    });
    expect(pool.heldBytes).toBe(0);
  });

  it('reuses one slot for a stream of frames', async () => {
    const { pool, codec } = setup();
    const bytes = await picture().jpeg().toBuffer();
    for (let frame = 0; frame < 20; frame += 1) {
      (await codec.decodeBytes(bytes, timing, { format: 'rgba8' })).close();
    }
    expect(codec.counts.turbo).toBe(20);
    expect(pool.heldBytes).toBeLessThan(2 * (width * height * 4 + 4096));
  });
});

describe('NodeImageCodec, to a short side', () => {
  const [wide, tall] = [300, 201];
  const slope = Uint8Array.from({ length: wide * tall * 3 }, (_, at) => ((at / 3) % wide) * 0.8);
  const make = (): Promise<Uint8Array> =>
    sharp(slope, { raw: { width: wide, height: tall, channels: 3 } })
      .jpeg()
      .toBuffer();

  it.each([
    [100, 149, { turbo: 1, sharp: 0 }],
    [51, 76, { turbo: 1, sharp: 0 }],
    [50, 75, { turbo: 0, sharp: 1 }],
    [16, 24, { turbo: 0, sharp: 1 }],
  ])('of %i pixels gives the size that sharp gives, and its pixels', async (shortSide, width, by) => {
    const bytes = await make();
    const pool = new SlotFramePool();
    const codec = new NodeImageCodec(pool, { kernel: new PlainPixelKernel() });
    const bySharp = new NodeImageCodec(pool, { turbo: undefined });
    using frame = await codec.decodeBytes(bytes, timing, { format: 'rgb8', shortSide });
    using wanted = await bySharp.decodeBytes(bytes, timing, { format: 'rgb8', shortSide });
    expect([frame.width, frame.height]).toEqual([width, shortSide]);
    expect([wanted.width, wanted.height]).toEqual([width, shortSide]);
    const differences = frame.data.map((value, at) => Math.abs(value - (wanted.data[at] ?? 0)));
    expect(differences.toSorted().at(Math.floor(differences.length * 0.99))).toBeLessThanOrEqual(4);
    expect(codec.counts).toMatchObject(by);
    expect(pool.inUse).toBe(2); // the slot with the whole picture has gone back
  });

  it('leaves to sharp what the kernel would hold the calling thread up with', async () => {
    const [width, height] = [4096, 4000];
    const bytes = await sharp({ create: { width, height, channels: 3, background: '#456' } })
      .jpeg()
      .toBuffer();
    const codec = new NodeImageCodec(new SlotFramePool(), { kernel: new PlainPixelKernel() });
    using frame = await codec.decodeBytes(bytes, timing, { format: 'rgb8', shortSide: 2000 });
    expect([frame.width, frame.height, codec.counts.sharp]).toEqual([2048, 2000, 1]);
  });

  it.each([0, 0.5, Number.NaN])('of %d pixels is refused', async (shortSide) => {
    const codec = new NodeImageCodec(new SlotFramePool());
    const answer = codec.decodeBytes(await make(), timing, { format: 'rgb8', shortSide });
    await expect(answer).rejects.toThrow(
      `A picture cannot have a short side of ${shortSide}; ask for a whole number of pixels from 1.`,
    );
  });

  it('gives both slots back when the kernel fails or the pool has no room for the second', async () => {
    const bytes = await make();
    const pool = new SlotFramePool(wide * tall * 4 + 8192);
    const broken = new PlainPixelKernel();
    broken.resize = () => {
      throw new Error('no kernel today');
    };
    const codec = new NodeImageCodec(pool, { kernel: broken });
    await expect(codec.decodeBytes(bytes, timing, { format: 'rgb8', shortSide: 51 })).rejects.toThrow(
      'no kernel today',
    );
    const full = new NodeImageCodec(pool, { kernel: new PlainPixelKernel() });
    const tooMuch = full.decodeBytes(bytes, timing, { format: 'rgba8', shortSide: 200 });
    await expect(tooMuch).rejects.toMatchObject({ code: 'CORE_FRAME_POOL_EXHAUSTED' });
    expect(pool.inUse).toBe(0);
  });
});

describe('NodeImageCodec, when the answer is no longer wanted', () => {
  it.each(['done', 'broken'] as const)(
    'lets a slot go only when the decoder has let it go, whether that is %s',
    async (outcome) => {
      const { turbo, started, letGo } = heldTurbo();
      const { pool, codec } = setup(turbo);
      const stop = new AbortController();
      const bytes = await picture().jpeg().toBuffer();
      const answer = codec.decodeBytes(bytes, timing, { format: 'rgba8', signal: stop.signal });
      const failure = expect(answer).rejects.toThrow('enough');
      await started;
      stop.abort(new Error('enough'));
      await new Promise((resolve) => setImmediate(resolve));
      expect(pool.inUse).toBe(1); // another thread still writes to it
      letGo(outcome);
      await failure;
      expect(pool.inUse).toBe(0);
    },
  );

  it('keeps the encoded frame until the decoder has read it, even if its owner closes it', async () => {
    const { turbo, started, letGo } = heldTurbo();
    const { pool, codec } = setup(turbo);
    const encoded = await pooledFrame(pool);
    const answer = codec.decode(encoded, { format: 'rgba8' });
    await started;
    encoded.close();
    expect(pool.inUse).toBe(2);
    letGo('done');
    (await answer).close();
    expect(pool.inUse).toBe(0);
  });

  it('does not begin what was given up before', async () => {
    const { pool, codec } = setup();
    const signal = AbortSignal.abort(new Error('enough'));
    const bytes = await picture().jpeg().toBuffer();
    await expect(codec.decodeBytes(bytes, timing, { format: 'rgba8', signal })).rejects.toThrow('enough');
    expect([pool.heldBytes, codec.counts.failed]).toEqual([0, 0]);
  });
});

async function pooledFrame(pool: SlotFramePool): Promise<Frame> {
  const bytes = await picture().jpeg().toBuffer();
  const memory = pool.acquire(bytes.length);
  memory.bytes.set(bytes);
  return new Frame({ ...timing, width: 0, height: 0, format: 'jpeg' }, memory);
}
