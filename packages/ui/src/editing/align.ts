import type { Place } from './node-edits.js';
import { whole } from './places.js';
import type { Box } from './places.js';

/** Edges and middles that nodes are brought into line by. */
export const ALIGNMENTS = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Brings boxes into line at the outermost of their edges, or in the middle of them all. @returns the places of all */
export function alignBoxes(boxes: ReadonlyMap<string, Box>, by: Alignment): ReadonlyMap<string, Place> {
  const all = [...boxes.values()];
  const left = Math.min(...all.map(({ x }) => x));
  const right = Math.max(...all.map(({ x, width }) => x + width));
  const top = Math.min(...all.map(({ y }) => y));
  const bottom = Math.max(...all.map(({ y, height }) => y + height));
  const place: Readonly<Record<Alignment, (box: Box) => Place>> = {
    left: ({ y }) => ({ x: left, y }),
    centre: ({ y, width }) => ({ x: whole((left + right - width) / 2), y }),
    right: ({ y, width }) => ({ x: right - width, y }),
    top: ({ x }) => ({ x, y: top }),
    middle: ({ x, height }) => ({ x, y: whole((top + bottom - height) / 2) }),
    bottom: ({ x, height }) => ({ x, y: bottom - height }),
  };
  return new Map([...boxes].map(([name, box]) => [name, place[by](box)]));
}

/** Gives boxes equal room between them, from the first to the last, which stay. @returns the places of all */
export function distributeBoxes(boxes: ReadonlyMap<string, Box>, along: 'across' | 'down'): ReadonlyMap<string, Place> {
  const [at, size] = along === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const inOrder = [...boxes].sort(([, a], [, b]) => a[at] - b[at]);
  const [first, last] = [inOrder[0]?.[1], inOrder.at(-1)?.[1]];
  if (first === undefined || last === undefined) return new Map();
  const between = inOrder.slice(0, -1).reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (last[at] - first[at] - between) / Math.max(1, inOrder.length - 1);
  let next = first[at];
  return new Map(
    inOrder.map(([name, box]) => {
      const place = { x: box.x, y: box.y, [at]: whole(next) };
      next += box[size] + gap;
      return [name, place];
    }),
  );
}
