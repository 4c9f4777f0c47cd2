import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { NodeImageCodec } from '../../node/image-codec.js';
import { FrameLedger, aProcessInfo } from '../../testing/index.js';
import { Frame, SlotFramePool } from '../../vision/index.js';
import { Decode, DecodeConfig } from './decode.js';

const pool = new SlotFramePool();
const decodeOf = (config: Partial<DecodeConfig> = {}): Decode =>
  new Decode(DecodeConfig.parse(config), new NodeImageCodec(pool));

async function jpegFrame(width: number, height: number): Promise<Frame> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: { r: 200, g: 100, b: 50 } } })
    .jpeg({ quality: 95 })
    .toBuffer();
  return Frame.fromEncoded(
    { sequence: 5, timestampMs: 166.7, capturedAtMs: 1234, width: 0, height: 0, format: 'jpeg' },
    bytes,
  );
}

describe('core.transform.decode', () => {
  it('decodes a JPEG to RGBA with its timing, reduced to 384 on the short side by default', async () => {
    using encoded = await jpegFrame(640, 480);
    using frame = await decodeOf().transform(encoded, aProcessInfo());
    expect(frame).toMatchObject({
      sequence: 5,
      timestampMs: 166.7,
      capturedAtMs: 1234,
      width: 512,
      height: 384,
      format: 'rgba8',
    });
    const [red = 0, green = 0, blue = 0, alpha] = frame.data;
    expect([Math.abs(red - 200) < 6, Math.abs(green - 100) < 6, Math.abs(blue - 50) < 6, alpha]).toEqual([
      true,
      true,
      true,
      255,
    ]);
    expect(encoded.closed).toBe(false); // it stays its owner's
  });

  it('never enlarges, and takes a live change of the size over', async () => {
    const decode = decodeOf({ shortSide: 100 });
    using encoded = await jpegFrame(64, 48);
    using same = await decode.transform(encoded, aProcessInfo());
    expect([same.width, same.height]).toEqual([64, 48]);
    expect(decode.reconfigure({ shortSide: 24 })).toBe(true);
    using smaller = await decode.transform(encoded, aProcessInfo());
    expect([smaller.width, smaller.height]).toEqual([32, 24]);
  });

  it('passes raw frames on as they are', () => {
    using raw = new FrameLedger().frame({ width: 1000, height: 800 });
    expect(decodeOf().transform(raw, aProcessInfo())).toBe(raw);
  });

  it('throws an ImageError for a broken image, leaves the frame to its owner and holds no memory', async () => {
    using broken = Frame.fromEncoded(
      { sequence: 0, timestampMs: 0, capturedAtMs: 0, width: 0, height: 0, format: 'jpeg' },
      new Uint8Array(),
    );
    await expect(decodeOf().transform(broken, aProcessInfo())).rejects.toMatchObject({
      name: 'ImageError',
      code: 'IMAGE_EMPTY',
    });
    expect([broken.closed, pool.inUse]).toEqual([false, 0]);
  });

  it('does not begin with a frame that the run no longer waits for', async () => {
    using encoded = await jpegFrame(64, 48);
    await expect(decodeOf().transform(encoded, aProcessInfo(0, { signal: AbortSignal.abort() }))).rejects.toThrow();
    expect(pool.inUse).toBe(0);
  });
});
