import type { NodeMouseEvent, VueFlowStore } from '@vue-flow/core';
import { nextTick } from 'vue';
import type { Place } from '../../editing/index.js';
import { focused, nudgeOf } from './canvas-keys.js';

/** What picking is done with. */
export interface PickingParts {
  readonly flow: VueFlowStore;
  readonly selection: () => ReadonlySet<string>;
  readonly isFixed: () => boolean;
}

/** What becomes of what was picked. */
export interface PickWishes {
  select(names: ReadonlySet<string>): void;
  selectWire(id: string): void;
  nudge(by: Place): void;
}

/** Selecting nodes: by clicks, with a box, and by key. */
export function usePicking(
  { flow, selection, isFixed }: PickingParts,
  wishes: PickWishes,
): {
  click: (event: NodeMouseEvent) => void;
  boxed: () => void;
  key: (event: KeyboardEvent) => void;
} {
  const isMore = ({ shiftKey, ctrlKey, metaKey }: MouseEvent | KeyboardEvent): boolean =>
    shiftKey || ctrlKey || metaKey;

  function pick(name: string, more: boolean): void {
    const names = new Set(more ? selection() : []);
    if (more && names.has(name)) names.delete(name);
    else names.add(name);
    wishes.select(names);
    void keepFocus();
  }
  /** The library takes the focus from a node that is no longer selected: arrow keys shall still find the canvas. */
  async function keepFocus(): Promise<void> {
    await nextTick();
    await nextTick();
    if (document.activeElement === document.body) flow.vueFlowRef.value?.focus({ preventScroll: true });
  }

  return {
    click({ node, event }) {
      pick(node.id, event instanceof MouseEvent && isMore(event));
    },
    boxed() {
      flow.nodesSelectionActive.value = false;
      flow.removeSelectedEdges(flow.getSelectedEdges.value);
      wishes.select(new Set(flow.getSelectedNodes.value.map(({ id }) => id)));
      flow.vueFlowRef.value?.focus({ preventScroll: true });
    },
    key(event) {
      const by = isFixed() ? undefined : nudgeOf(event);
      const on = focused(event.target);
      if (by !== undefined && selection().size > 0) wishes.nudge(by);
      else if (on !== undefined && (event.key === 'Enter' || event.key === ' ')) {
        if ('node' in on) pick(on.node, isMore(event));
        else wishes.selectWire(on.wire);
      } else return;
      event.preventDefault();
    },
  };
}
