import { validateGraph } from '../../src/graph/index.js';
import type { GraphDocument, Problem } from '../../src/graph/index.js';
import { CATALOG } from './node-types.js';

/** A small graph without a fault. */
export const HANDS: GraphDocument = {
  kinegraph: 1,
  plugins: { '@kinegraph/plugin-mediapipe': '^0.3.0' },
  nodes: {
    clip: { type: 'media.source.file', config: { path: 'a.mp4' } },
    hands: { type: 'mediapipe.hands' },
    out: { type: 'core.sink.ndjson' },
  },
  wires: [
    ['clip.frame', 'hands.frame'],
    ['hands.hands', 'out.in'],
  ],
};

/** A skeleton that a graph brings along. */
export const PAW: NonNullable<GraphDocument['skeletons']>[number] = {
  id: 'paw-3',
  title: 'Paw, 3 points',
  points: ['pad', 'inner', 'outer'],
  connections: [
    [0, 1],
    [0, 2],
  ],
};

/** That graph with other nodes (undefined removes one), wires and fields. */
export function graph(changes: {
  nodes?: Record<string, GraphDocument['nodes'][string] | undefined>;
  wires?: GraphDocument['wires'];
  plugins?: Record<string, string>;
  skeletons?: NonNullable<GraphDocument['skeletons']>;
  layout?: GraphDocument['layout'];
  groups?: NonNullable<GraphDocument['groups']>;
}): GraphDocument {
  const { nodes = {}, ...fields } = changes;
  const merged = Object.entries({ ...HANDS.nodes, ...nodes }).flatMap(([name, node]) =>
    node === undefined ? [] : [[name, node] as const],
  );
  return { ...HANDS, ...fields, nodes: Object.fromEntries(merged) };
}

/** What validation says of a graph. */
export const problemsOf = (document: GraphDocument): Problem[] => validateGraph(document, CATALOG);
/** Only the codes of it. */
export const codesOf = (document: GraphDocument): string[] => problemsOf(document).map(({ code }) => code);
