import type { DrawingContext } from '@kinegraph/ui';
import { parseColor } from './parse-color.js';

interface Segment {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
}

interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * The part of a canvas that skeletons are drawn with, on RGBA pixels: lines with round ends and whole circles, with smooth
 * edges. A path covers each pixel once, as on a canvas, however often its parts cross.
 */
export class PixelCanvas implements DrawingContext {
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  lineCap: CanvasLineCap = 'round';
  globalAlpha = 1;
  readonly canvas: { readonly width: number; readonly height: number };
  #segments: Segment[] = [];
  #circles: Circle[] = [];
  #x = 0;
  #y = 0;
  /** How much of each pixel the path covers, 0-255; zero between two paths. */
  readonly #coverage: Uint8Array;
  readonly #saved: Pick<PixelCanvas, 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineCap' | 'globalAlpha'>[] = [];

  /** @param pixels - RGBA, rows without padding; drawn on in place. */
  constructor(
    private readonly pixels: Uint8Array,
    readonly width: number,
    readonly height: number,
  ) {
    this.canvas = { width, height };
    this.#coverage = new Uint8Array(width * height);
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, globalAlpha } = this;
    this.#saved.push({ fillStyle, strokeStyle, lineWidth, lineCap, globalAlpha });
  }

  restore(): void {
    Object.assign(this, this.#saved.pop());
  }

  beginPath(): void {
    this.#segments = [];
    this.#circles = [];
  }

  moveTo(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
  }

  lineTo(x: number, y: number): void {
    this.#segments.push({ fromX: this.#x, fromY: this.#y, toX: x, toY: y });
    this.moveTo(x, y);
  }

  /** A whole circle, whatever the angles: nothing else is drawn with it. */
  arc(x: number, y: number, radius: number): void {
    this.#circles.push({ x, y, radius });
  }

  stroke(): void {
    const reach = this.lineWidth / 2;
    this.#paint(
      this.strokeStyle,
      this.#segments.map((segment) => ({ segment, reach })),
    );
  }

  fill(): void {
    this.#paint(
      this.fillStyle,
      this.#circles.map(({ x, y, radius }) => ({ segment: { fromX: x, fromY: y, toX: x, toY: y }, reach: radius })),
    );
  }

  /** Everything is a segment with all that is within reach of it. */
  #paint(style: string, parts: readonly { segment: Segment; reach: number }[]): void {
    const bounds = { left: this.width, top: this.height, right: -1, bottom: -1 };
    for (const { segment, reach } of parts) this.#cover(segment, reach, bounds);
    const { red, green, blue, alpha } = parseColor(style);
    const opacity = (alpha * this.globalAlpha) / 255;
    for (let y = bounds.top; y <= bounds.bottom; y += 1) {
      for (let x = bounds.left; x <= bounds.right; x += 1) {
        const at = y * this.width + x;
        const covered = this.#coverage[at] ?? 0;
        if (covered === 0) continue;
        this.#coverage[at] = 0;
        const share = covered * opacity;
        this.#blend(at * 4, red, share);
        this.#blend(at * 4 + 1, green, share);
        this.#blend(at * 4 + 2, blue, share);
      }
    }
  }

  #cover(
    { fromX, fromY, toX, toY }: Segment,
    reach: number,
    bounds: { left: number; top: number; right: number; bottom: number },
  ): void {
    if (![fromX, fromY, toX, toY, reach].every((number) => Number.isFinite(number))) return;
    const left = Math.max(0, Math.floor(Math.min(fromX, toX) - reach - 1));
    const right = Math.min(this.width - 1, Math.ceil(Math.max(fromX, toX) + reach + 1));
    const top = Math.max(0, Math.floor(Math.min(fromY, toY) - reach - 1));
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(fromY, toY) + reach + 1));
    const [deltaX, deltaY] = [toX - fromX, toY - fromY];
    const squared = deltaX * deltaX + deltaY * deltaY;
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const [fromStartX, fromStartY] = [x + 0.5 - fromX, y + 0.5 - fromY];
        const along = squared === 0 ? 0 : (fromStartX * deltaX + fromStartY * deltaY) / squared;
        const within = Math.min(1, Math.max(0, along));
        const distance = Math.hypot(fromStartX - within * deltaX, fromStartY - within * deltaY);
        const covered = Math.round(255 * Math.min(1, Math.max(0, reach - distance + 0.5)));
        const at = y * this.width + x;
        if (covered > (this.#coverage[at] ?? 0)) this.#coverage[at] = covered;
      }
    }
    bounds.left = Math.min(bounds.left, left);
    bounds.top = Math.min(bounds.top, top);
    bounds.right = Math.max(bounds.right, right);
    bounds.bottom = Math.max(bounds.bottom, bottom);
  }

  #blend(at: number, value: number, share: number): void {
    const before = this.pixels[at] ?? 0;
    this.pixels[at] = Math.round(before + (value - before) * share);
  }
}
