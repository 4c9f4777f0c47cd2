import { LANDMARK_STRIDE } from '@kinegraph/core';
import type { LandmarkArray, Skeleton } from '@kinegraph/core';
import { defaultStyle } from './skeleton-style.js';
import type { SkeletonStyle } from './skeleton-style.js';
import type { DisplayedTrack } from './track-display.js';

/** What drawing needs of a canvas, of a page or of a worker. */
export type DrawingContext = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'fill'
  | 'fillStyle'
  | 'globalAlpha'
  | 'lineCap'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'restore'
  | 'save'
  | 'stroke'
  | 'strokeStyle'
> & { readonly canvas: { readonly width: number; readonly height: number } };

/** What may differ from one drawing to the next. */
export interface DrawingOptions {
  /** Default: `defaultStyle` of the skeleton. */
  readonly style?: SkeletonStyle;
  /** 0-1. Default: 1. */
  readonly opacity?: number;
  /** Size in pixels that the fractions refer to. Default: that of the canvas. */
  readonly width?: number;
  readonly height?: number;
}

/** A point less visible than the first is left out, from the second on it is drawn in full. */
const VISIBLE = { from: 0.3, full: 0.65 } as const;
/** Visibility is drawn in so many steps, so that points of one step share a path. */
const STEPS = 4;
/** Width of the outline on either side, as a share of the bone's width. */
const OUTLINE = 0.45;
/** Never thinner, in pixels. */
const THINNEST = 1.5;

/**
 * Draws image landmarks with the bones of their skeleton over a picture. What the model hardly saw fades, and what is no
 * number is left out; line widths go by the picture's size. The context is left as it was.
 *
 * @param landmarks - Shape [points, 4]: x, y as fractions of width and height, z, visibility.
 */
export function drawSkeleton(
  context: DrawingContext,
  landmarks: LandmarkArray,
  skeleton: Skeleton,
  options: DrawingOptions = {},
): void {
  const { canvas } = context;
  const { style = defaultStyle(skeleton), opacity = 1, width = canvas.width, height = canvas.height } = options;
  const shortSide = Math.min(width, height);
  const boneWidth = Math.max(THINNEST, style.boneWidth * shortSide);
  const radius = Math.max(THINNEST, style.jointRadius * shortSide);
  const outline = boneWidth * OUTLINE;
  const points = pointsOf(landmarks, skeleton.points.length, width, height);
  context.save();
  context.lineCap = 'round';
  // Outlines first, all of them: none may cross a bone that lies beside it.
  for (const [color, extra] of [[style.outline, outline] as const, [style.color, 0] as const]) {
    context.strokeStyle = color;
    context.fillStyle = color;
    context.lineWidth = boneWidth + 2 * extra;
    for (let step = 1; step <= STEPS; step += 1) {
      context.globalAlpha = (opacity * step) / STEPS;
      strokeBones(context, points, skeleton, step);
      fillJoints(context, points, radius + extra, step);
    }
  }
  context.restore();
}

/** Draws all tracks whose skeleton is known, bodies below hands. */
export function drawTracks(
  context: DrawingContext,
  tracks: readonly DisplayedTrack[],
  skeletons: ReadonlyMap<string, Skeleton>,
  options: Omit<DrawingOptions, 'opacity'> = {},
): void {
  const order = tracks.toSorted(
    (a, b) => Number(a.skeleton.startsWith('hand')) - Number(b.skeleton.startsWith('hand')),
  );
  for (const { skeleton: id, image, opacity } of order) {
    const skeleton = skeletons.get(id);
    if (skeleton !== undefined) drawSkeleton(context, image, skeleton, { ...options, opacity });
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
  /** 0 (left out) to STEPS (in full). */
  readonly step: number;
}

function pointsOf(landmarks: LandmarkArray, count: number, width: number, height: number): Point[] {
  return Array.from({ length: count }, (_, point): Point => {
    const at = point * LANDMARK_STRIDE;
    const x = (landmarks[at] ?? Number.NaN) * width;
    const y = (landmarks[at + 1] ?? Number.NaN) * height;
    const known = Number.isFinite(x) && Number.isFinite(y);
    return { x, y, step: known ? visibleStep(landmarks[at + LANDMARK_STRIDE - 1] ?? 1) : 0 };
  });
}

function visibleStep(visibility: number): number {
  const share = (visibility - VISIBLE.from) / (VISIBLE.full - VISIBLE.from);
  return share > 0 ? Math.ceil(Math.min(1, share) * STEPS) : 0; // NaN is not visible
}

function strokeBones(context: DrawingContext, points: readonly Point[], skeleton: Skeleton, step: number): void {
  let drawn = false;
  for (const [from, to] of skeleton.connections) {
    const [start, end] = [points[from], points[to]];
    if (start === undefined || end === undefined || Math.min(start.step, end.step) !== step) continue;
    if (!drawn) context.beginPath();
    drawn = true;
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
  }
  if (drawn) context.stroke();
}

function fillJoints(context: DrawingContext, points: readonly Point[], radius: number, step: number): void {
  let drawn = false;
  for (const { x, y, step: own } of points) {
    if (own !== step) continue;
    if (!drawn) context.beginPath();
    drawn = true;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  if (drawn) context.fill();
}
