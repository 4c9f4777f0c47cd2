import type { Skeleton } from '@kinegraph/core';
import type { ResultMessage } from '@kinegraph/core/protocol';
import type { Picture } from '../camera/index.js';
import { DisplayDelay, FrameHistory, ResultInterpolator } from '../drawing/index.js';
import type { DisplayedTrack, PastPicture } from '../drawing/index.js';
import type { ReceivedPicture } from '../pictures/index.js';
import { decodePicture } from './decode-picture.js';
import { drawScene } from './draw-scene.js';
import type { SceneLayers, TrackNamer } from './draw-scene.js';
import { FigureCounter } from './live-figures.js';
import type { LiveFigures } from './live-figures.js';
import { LiveMemory } from './live-memory.js';
import type { KeptPicture, ToldSign } from './live-memory.js';
import { sceneAt, valuesAt } from './live-scene.js';
import type { LiveScene } from './live-scene.js';
import { Playback } from './playback.js';
import type { PlaybackPosition } from './playback.js';
import { signsOf } from './result-values.js';
import { StillPicture } from './still-picture.js';

/** What was drawn, for tests: `detail` of the event `kinegraph:drawn` on the canvas. */
export interface Drawn {
  /** Of the frame whose picture it is; undefined where results are drawn without one. */
  readonly sequence: number | undefined;
  readonly tracks: readonly DisplayedTrack[];
  readonly isFrozen: boolean;
}

/** Who is told what happens on a stage, none of it each frame. */
export interface StageListener {
  readonly onPosition?: (position: PlaybackPosition) => void;
  readonly onSign?: (sign: ToldSign) => void;
}

/** Pictures that are decoded and wait for their results. */
const WAITING = 60;
/** More pixels are not seen, and cost time. */
const WIDEST_PX = 1600;
/** What has not come for so long is away. */
const IDLE_MS = 2000;
/** A picture of one's own shown later than this is no mirror any more, whatever a slow graph would need. */
const MOST_DELAY_MS = 1000;
/** The shape of the ground before there is a picture. */
const EMPTY_SIZE = { width: 640, height: 480 };
const GROUND = '#0e1114';

/** Everything that a live view shows of one run, outside of any framework: pictures and results in, a canvas drawn. */
export class LiveStage implements Disposable {
  layers: SceneLayers = { skeletons: true, boxes: true, labels: true, angles: false, mirrored: false };
  skeletons: ReadonlyMap<string, Skeleton> = new Map();
  nameOf: TrackNamer = ({ skeleton, handedness }) => [handedness, skeleton].filter(Boolean).join(' ');
  readonly memory = new LiveMemory();
  readonly playback: Playback;
  readonly #history = new FrameHistory<Picture>(WAITING);
  readonly #interpolator = new ResultInterpolator();
  readonly #figures = new FigureCounter();
  readonly #still = new StillPicture();
  #delay = new DisplayDelay();
  #displayMs: number | undefined;
  #shownMs: number | undefined;
  #cameAtMs = Number.NEGATIVE_INFINITY;
  #resultSize = EMPTY_SIZE;
  #waiting: ReceivedPicture | undefined;
  #isDecoding = false;
  /** Pictures of before the last `clear` that are still being decoded are of no use. */
  #generation = 0;
  #scene: { readonly atMs: number; readonly scene: LiveScene } | undefined;

  constructor(private readonly listener: StageListener = {}) {
    this.playback = new Playback(this.memory, (position) => {
      this.#scene = undefined;
      listener.onPosition?.(position);
    });
  }

  /** Takes ownership of a picture of a camera of this computer. */
  addPicture(picture: PastPicture<Picture>, nowMs: number): void {
    this.#cameAtMs = nowMs;
    this.#history.add(picture);
  }

  /** Keeps a picture to be looked at again. */
  keepPicture(picture: KeptPicture): void {
    this.memory.addPicture(picture);
  }

  /** Takes a picture that came from the server: it is shown, and kept. */
  receivePicture(received: ReceivedPicture, nowMs: number): void {
    this.#cameAtMs = nowMs;
    this.memory.addPicture(received);
    this.#waiting = received;
    if (!this.#isDecoding) void this.#decode();
  }

  addResult(result: ResultMessage, nowMs: number): void {
    this.#cameAtMs = nowMs;
    this.memory.addResult(result);
    this.#interpolator.add(result);
    this.#figures.result(result, nowMs);
    for (const [sink, value] of Object.entries(result.values)) {
      const { frameWidth, frameHeight } = (value ?? {}) as { frameWidth?: number; frameHeight?: number };
      if (frameWidth === undefined || frameHeight === undefined) continue;
      this.#resultSize = { width: frameWidth, height: frameHeight };
      this.#delay.add(sink, result.capturedAtMs, nowMs);
    }
    if (!this.memory.isHeld) for (const sign of signsOf(result)) this.listener.onSign?.(sign);
  }

  /** Forgets pictures and results: they may be another sender's. @param isOwn - pictures are of this computer's camera */
  clear(isOwn: boolean): void {
    this.#generation += 1;
    this.#waiting = undefined;
    this.#history.clear();
    this.#interpolator.clear();
    this.#figures.clear();
    this.#delay = isOwn ? new DisplayDelay(MOST_DELAY_MS) : new DisplayDelay();
    this.#displayMs = undefined;
    this.#shownMs = undefined;
    this.#cameAtMs = Number.NEGATIVE_INFINITY;
    this.playback.resume();
    this.memory.clear();
  }

  figures(nowMs: number): LiveFigures {
    // By the sender's clock alone: it may be another one than ours.
    const newestMs = this.memory.pictures.at(-1)?.capturedAtMs ?? this.#interpolator.newestMs;
    const shownMs = this.memory.isHeld ? undefined : this.#shownMs;
    return this.#figures.figures(
      nowMs,
      newestMs === undefined || shownMs === undefined ? undefined : Math.max(0, newestMs - shownMs),
    );
  }

  /** Freezes what is shown, or goes on. */
  toggleFrozen(): void {
    if (this.memory.isHeld) this.playback.resume();
    else this.playback.freeze(this.#shownMs);
  }

  /** Steps from what is shown. */
  step(frames: number): void {
    this.playback.step(frames, this.#shownMs);
  }

  /** Draws; to be called in an animation frame. @returns what was drawn; undefined where there is nothing to show */
  draw(canvas: HTMLCanvasElement, nowMs: number): Drawn | undefined {
    const context = canvas.getContext('2d', { alpha: false });
    if (context === null) return undefined;
    const drawn = this.memory.isHeld ? this.#drawFrozen(context) : this.#drawLive(context, nowMs);
    if (drawn === undefined) return undefined;
    this.#figures.drawn(nowMs);
    canvas.dispatchEvent(new CustomEvent<Drawn>('kinegraph:drawn', { detail: drawn }));
    return drawn;
  }

  [Symbol.dispose](): void {
    this.clear(false);
    this.#still[Symbol.dispose]();
  }

  /** The skeleton belongs to the picture: it is drawn as it was when that was taken, not as it is now. */
  #drawLive(context: CanvasRenderingContext2D, nowMs: number): Drawn | undefined {
    this.#displayMs = this.#delay.displayTimeMs(nowMs);
    if (nowMs - this.#cameAtMs > IDLE_MS) return undefined;
    const past = this.#displayMs === undefined ? this.#history.newest : this.#history.at(this.#displayMs);
    if (past === undefined) return this.#displayMs === undefined ? undefined : this.#drawn(context, this.#displayMs);
    this.#history.releaseBefore(past.capturedAtMs);
    return this.#drawn(context, past.capturedAtMs, past);
  }

  #drawn(context: CanvasRenderingContext2D, atMs: number, past?: PastPicture<Picture>): Drawn {
    this.#shownMs = atMs;
    const scene = { tracks: this.#interpolator.at(atMs), ...valuesAt(this.memory.results, atMs) };
    this.#paint(context, past?.picture, scene);
    return { sequence: past?.sequence, tracks: scene.tracks, isFrozen: false };
  }

  #drawFrozen(context: CanvasRenderingContext2D): Drawn | undefined {
    const { atMs } = this.playback.position;
    if (atMs === undefined) return undefined;
    const kept = this.memory.pictureAt(atMs);
    const still = kept === undefined ? undefined : this.#still.get(kept);
    if (kept !== undefined && still === undefined) return undefined; // it is being decoded
    const sceneMs = still?.of.capturedAtMs ?? atMs;
    if (this.#scene?.atMs !== sceneMs) this.#scene = { atMs: sceneMs, scene: sceneAt(this.memory.results, sceneMs) };
    this.#shownMs = sceneMs;
    this.#paint(context, still?.picture, this.#scene.scene);
    return { sequence: still?.of.sequence, tracks: this.#scene.scene.tracks, isFrozen: true };
  }

  #paint(context: CanvasRenderingContext2D, picture: Picture | undefined, scene: LiveScene): void {
    const { canvas } = context;
    const pixelRatio = fit(canvas, picture ?? this.#resultSize);
    const { width, height } = canvas;
    context.setTransform(this.layers.mirrored ? -1 : 1, 0, 0, 1, this.layers.mirrored ? width : 0, 0);
    if (picture === undefined) {
      context.fillStyle = GROUND;
      context.fillRect(0, 0, width, height);
    } else context.drawImage(picture.image, 0, 0, width, height);
    context.setTransform(1, 0, 0, 1, 0, 0);
    drawScene(context, scene, { layers: this.layers, skeletons: this.skeletons, nameOf: this.nameOf, pixelRatio });
  }

  /** One at a time: where decoding is slower than the line, the newest is decoded next. */
  async #decode(): Promise<void> {
    this.#isDecoding = true;
    try {
      for (let next = this.#waiting; next !== undefined; next = this.#waiting) {
        this.#waiting = undefined;
        const generation = this.#generation;
        const picture = await decodePicture(next.jpeg);
        if (picture === undefined) continue;
        if (generation === this.#generation)
          this.#history.add({ sequence: next.sequence, capturedAtMs: next.capturedAtMs, picture });
        else picture.close();
      }
    } finally {
      this.#isDecoding = false;
    }
  }
}

/** As many pixels as the screen shows, in the picture's shape. @returns pixels of the canvas for one of the screen */
function fit(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  const { clientWidth, clientHeight } = canvas;
  const share = Math.min(clientWidth / width, clientHeight / height);
  const wide = Math.max(1, Math.min(WIDEST_PX, Math.round(width * share * devicePixelRatio)));
  const high = Math.max(1, Math.round((wide * height) / width));
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  return share > 0 ? wide / (width * share) : 1;
}
