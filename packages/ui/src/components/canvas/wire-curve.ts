import type { Place } from '../../editing/index.js';

/** A wire as it is drawn, from an output at the right of a node to an input at the left of another. */
export interface WireCurve {
  readonly from: Place;
  readonly to: Place;
}

/** How far the curve leaves straight to the side; as the canvas library has it. */
function reach({ from, to }: WireCurve): number {
  const across = to.x - from.x;
  return across >= 0 ? across / 2 : 6.25 * Math.sqrt(-across);
}

/** The curve as the path of an SVG. */
export function curvePath(curve: WireCurve): string {
  const { from, to } = curve;
  const out = reach(curve);
  return `M${from.x},${from.y} C${from.x + out},${from.y} ${to.x - out},${to.y} ${to.x},${to.y}`;
}

/** Pieces that a curve is taken as when distances are measured. */
const PIECES = 24;

/** How far a point is from a curve, in units of the canvas. */
export function distanceToCurve(point: Place, curve: WireCurve): number {
  let least = Number.POSITIVE_INFINITY;
  let before = curve.from;
  for (let piece = 1; piece <= PIECES; piece += 1) {
    const next = pointOn(curve, piece / PIECES);
    least = Math.min(least, distanceToLine(point, before, next));
    before = next;
  }
  return least;
}

/** A point of the curve; 0 is its begin, 1 its end. */
export function pointOn(curve: WireCurve, along: number): Place {
  const { from, to } = curve;
  const out = reach(curve);
  const [a, b, c, d] = [(1 - along) ** 3, 3 * (1 - along) ** 2 * along, 3 * (1 - along) * along ** 2, along ** 3];
  return {
    x: a * from.x + b * (from.x + out) + c * (to.x - out) + d * to.x,
    y: (a + b) * from.y + (c + d) * to.y,
  };
}

/** Whether a point may be closer to the curve than that, told from the box around it: most are far away. */
export function isNearBox({ x, y }: Place, curve: WireCurve, within: number): boolean {
  const { from, to } = curve;
  const room = to.x >= from.x ? within : within + reach(curve);
  return (
    x >= Math.min(from.x, to.x) - room &&
    x <= Math.max(from.x, to.x) + room &&
    y >= Math.min(from.y, to.y) - within &&
    y <= Math.max(from.y, to.y) + within
  );
}

function distanceToLine(point: Place, a: Place, b: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared;
  const inside = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - inside * dx, point.y - a.y - inside * dy);
}
