import { GRAPH_FORMAT } from '@kinegraph/core';
import type { GraphDocument } from '@kinegraph/core';

const FRAMES = 'foxglove.CompressedImage';
const LANDMARKS = 'kinegraph.Landmarks';

interface Topic {
  readonly topic: string;
  readonly schema: string;
}

/**
 * A graph that plays a recording: its frames where it has some, else its landmarks. More than the source and a sink to see it at
 * is for whoever edits it. Undefined where there is nothing that can be played.
 */
export function replayGraph(recording: string, topics: readonly Topic[], title: string): GraphDocument | undefined {
  const frames = topics.find(({ schema }) => schema === FRAMES);
  const landmarks = topics.find(({ schema }) => schema === LANDMARKS);
  const path = `recordings/${recording}`;
  const out = { type: 'core.sink.results' };
  if (frames !== undefined) {
    const played = { type: 'media.source.recording', config: { path, topic: frames.topic } };
    return { kinegraph: GRAPH_FORMAT, title, nodes: { played, out }, wires: [['played.frame', 'out.in']] };
  }
  if (landmarks === undefined) return undefined;
  const played = { type: 'media.source.recorded-landmarks', config: { path, topic: landmarks.topic } };
  return { kinegraph: GRAPH_FORMAT, title, nodes: { played, out }, wires: [['played.landmarks', 'out.in']] };
}

/** An id of a graph for it that is not taken. */
export function replayId(recording: string, taken: ReadonlySet<string>): string {
  const base = `replay-${recording.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')}`.slice(0, 58).replace(/-+$/, '');
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}
