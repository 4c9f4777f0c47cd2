import { diffGraphs } from '@kinegraph/core';
import type { GraphDocument, NodeTypeCatalog } from '@kinegraph/core';
import { isLiveOnly } from './live-only.js';
import type { LiveValue } from './live-values.js';

/**
 * The values that a step in the editor changes in the run at once: those of live keys, as long as the draft differs from what
 * runs in such keys only. Everything else waits until it is tried or deployed. Taking a step back is a step as well.
 * @param running - the graph as it runs.
 */
export function liveValuesOfStep(
  running: GraphDocument,
  before: GraphDocument,
  after: GraphDocument,
  catalog: NodeTypeCatalog,
): readonly LiveValue[] {
  if (before === after || !isLiveOnly(diffGraphs(running, after, catalog))) return [];
  const { changed } = diffGraphs(before, after, catalog);
  return changed
    .filter(({ live }) => live)
    .flatMap(({ node, configKeys }) =>
      configKeys.map((key) => ({ node, key, value: after.nodes[node]?.config?.[key] })),
    );
}
