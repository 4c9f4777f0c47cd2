/** A rectangle on the screen, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 12;

/**
 * Where a bubble goes so that it stands beside what it tells of and wholly on the screen: at the side with the most room; over
 * it, in the middle, where no side has enough.
 * @returns its left top corner
 */
export function placeBeside(
  anchor: Box,
  bubble: { readonly width: number; readonly height: number },
  screen: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const { width, height } = bubble;
  const sides = [
    { room: screen.width - (anchor.x + anchor.width) - width, x: anchor.x + anchor.width + GAP, y: anchor.y },
    { room: anchor.x - width, x: anchor.x - GAP - width, y: anchor.y },
    { room: screen.height - (anchor.y + anchor.height) - height, x: anchor.x, y: anchor.y + anchor.height + GAP },
    { room: anchor.y - height, x: anchor.x, y: anchor.y - GAP - height },
  ].toSorted((a, b) => b.room - a.room);
  const [best] = sides;
  const wanted =
    best !== undefined && best.room >= GAP
      ? best
      : { x: anchor.x + (anchor.width - width) / 2, y: anchor.y + (anchor.height - height) / 2 };
  return {
    x: Math.max(GAP, Math.min(wanted.x, screen.width - width - GAP)),
    y: Math.max(GAP, Math.min(wanted.y, screen.height - height - GAP)),
  };
}
