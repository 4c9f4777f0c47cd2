import { Frame, UncountedMemory, isRawFormat } from '@kinegraph/core';
import type { ImageCodec, Landmarks, Skeleton } from '@kinegraph/core';
import { drawTracks } from '@kinegraph/ui';
import { PixelCanvas } from './pixel-canvas.js';

/** A picture with skeletons drawn over it: a frame of its own, raw, in memory of its own. `frame` stays the caller's. */
export async function drawOverlay(
  frame: Frame,
  landmarks: Iterable<Landmarks>,
  {
    codec,
    skeleton,
    shortSide,
  }: { codec: ImageCodec; skeleton: (id: string) => Skeleton | undefined; shortSide?: number },
): Promise<Frame> {
  const options = { format: 'rgba8', ...(shortSide === undefined ? {} : { shortSide }) } as const;
  using decoded = isRawFormat(frame.format) ? frame.clone() : await codec.decode(frame, options);
  const { width, height } = decoded;
  const pixels = toRgba(decoded);
  const canvas = new PixelCanvas(pixels, width, height);
  for (const { tracks } of landmarks) {
    const known = new Map(tracks.flatMap(({ skeleton: id }) => [[id, skeleton(id)] as const]).filter(isKnown));
    drawTracks(
      canvas,
      tracks.map((track) => ({ ...track, opacity: 1 })),
      known,
    );
  }
  const { sequence, timestampMs, capturedAtMs } = frame;
  return new Frame(
    { sequence, timestampMs, capturedAtMs, width, height, format: 'rgba8' },
    new UncountedMemory(pixels),
  );
}

function isKnown(entry: readonly [string, Skeleton | undefined]): entry is readonly [string, Skeleton] {
  return entry[1] !== undefined;
}

/** A copy: others look at the frame's own pixels. */
function toRgba({ data, format, width, height }: Frame): Uint8Array {
  if (format === 'rgba8') return Uint8Array.from(data);
  const channels = format === 'rgb8' ? 3 : 1;
  const rgba = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      rgba[pixel * 4 + channel] = data[pixel * channels + Math.min(channel, channels - 1)] ?? 0;
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
}
