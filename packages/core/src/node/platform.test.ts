import { expect, it } from 'vitest';
import { Clock } from '../base/index.js';
import { EncodedFrameCache, ImageCodec, ImageEncoder, ModelStore } from '../kinds/index.js';
import type { ImageCodec as Codec } from '../kinds/index.js';
import { WorkerLauncher } from '../runtime/index.js';
import { VirtualClock } from '../testing/index.js';
import { FramePool, PixelKernel, SharedArena, WasmPixelKernel } from '../vision/index.js';
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
