import { Frame, createRun, resolveGraph } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';
import sharp from 'sharp';
import { CLIP } from './kinegraph.js';

/** Frames of the signer clip as JPEGs of 640x480, as a camera of a browser sends them. */
export async function signerJpegs(startMs: number, endMs: number): Promise<readonly Uint8Array[]> {
  await using platform = createNodeHost();
  await addPlugins(platform.host, ['@kinegraph/plugin-media'], { from: import.meta.dirname });
  const config = { path: CLIP, pace: 'as-fast-as-possible', startMs, endMs };
  const document: GraphDocument = {
    kinegraph: 1,
    nodes: { clip: { type: 'media.source.file', config }, keep: { type: 'core.sink.callback' } },
    wires: [['clip.frame', 'keep.in']],
  };
  const jpegs: Uint8Array[] = [];
  const run = createRun({
    graph: resolveGraph(document, platform.host.catalog),
    host: platform.host,
    platform: platform.container,
    baseFolder: '.',
    callbacks: {
      keep: async (value) => {
        if (!(value instanceof Frame)) return;
        const { width, height, data } = value;
        const picture = sharp(Uint8Array.from(data), { raw: { width, height, channels: 4 } });
        jpegs.push(await picture.resize(640, 480, { fit: 'cover' }).jpeg({ quality: 80 }).toBuffer());
      },
    },
  });
  await run.start();
  const { error } = await run.finished;
  if (error !== undefined) throw error;
  return jpegs;
}
