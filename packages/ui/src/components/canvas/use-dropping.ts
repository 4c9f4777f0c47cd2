import type { NodeDragEvent } from '@vue-flow/core';
import type { ShallowRef } from 'vue';
import type { Place } from '../../editing/index.js';
import type { PagePoint } from '../popup/place-popup.js';
import type { Held, HoveredWire } from './use-wire-hover.js';

/** What dragging is done with. */
export interface DroppingParts {
  /** The wire under what is held. */
  readonly hovered: ShallowRef<HoveredWire | undefined>;
  readonly hold: (held: Held, place: Place, at: PagePoint) => void;
  /** Where on the canvas an event is. */
  readonly at: (event: MouseEvent) => Place;
  readonly isSelected: (node: string) => boolean;
  /** Type of a node that may be dropped here; undefined where none may. */
  readonly dragged: () => string | undefined;
}

/** What becomes of what was dragged. */
export interface DropWishes {
  select(names: ReadonlySet<string>): void;
  move(places: ReadonlyMap<string, Place>): void;
  splice(node: string, wire: string, at: Place): void;
  drop(type: string, at: Place, wire: string | undefined): void;
}

/** Nodes that are dragged on the canvas, and types that are dragged onto it: put into a wire where one fits. */
export function useDropping(
  { hovered, hold, at, isSelected, dragged }: DroppingParts,
  wishes: DropWishes,
): {
  begin: (event: NodeDragEvent) => void;
  drag: (event: NodeDragEvent) => void;
  end: (event: NodeDragEvent) => void;
  over: (event: DragEvent) => void;
  leave: () => void;
  drop: (event: DragEvent) => void;
} {
  function over(event: DragEvent): void {
    const type = dragged();
    if (type === undefined) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    hold({ type }, at(event), { x: event.clientX, y: event.clientY });
  }
  /** The wire that takes what is held, which is let go. */
  function taken(): HoveredWire | undefined {
    const wire = hovered.value;
    hovered.value = undefined;
    return wire?.fits === true ? wire : undefined;
  }

  return {
    over,
    /** The library selects what is dragged. */
    begin({ node }) {
      if (!isSelected(node.id)) wishes.select(new Set([node.id]));
    },
    drag({ event, nodes: moved }) {
      const [node, another] = moved;
      if (node === undefined || another !== undefined || !(event instanceof MouseEvent)) return;
      hold({ node: node.id }, at(event), { x: event.clientX, y: event.clientY });
    },
    end({ nodes: moved }) {
      const [node] = moved;
      const into = taken();
      if (node !== undefined && into !== undefined) wishes.splice(node.id, into.wire.id, { ...node.position });
      else wishes.move(new Map(moved.map(({ id, position }) => [id, { x: position.x, y: position.y }])));
    },
    leave: () => (hovered.value = undefined),
    drop(event) {
      over(event);
      const into = taken();
      const type = dragged();
      if (type === undefined) return;
      event.preventDefault();
      wishes.drop(type, at(event), into?.wire.id);
    },
  };
}
