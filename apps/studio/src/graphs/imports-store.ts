import type { GraphDocument } from '@kinegraph/core';
import { defineStore } from 'pinia';

/** Graphs that are to be the draft of the editor that opens next: from files, or copies of others. */
export const useImports = defineStore('imports', () => {
  const waiting = new Map<string, GraphDocument>();
  return {
    put: (id: string, document: GraphDocument): void => void waiting.set(id, document),
    /** What waits for this graph; once. */
    take(id: string): GraphDocument | undefined {
      const document = waiting.get(id);
      waiting.delete(id);
      return document;
    },
  };
});
