import sharp from 'sharp';
import { expect, it } from 'vitest';
import { Clock } from '../base/index.js';
import { EncodedFrameCache, ImageCodec, ImageEncoder, ModelStore, NetworkAccess } from '../kinds/index.js';
import type { ImageCodec as Codec } from '../kinds/index.js';
import { WorkerLauncher } from '../runtime/index.js';
import { VirtualClock } from '../testing/index.js';
import { FramePool, PixelKernel, SharedArena, WasmPixelKernel } from '../vision/index.js';
import type { NodeImageCodec } from './image-codec.js';
import { createNodeHost } from './platform.js';

it('binds what nodes ask for, once for the whole platform', async () => {
  await using host = createNodeHost();
  for (const service of [Clock, FramePool, PixelKernel, ImageCodec, ImageEncoder, EncodedFrameCache, ModelStore]) {
    expect(host.container.get<unknown>(service)).toBe(host.container.get<unknown>(service));
  }
  expect(host.container.get(ModelStore)).toBe(host.models);
});

it('lets a test put one service in the place of another', async () => {
  await using host = createNodeHost();
  const clock = new VirtualClock();
  host.container.rebind(Clock).toConstantValue(clock);
  expect(host.container.get(Clock)).toBe(clock);
  expect(host.container.get<Codec>(ImageCodec)).toBeDefined();
});

it('has the fast pixel kernel, which sees the frames of its pool', async () => {
  const arena = SharedArena.create(1024 ** 2);
  await using host = createNodeHost({ framePoolBytes: 1024 ** 2 });
  await using worker = createNodeHost({}, arena === undefined ? {} : { arena });
  expect(host.container.get(PixelKernel)).toBeInstanceOf(WasmPixelKernel);
  expect(
    host.container.get<WorkerLauncher>(WorkerLauncher).arena?.offsetOf(host.container.get(FramePool).acquire(1).bytes),
  ).toBeGreaterThan(0);
  // What a worker makes may outlive it, so it lies in buffers of its own.
  expect(arena?.offsetOf(worker.container.get(FramePool).acquire(1).bytes)).toBeUndefined();
});

it('decodes, reduces and encodes in the memory that its pool and its kernel share', async () => {
  await using host = createNodeHost();
  const codec = host.container.get(ImageCodec) as NodeImageCodec;
  const pool = host.container.get<FramePool>(FramePool);
  const colour = { r: 20, g: 120, b: 220 };
  const jpeg = await sharp({ create: { width: 320, height: 240, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
  const timing = { sequence: 1, timestampMs: 1, capturedAtMs: 1 };
  using frame = await codec.decodeBytes(jpeg, timing, { format: 'rgba8', shortSide: 120 });
  expect(frame).toMatchObject({ width: 160, height: 120 });
  expect([...frame.data.subarray(-4)].map((value) => Math.round(value / 10))).toEqual([2, 12, 22, 26]);
  expect([codec.counts.turbo, codec.counts.sharp, pool.inUse]).toEqual([1, 0, 1]);
  const previews = host.container.get<EncodedFrameCache>(EncodedFrameCache);
  const { bytes } = await previews.get('camera', frame, { quality: 80, shortSide: 60 });
  expect(codec.readHeader(bytes)).toEqual({ format: 'jpeg', width: 80, height: 60 });
  expect(pool.inUse).toBe(1);
});

it('lets nodes open every address, unless the embedding program decides otherwise', async () => {
  const refusal = new Error('not this one');
  const network: NetworkAccess = {
    check: () => {
      throw refusal;
    },
  };
  await using open = createNodeHost();
  await using closed = createNodeHost({}, { network });
  expect(() => open.container.get<NetworkAccess>(NetworkAccess).check('rtsp://192.0.2.1/')).not.toThrow();
  expect(() => closed.container.get<NetworkAccess>(NetworkAccess).check('rtsp://192.0.2.1/')).toThrow(refusal);
});
