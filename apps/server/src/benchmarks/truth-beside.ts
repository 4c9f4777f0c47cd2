import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { parseHandTruth } from '@kinegraph/core';
import type { HandTruth, PathResolver, ResolvedGraph } from '@kinegraph/core';

/**
 * The truth of the clip that the graph's one source reads: `<clip>.truth.ndjson` beside `<clip>.mp4`.
 * @throws TruthFormatError, and what `paths` throws where the graph may not read there
 */
export async function truthBeside(graph: ResolvedGraph, paths: PathResolver): Promise<HandTruth | undefined> {
  const sources = graph.nodes.filter(({ descriptor }) => descriptor.kind === 'source');
  const clip = sources.length === 1 ? sources[0]?.config['path'] : undefined;
  if (typeof clip !== 'string') return undefined;
  const { dir, name } = parse(paths.resolve(clip));
  const path = join(dir, `${name}.truth.ndjson`);
  return existsSync(path) ? parseHandTruth(await readFile(paths.resolve(path), 'utf8')) : undefined;
}
