import { hasErrors, resolveGraph, validateGraph } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog } from '@kinegraph/core';

/** Where node types name their model. */
const MODEL_KEY = 'model';

/** A model that a node names. */
export interface WantedModel {
  /** As the node says it: the id of a model, a short name that its node type knows, a file or an address. */
  readonly name: string;
  /** As plugins list what a node type knows by a short name: `mediapipe.hands.full`. */
  readonly short: string;
}

/** The models that the nodes of a graph name; none of one that is not valid. */
export function wantedModels(document: GraphDocument, catalog: NodeTypeCatalog): readonly WantedModel[] {
  if (hasErrors(validateGraph(document, catalog))) return [];
  return resolveGraph(document, catalog).nodes.flatMap(({ descriptor, config }) => {
    const name = config[MODEL_KEY];
    return typeof name === 'string' ? [{ name, short: `${descriptor.type}.${name}` }] : [];
  });
}
