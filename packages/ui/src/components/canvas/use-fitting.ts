import type { VueFlowStore } from '@vue-flow/core';
import { watch } from 'vue';

/** Brings all nodes into sight: when asked, and by itself once the nodes of a graph are first there. */
export function useFitting(flow: VueFlowStore, isEmpty: () => boolean): () => Promise<boolean> {
  const fit = (): Promise<boolean> => flow.fitView({ padding: 0.2, maxZoom: 1.25 });
  let isFitted = false;
  flow.onNodesInitialized(() => {
    if (isFitted) return;
    isFitted = true;
    void fit();
  });
  // Another graph, not the same one changed.
  watch(isEmpty, (empty) => {
    if (empty) isFitted = false;
  });
  return fit;
}
