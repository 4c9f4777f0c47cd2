import { GRAPH_FORMAT } from '@kinegraph/core';
import type { GraphDocument, GraphNode } from '@kinegraph/core';

/** The node that gets the camera's frames. */
export const TEACH_SOURCE = 'camera';
/** The sink that takes are recorded from: hands as the model sees them, unsmoothed. */
export const TEACH_HANDS = 'hands-seen';
const CLASSIFIER = 'classifier';

/** What teaching runs while signs are recorded: hands of a camera, and the signs that `model` finds in them. */
export function teachGraph(model: string | undefined): GraphDocument {
  const nodes: Record<string, GraphNode> = {
    [TEACH_SOURCE]: { type: 'core.source.frames' },
    newest: { type: 'core.buffer.latest' },
    decode: { type: 'core.transform.decode', config: { shortSide: 384 } },
    // The features are of one hand, and looking for a second in every frame takes twice as long.
    hands: { type: 'mediapipe.hands', config: { numHands: 1 } },
    [TEACH_HANDS]: { type: 'core.sink.results' },
  };
  const wires: [string, string][] = [
    [`${TEACH_SOURCE}.frame`, 'newest.in'],
    ['newest.out', 'decode.frame'],
    ['decode.frame', 'hands.frame'],
    ['hands.hands', `${TEACH_HANDS}.in`],
  ];
  if (model !== undefined) {
    nodes['window'] = { type: 'core.buffer.window', config: { resample: 30, strideMs: 100, whole: false } };
    nodes[CLASSIFIER] = { type: 'signs.classifier', config: { model } };
    nodes['decoder'] = { type: 'signs.decoder' };
    nodes['signs-told'] = { type: 'core.sink.results' };
    wires.push(
      ['hands.hands', 'window.in'],
      ['window.out', `${CLASSIFIER}.in`],
      [`${CLASSIFIER}.classification`, 'decoder.classification'],
      ['decoder.events', 'signs-told.in'],
    );
  }
  return { kinegraph: GRAPH_FORMAT, title: 'Teach', nodes, wires };
}

/** The nodes of a graph that name signs by a model of their configuration. */
export function classifiersOf(graph: GraphDocument): readonly string[] {
  return Object.entries(graph.nodes)
    .filter(([, { type }]) => type === 'signs.classifier')
    .map(([name]) => name);
}
