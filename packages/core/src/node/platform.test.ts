import { expect, it } from 'vitest';
import { Clock } from '../base/index.js';
import { EncodedFrameCache, ImageCodec, ImageEncoder, ModelStore } from '../kinds/index.js';
import type { ImageCodec as Codec } from '../kinds/index.js';
import { VirtualClock } from '../testing/index.js';
import { FramePool } from '../vision/index.js';
import { createNodeHost } from './platform.js';

it('binds what nodes ask for, once for the whole platform', async () => {
  await using host = createNodeHost();
  for (const service of [Clock, FramePool, ImageCodec, ImageEncoder, EncodedFrameCache, ModelStore]) {
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
