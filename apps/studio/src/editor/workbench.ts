import type { GraphDocument, PortAddress, Problem } from '@kinegraph/core';
import { formatEndpoint } from '@kinegraph/core';
import { defineStore } from 'pinia';
import { onScopeDispose, ref, shallowRef } from 'vue';
import type { Ref } from 'vue';
import { useGraphSession } from './graph-session.js';

/** How the graph is shown: as boxes and wires, or as a list that needs no mouse and little room. */
export type EditorView = 'canvas' | 'outline';
/** What lies over the editor. */
export type EditorDialog = 'deploy' | 'history' | 'save' | 'rename';
/** What slides in where there is no room for it beside. */
export type EditorSheet = 'palette' | 'inspector';

/** Below this the outline is what one sees first, and palette and inspector slide in. */
const NARROW_PX = 700;
const VIEW = 'kinegraph.editor-view';

/** Whether there is little room, and what opens beside the graph lies over it. */
export function useNarrow(): Readonly<Ref<boolean>> {
  const narrow = matchMedia(`(max-width: ${NARROW_PX - 1}px)`);
  const isNarrow = ref(narrow.matches);
  const tell = ({ matches }: MediaQueryListEvent): boolean => (isNarrow.value = matches);
  narrow.addEventListener('change', tell);
  onScopeDispose(() => narrow.removeEventListener('change', tell));
  return isNarrow;
}

/** What is open around the graph, and what has been asked to be looked at. */
export const useWorkbench = defineStore('workbench', () => {
  const session = useGraphSession();
  const narrow = matchMedia(`(max-width: ${NARROW_PX - 1}px)`);
  const view = ref<EditorView>(narrow.matches || localStorage.getItem(VIEW) === 'outline' ? 'outline' : 'canvas');
  const sheet = ref<EditorSheet>();
  const dialog = ref<EditorDialog>();
  const isFinding = ref(false);
  /** Nodes that the canvas brings into sight. */
  const sought = shallowRef<readonly string[]>([]);
  /** `node.port` of a port that is pointed out. */
  const pointed = ref<string>();
  /** A field of the inspector that is to have the focus: a key of the configuration, `#name`, or '' for the first. */
  const field = shallowRef<{ readonly key: string }>();
  /** An old revision that is looked at in the place of the draft. */
  const viewed = shallowRef<{ readonly revision: number; readonly document: GraphDocument }>();
  /** Counts how often the inspector was left by key. */
  const returns = ref(0);

  function turn(to: EditorView): void {
    view.value = to;
    localStorage.setItem(VIEW, to);
  }

  /** Selects a node and brings it into sight. */
  function show(node: string): void {
    session.select(new Set([node]));
    sought.value = [node];
  }

  function point(at: PortAddress | undefined): void {
    pointed.value = at && formatEndpoint(at);
  }

  function edit(key: string): void {
    sheet.value = 'inspector';
    field.value = { key };
  }

  /** Leads to where a problem is: to its wire, or its node, there to the port or the field. */
  function showProblem({ node, wire, port, pointer }: Problem): void {
    point(undefined);
    if (node !== undefined) show(node);
    else if (wire !== undefined) session.selectWire(wire);
    if (node !== undefined && port !== undefined) point({ node, port });
    const key = /^\/nodes\/[^/]+\/config\/([^/]+)/.exec(pointer)?.[1];
    if (key !== undefined) edit(key.replaceAll('~1', '/').replaceAll('~0', '~'));
  }

  return {
    ...{ view, sheet, dialog, isFinding, sought, viewed, pointed, field, returns },
    ...{ turn, show, point, edit, showProblem },
    /** Out of the inspector, back to where one was. */
    leave(): void {
      sheet.value = undefined;
      returns.value += 1;
    },
  };
});
