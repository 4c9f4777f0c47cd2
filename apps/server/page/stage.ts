import { DisplayDelay, FrameHistory, ResultInterpolator, drawTracks } from '@kinegraph/ui';
import type { DisplayedTrack, PastPicture, Picture, Skeleton } from '@kinegraph/ui';
import type { ResultMessage } from '@kinegraph/core/protocol';

/** What was drawn, for tests: `detail` of the event `kinegraph:drawn` on the canvas. */
export interface Drawn {
  /** Of the camera's frame; undefined where results are drawn without one. */
  readonly sequence: number | undefined;
  readonly tracks: readonly DisplayedTrack[];
}

/** More pixels are not seen, and cost time. */
const WIDEST_PX = 1600;
/** Without a camera here, a result of another sender is shown for so long. */
const IDLE_MS = 1000;
/** A picture shown later than this is no mirror any more, whatever a slow graph would need. */
const MOST_DELAY_MS = 1000;
/** The shape of the picture before there is one. */
const EMPTY_SIZE = { width: 640, height: 480 };

/** Draws pictures and what was found in them. */
export class Stage {
  mirrored = true;
  skeletons: ReadonlyMap<string, Skeleton> = new Map();
  /** Whether pictures come from a camera here; else results are drawn on an empty ground. */
  hasCamera = false;
  readonly #context: CanvasRenderingContext2D;
  readonly #history = new FrameHistory<Picture>(60);
  readonly #interpolator = new ResultInterpolator();
  #delay = new DisplayDelay();
  #resultSize = EMPTY_SIZE;
  #resultAtMs = Number.NEGATIVE_INFINITY;
  #displayMs: number | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) throw new TypeError('This browser has no canvas to draw on.');
    this.#context = context;
  }

  /** How far behind the present the last picture was drawn; undefined before any result. */
  delayMs(nowMs: number): number | undefined {
    return this.#displayMs === undefined || !this.hasCamera ? undefined : nowMs - this.#displayMs;
  }

  /** Takes ownership of a picture of the camera. */
  addPicture(picture: PastPicture<Picture>): void {
    if (this.hasCamera) this.#history.add(picture);
    else picture.picture.close(); // the camera was just stopped
  }

  addResult(result: ResultMessage, nowMs: number): void {
    this.#resultAtMs = nowMs;
    this.#interpolator.add(result);
    for (const [sink, value] of Object.entries(result.values)) {
      const { frameWidth, frameHeight } = (value ?? {}) as { frameWidth?: number; frameHeight?: number };
      if (frameWidth === undefined || frameHeight === undefined) continue;
      this.#resultSize = { width: frameWidth, height: frameHeight };
      this.#delay.add(sink, result.capturedAtMs, nowMs);
    }
  }

  /** Forgets results, and pictures too: they may come from another sender or run. */
  clear(): void {
    this.#history.clear();
    this.#interpolator.clear();
    this.#delay = this.hasCamera ? new DisplayDelay(MOST_DELAY_MS) : new DisplayDelay();
    this.#displayMs = undefined;
    this.#resultAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Draws; to be called in an animation frame. @returns What was drawn; undefined where there is nothing to show. */
  draw(nowMs: number): Drawn | undefined {
    this.#displayMs = this.#delay.displayTimeMs(nowMs);
    const drawn = this.hasCamera ? this.#drawPicture() : this.#drawResults(nowMs);
    this.canvas.classList.toggle('empty', drawn === undefined);
    if (drawn !== undefined) this.canvas.dispatchEvent(new CustomEvent<Drawn>('kinegraph:drawn', { detail: drawn }));
    return drawn;
  }

  /** The skeleton belongs to the picture: it is drawn as it was when that was taken, not as it is now. */
  #drawPicture(): Drawn | undefined {
    const past = this.#displayMs === undefined ? this.#history.newest : this.#history.at(this.#displayMs);
    if (past === undefined) return undefined;
    this.#history.releaseBefore(past.capturedAtMs);
    const { picture, sequence, capturedAtMs } = past;
    this.#fit(picture);
    const { width, height } = this.canvas;
    this.#mirror();
    this.#context.drawImage(picture.image, 0, 0, width, height);
    return { sequence, tracks: this.#drawTracks(capturedAtMs) };
  }

  #drawResults(nowMs: number): Drawn | undefined {
    if (this.#displayMs === undefined || nowMs - this.#resultAtMs > IDLE_MS) return undefined;
    this.#fit(this.#resultSize);
    this.#mirror();
    this.#context.fillStyle = '#0e1114';
    this.#context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    return { sequence: undefined, tracks: this.#drawTracks(this.#displayMs) };
  }

  #drawTracks(timeMs: number): DisplayedTrack[] {
    const tracks = this.#interpolator.at(timeMs);
    drawTracks(this.#context, tracks, this.skeletons);
    return tracks;
  }

  /** As many pixels as the screen shows, in the picture's shape. */
  #fit({ width, height }: { readonly width: number; readonly height: number }): void {
    const { clientWidth, clientHeight } = this.canvas;
    const share = Math.min(clientWidth / width, clientHeight / height) * devicePixelRatio;
    const wide = Math.max(1, Math.min(WIDEST_PX, Math.round(width * share)));
    const high = Math.max(1, Math.round((wide * height) / width));
    if (this.canvas.width !== wide || this.canvas.height !== high)
      Object.assign(this.canvas, { width: wide, height: high });
  }

  #mirror(): void {
    if (this.mirrored) this.#context.setTransform(-1, 0, 0, 1, this.canvas.width, 0);
    else this.#context.setTransform(1, 0, 0, 1, 0, 0);
  }
}
