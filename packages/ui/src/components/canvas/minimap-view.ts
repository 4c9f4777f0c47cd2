import type { Box, Place } from '../../editing/index.js';
import type { CanvasViewport } from './canvas-overlay.js';

/** How a graph is drawn small: a place of the canvas is drawn at `place * scale + (x, y)`. */
export interface MinimapView extends Place {
  readonly scale: number;
  /** The part that is seen, in units of the canvas. */
  readonly seen: Box;
}

/** Room that is left at the edges, in pixels. */
const MARGIN = 6;
/** Larger than this nothing is drawn, so that a small graph does not fill all. */
const LARGEST = 0.2;

/** A view with all nodes and what is seen in it, in the middle of the room that there is. */
export function minimapView(
  boxes: Iterable<Box>,
  { x, y, zoom }: CanvasViewport,
  canvas: Pick<Box, 'width' | 'height'>,
  room: Pick<Box, 'width' | 'height'>,
): MinimapView {
  const seen = { x: -x / zoom, y: -y / zoom, width: canvas.width / zoom, height: canvas.height / zoom };
  let [left, top, right, bottom] = [seen.x, seen.y, seen.x + seen.width, seen.y + seen.height];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  const [width, height] = [Math.max(1, right - left), Math.max(1, bottom - top)];
  const scale = Math.min(LARGEST, (room.width - 2 * MARGIN) / width, (room.height - 2 * MARGIN) / height);
  return {
    ...{ scale, seen },
    x: (room.width - width * scale) / 2 - left * scale,
    y: (room.height - height * scale) / 2 - top * scale,
  };
}

/** The place of the canvas that is drawn at a pixel. */
export function placeIn({ x, y, scale }: MinimapView, pixel: Place): Place {
  return { x: (pixel.x - x) / scale, y: (pixel.y - y) / scale };
}
