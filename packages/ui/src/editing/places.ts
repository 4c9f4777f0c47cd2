import type { GraphDocument } from '@kinegraph/core';
import type { Place } from './node-edits.js';

/** What places are rounded to, so that nodes stand in line by themselves. */
export const GRID = 8;

/** Where something stands and how much room it takes, in units of the canvas. */
export interface Box extends Place {
  readonly width: number;
  readonly height: number;
}

/** The whole number that is closest; never -0, which a document would tell. */
export function whole(value: number): number {
  return Math.round(value) + 0;
}

/** The place on the grid that is closest. */
export function onGrid({ x, y }: Place): Place {
  return { x: whole(x / GRID) * GRID, y: whole(y / GRID) * GRID };
}

/** Room between nodes that nobody has placed. */
const GAP = 2 * GRID;

/** The first place from the wished one downwards where a box lies over no other. */
export function freePlace(wish: Place, size: Pick<Box, 'width' | 'height'>, others: Iterable<Box>): Place {
  const { x, y } = onGrid(wish);
  const inTheWay = [...others]
    .filter((box) => box.x < x + size.width + GAP && x < box.x + box.width + GAP)
    .sort((a, b) => a.y - b.y);
  let top = y;
  for (const box of inTheWay)
    if (box.y < top + size.height + GAP && top < box.y + box.height + GAP) top = box.y + box.height + GAP;
  return onGrid({ x, y: Math.ceil(top / GRID) * GRID });
}

/**
 * The document with the places that nodes had before, where nobody has placed them: what is drawn by its wires would jump with
 * each that is laid. Only where an edit has changed nodes or wires.
 * @param before - where all nodes were drawn
 */
export function keepPlaces(
  document: GraphDocument,
  edited: GraphDocument,
  before: ReadonlyMap<string, Place>,
): GraphDocument {
  if (document.nodes === edited.nodes && document.wires === edited.wires) return edited;
  if (document.wires === edited.wires && sameNames(document.nodes, edited.nodes)) return edited;
  const loose = [...before].filter(
    ([name]) => Object.hasOwn(edited.nodes, name) && !Object.hasOwn(edited.layout ?? {}, name),
  );
  if (loose.length === 0) return edited;
  return { ...edited, layout: { ...edited.layout, ...Object.fromEntries(loose) } };
}

function sameNames(some: object, others: object): boolean {
  const names = Object.keys(some);
  return names.length === Object.keys(others).length && names.every((name) => Object.hasOwn(others, name));
}
