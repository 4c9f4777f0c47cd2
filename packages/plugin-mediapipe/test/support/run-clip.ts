import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRun, FramePool, resolveGraph, WriterLogger, type GraphDocument, type Landmarks } from '@kinegraph/core';
import { addPlugins, createNodeHost } from '@kinegraph/core/node';

/** What came out of a graph for one frame. */
export interface ClipResult {
  readonly timestampMs: number;
  readonly value: Landmarks;
}

/** The recording that comes with the project. */
export const CLIP = fileURLToPath(new URL('../../../../examples/clips/signer.mp4', import.meta.url));

/**
 * Runs a part of the signer clip through one extractor, every frame in turn, the way a server does: plugins from their
 * manifests, decoder in its process, extractor in its worker, models built into a cache of their own.
 * @returns what came out, and every log line from `info` on.
 */
export async function runClip(
  extractor: { type: string; output: string; config: Readonly<Record<string, unknown>> },
  span: { startMs: number; endMs: number },
): Promise<{ results: ClipResult[]; logged: string[] }> {
  const homeFolder = await mkdtemp(join(tmpdir(), 'kinegraph-mediapipe-'));
  const logged: string[] = [];
  const logger = new WriterLogger((level, message) => {
    if (level !== 'debug') logged.push(`${level}: ${message}`);
  });
  const platform = createNodeHost({ homeFolder }, { logger });
  try {
    const added = await addPlugins(platform.host, ['../../../plugin-media', '../..'], { from: import.meta.dirname });
    logged.push(...added.flatMap(({ problems }) => problems.map((problem) => problem.message)));
    const document: GraphDocument = {
      kinegraph: 1,
      nodes: {
        clip: { type: 'media.source.file', config: { path: CLIP, pace: 'as-fast-as-possible', ...span } },
        extractor: { type: extractor.type, config: extractor.config },
        out: { type: 'core.sink.callback' },
      },
      wires: [
        ['clip.frame', 'extractor.frame'],
        [`extractor.${extractor.output}`, 'out.in'],
      ],
    };
    const results: ClipResult[] = [];
    const run = createRun({
      graph: resolveGraph(document, platform.host.catalog),
      host: platform.host,
      platform: platform.container,
      baseFolder: import.meta.dirname,
      callbacks: { out: (value, { timestampMs }) => void results.push({ timestampMs, value: value as Landmarks }) },
    });
    await run.start();
    const outcome = await run.finished;
    if (outcome.error !== undefined) throw outcome.error;
    const { inUse } = platform.container.get(FramePool);
    if (inUse !== 0) throw new RangeError(`${inUse} frames were never closed.`);
    return { results, logged };
  } finally {
    await platform[Symbol.asyncDispose]();
    await rm(homeFolder, { recursive: true, force: true });
  }
}
