import { LANDMARK_STRIDE } from '@kinegraph/core';
import type { Skeleton } from '@kinegraph/core';
import { defaultStyle, drawTracks } from '../drawing/index.js';
import type { DisplayedTrack } from '../drawing/index.js';
import type { LiveScene } from './live-scene.js';
import type { TrackValues } from './result-values.js';

/** What of a scene is drawn. */
export interface SceneLayers {
  readonly skeletons: boolean;
  readonly boxes: boolean;
  readonly labels: boolean;
  readonly angles: boolean;
  /** As one sees oneself. */
  readonly mirrored: boolean;
}

/** How a track is called: the words are the reader's. */
export type TrackNamer = (track: Pick<DisplayedTrack, 'skeleton' | 'handedness'>) => string;

/** What a scene is drawn with. */
export interface SceneStyle {
  readonly layers: SceneLayers;
  readonly skeletons: ReadonlyMap<string, Skeleton>;
  readonly nameOf: TrackNamer;
  /** Font sizes go by the picture as it is seen: pixels of the canvas for one of the screen. */
  readonly pixelRatio: number;
}

const BOX_COLOR = '#ffd166';
const GROUND = 'rgb(10 14 18 / 72%)';
/** In pixels of the screen. */
const LABEL_PX = 13;
const ANGLE_PX = 10;
/** Angles of joints that the model hardly saw say nothing. */
const LEAST_VISIBLE = 0.5;
/** Half a track, or more, is named. */
const NAMED_OPACITY = 0.5;

/** Draws a scene over the picture that the canvas bears. */
export function drawScene(context: CanvasRenderingContext2D, scene: LiveScene, style: SceneStyle): void {
  const { layers, skeletons } = style;
  const { width, height } = context.canvas;
  if (layers.skeletons) {
    if (layers.mirrored) context.setTransform(-1, 0, 0, 1, width, 0);
    drawTracks(context, scene.tracks, skeletons);
  }
  context.setTransform(1, 0, 0, 1, 0, 0); // letters are not mirrored
  const across = (x: number): number => (layers.mirrored ? 1 - x : x) * width;
  const pen = new Pen(context, style.pixelRatio);
  if (layers.boxes) {
    for (const { label, score, x, y, width: wide, height: high } of scene.boxes) {
      const left = Math.min(across(x), across(x + wide));
      pen.box(left, y * height, wide * width, high * height);
      if (layers.labels) pen.tag(`${label} ${percent(score)}`, left, y * height, BOX_COLOR);
    }
  }
  if (layers.angles) for (const values of scene.values) drawAngles(pen, scene.tracks, values, style, across);
  if (layers.labels) {
    for (const track of scene.tracks) {
      if (track.opacity < NAMED_OPACITY || !skeletons.has(track.skeleton)) continue;
      const top = topOf(track);
      if (top !== undefined)
        pen.tag(
          tagOf(track, scene.values, style.nameOf),
          across(top.x),
          top.y * height,
          defaultStyle({ id: track.skeleton }).color,
        );
    }
  }
}

function tagOf(track: DisplayedTrack, values: readonly TrackValues[], nameOf: TrackNamer): string {
  const label = values.find((one) => isOf(one, track) && one.label !== undefined)?.label;
  const name = `${nameOf(track)} ${percent(track.score)}`;
  return label === undefined ? name : `${name} · ${label.text} ${percent(label.score)}`;
}

function drawAngles(
  pen: Pen,
  tracks: readonly DisplayedTrack[],
  values: TrackValues,
  { skeletons }: SceneStyle,
  across: (x: number) => number,
): void {
  const track = tracks.find((one) => isOf(values, one) && one.opacity >= NAMED_OPACITY);
  const points = track === undefined ? undefined : skeletons.get(track.skeleton)?.points;
  if (track === undefined || points === undefined || values.degrees === undefined) return;
  for (const [joint, degrees] of Object.entries(values.degrees)) {
    const at = points.indexOf(joint) * LANDMARK_STRIDE;
    const [x, y, , visibility = 0] = track.image.subarray(at, at + LANDMARK_STRIDE);
    if (at < 0 || x === undefined || y === undefined || !(visibility >= LEAST_VISIBLE)) continue;
    pen.note(`${Math.round(degrees)}°`, across(x), y);
  }
}

/** A value that does not name its skeleton is of the hand of its id: classifiers follow hands. */
function isOf({ trackId, skeleton }: TrackValues, track: DisplayedTrack): boolean {
  return (
    trackId === track.trackId &&
    (skeleton ?? (track.skeleton.startsWith('hand') ? track.skeleton : '')) === track.skeleton
  );
}

/** The highest point that was seen. */
function topOf({ image }: DisplayedTrack): { x: number; y: number } | undefined {
  let top: { x: number; y: number } | undefined;
  for (let at = 0; at < image.length; at += LANDMARK_STRIDE) {
    const [x = Number.NaN, y = Number.NaN, , visibility = 0] = image.subarray(at, at + LANDMARK_STRIDE);
    if (visibility >= LEAST_VISIBLE && Number.isFinite(x) && y < (top?.y ?? Number.POSITIVE_INFINITY)) top = { x, y };
  }
  return top;
}

const percent = (score: number): string => `${Math.round(100 * score)} %`;

/** Letters and boxes in sizes of the screen, kept inside of the canvas. */
class Pen {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly pixelRatio: number,
  ) {
    context.textBaseline = 'middle';
    context.globalAlpha = 1;
  }

  box(x: number, y: number, width: number, height: number): void {
    this.context.lineWidth = 2 * this.pixelRatio;
    this.context.strokeStyle = BOX_COLOR;
    this.context.strokeRect(x, y, width, height);
  }

  /** A line of text that stands above a point. */
  tag(text: string, x: number, y: number, color: string): void {
    const size = LABEL_PX * this.pixelRatio;
    this.context.font = `600 ${size}px system-ui, sans-serif`;
    const wide = this.context.measureText(text).width + size;
    const high = 1.6 * size;
    const left = Math.max(0, Math.min(this.context.canvas.width - wide, x - wide / 2));
    const top = Math.max(0, y - high - size);
    this.#ground(left, top, wide, high);
    this.context.fillStyle = color;
    this.context.fillText(text, left + size / 2, top + high / 2);
  }

  /** A few letters beside a point; `y` as a fraction of the height. */
  note(text: string, x: number, y: number): void {
    const size = ANGLE_PX * this.pixelRatio;
    this.context.font = `${size}px system-ui, sans-serif`;
    const wide = this.context.measureText(text).width + 0.6 * size;
    const left = x + 0.8 * size;
    const top = y * this.context.canvas.height - 0.7 * size;
    this.#ground(left, top, wide, 1.4 * size);
    this.context.fillStyle = '#ffffff';
    this.context.fillText(text, left + 0.3 * size, top + 0.7 * size);
  }

  #ground(x: number, y: number, width: number, height: number): void {
    this.context.fillStyle = GROUND;
    this.context.beginPath();
    this.context.roundRect(x, y, width, height, 3 * this.pixelRatio);
    this.context.fill();
  }
}
