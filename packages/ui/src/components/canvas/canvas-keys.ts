import type { Place } from '../../editing/index.js';

/** How far an arrow key moves what is selected, in units of the canvas; with Shift only one. */
const STEP = 10;
const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** What a key means on the canvas; undefined for nothing. */
export function nudgeOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): Place | undefined {
  const arrow = ARROWS[key];
  if (arrow === undefined || ctrlKey || metaKey || altKey) return undefined;
  const step = shiftKey ? 1 : STEP;
  return { x: arrow.x * step + 0, y: arrow.y * step + 0 };
}

/** The node or wire that has the focus. */
export function focused(target: EventTarget | null): { readonly node: string } | { readonly wire: string } | undefined {
  if (!(target instanceof Element)) return undefined;
  const id = target.getAttribute('data-id');
  if (id === null) return undefined;
  if (target.classList.contains('vue-flow__node')) return { node: id };
  return target.classList.contains('vue-flow__edge') ? { wire: id } : undefined;
}
