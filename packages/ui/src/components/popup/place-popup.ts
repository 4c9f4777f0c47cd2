/** A point of the page, in CSS pixels from the upper left of what is seen of it. */
export interface PagePoint {
  readonly x: number;
  readonly y: number;
}

/** Room that stays free towards the edges of the page. */
const EDGE = 8;

/**
 * Where a popup goes that is wanted at a point: below it and to its end; on the other side where it would not fit there, and
 * never over the edge.
 */
export function placePopup(
  at: PagePoint,
  size: { readonly width: number; readonly height: number },
  page: { readonly width: number; readonly height: number },
): PagePoint {
  return {
    x: within(at.x, size.width, page.width),
    y: within(at.y, size.height, page.height),
  };
}

function within(at: number, size: number, page: number): number {
  if (at + size <= page - EDGE) return Math.max(EDGE, at);
  return Math.max(EDGE, at - size >= EDGE ? at - size : page - EDGE - size);
}
