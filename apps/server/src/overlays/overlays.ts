import type { Clock, Frame, ImageCodec, Landmarks, PreviewOptions, RunObserver, Skeleton } from '@kinegraph/core';
import { drawOverlay } from './draw-overlay.js';
import { RecentFrames } from './recent-frames.js';
import { RecentLandmarks } from './recent-landmarks.js';

/** Drawn pictures that are kept: those of the newest frames that viewers of one run ask for. */
const DRAWN_KEPT = 4;
/** How long the first viewer waits for landmarks that belong to a frame that is still there. */
const WAIT_MS = 1_000;

/** Which sinks' landmarks are drawn; undefined: of all. */
export type OverlaySinks = readonly string[] | undefined;

/** A picture with landmarks that belong to it. */
export interface OverlayPicture {
  /** What tells it from others, whatever its quality. */
  readonly key: string;
  readonly source: string;
  /** The same frame for all who ask for one key, which nobody closes. Undefined where it has gone meanwhile. */
  draw(): Promise<Frame | undefined>;
}

export interface OverlayOptions {
  readonly clock: Clock;
  readonly codec: ImageCodec;
  readonly skeleton: (id: string) => Skeleton | undefined;
}

/** How long after the last picture was asked for the run is still watched. */
const WATCHED_MS = 10_000;

/** Draws what was found in frames of one run over them, once for all who ask. The run is watched only while somebody does. */
export class Overlays implements Disposable {
  readonly #frames: RecentFrames;
  #watching: readonly Disposable[] = [];
  #askedMs = 0;
  #isOver = false;
  readonly #landmarks = new RecentLandmarks();
  readonly #drawn = new Map<string, Promise<Frame | undefined>>();
  #waiting = new Set<() => void>();

  /**
   * @param observe - has the run tell an observer, until the answer is disposed of.
   * @param isAway - whether a source is not connected: what still comes of it is not kept.
   */
  constructor(
    private readonly options: OverlayOptions,
    private readonly observe: (observer: RunObserver) => Disposable,
    isAway: (source: string) => boolean,
  ) {
    this.#frames = new RecentFrames(isAway);
  }

  /** The newest frame of a node of which landmarks are known; waits a little for one. Undefined where none comes. */
  async newest(node: string, sinks: OverlaySinks, preview: PreviewOptions): Promise<OverlayPicture | undefined> {
    const { clock } = this.options;
    this.#watch();
    const deadlineMs = clock.nowMs() + WAIT_MS;
    for (;;) {
      const found = this.#find(node, sinks, preview);
      const leftMs = deadlineMs - clock.nowMs();
      if (found !== undefined || !(leftMs > 0)) return found;
      await this.#nextLandmarks(leftMs);
    }
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#unwatch();
    this.#frames[Symbol.dispose]();
    for (const wake of this.#waiting) wake();
  }

  #watch(): void {
    this.#askedMs = this.options.clock.nowMs();
    if (this.#isOver || this.#watching.length > 0) return;
    const observers: readonly RunObserver[] = [
      this.#frames.observer,
      this.#landmarks.observer,
      {
        sinkValue: () => {
          for (const wake of this.#waiting) wake();
        },
      },
    ];
    this.#watching = [...observers.map((observer) => this.observe(observer)), this.#unwatchWhenIdle(WATCHED_MS)];
  }

  #unwatchWhenIdle(delayMs: number): Disposable {
    let timer = this.options.clock.schedule(delayMs, look);
    const watch = { [Symbol.dispose]: () => timer[Symbol.dispose]() };
    const restMs = (): number => this.#askedMs + WATCHED_MS - this.options.clock.nowMs();
    const { clock } = this.options;
    const unwatch = (): void => this.#unwatch();
    function look(): void {
      if (restMs() > 0) timer = clock.schedule(restMs(), look);
      else unwatch();
    }
    return watch;
  }

  #unwatch(): void {
    for (const watching of this.#watching) watching[Symbol.dispose]();
    this.#watching = [];
    this.#frames.clear();
    this.#landmarks.clear();
    this.#drawn.clear();
  }

  #find(node: string, sinks: OverlaySinks, { shortSide }: PreviewOptions): OverlayPicture | undefined {
    const landmarksOf = (source: string, frame: Frame): readonly (readonly [sink: string, Landmarks])[] => {
      const bySink = [...(this.#landmarks.of(source, frame.timestampMs) ?? [])];
      return bySink.filter(([sink]) => sinks === undefined || sinks.includes(sink));
    };
    const found = this.#frames.newest(node, (source, frame) => landmarksOf(source, frame).length > 0);
    if (found === undefined) return undefined;
    const { frame, source } = found;
    const drawn = landmarksOf(source, frame);
    const landmarks = drawn.map(([, value]) => value);
    // What is drawn, not what was asked for: the key stands in headers, and clients may ask for anything.
    const names = drawn.map(([sink]) => encodeURIComponent(sink)).join('+');
    const key = `${frame.pictureId}-${shortSide ?? 'full'}-${names}`;
    frame.close(); // cloned again only where it has to be drawn
    return { key, source, draw: () => this.#draw(key, node, frame.pictureId, landmarks, shortSide) };
  }

  #draw(
    key: string,
    node: string,
    pictureId: number,
    landmarks: readonly Landmarks[],
    shortSide: number | undefined,
  ): Promise<Frame | undefined> {
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const drawing = this.#drawNow(node, pictureId, landmarks, shortSide);
    this.#drawn.set(key, drawing);
    drawing.catch(() => this.#drawn.delete(key)); // who asked is told
    for (const oldest of this.#drawn.keys()) {
      if (this.#drawn.size <= DRAWN_KEPT) break;
      this.#drawn.delete(oldest); // its memory is its own: whoever still encodes it may
    }
    return drawing;
  }

  async #drawNow(
    node: string,
    pictureId: number,
    landmarks: readonly Landmarks[],
    shortSide: number | undefined,
  ): Promise<Frame | undefined> {
    const found = this.#frames.newest(node, (_source, frame) => frame.pictureId === pictureId);
    if (found === undefined) return undefined;
    using frame = found.frame;
    const { codec, skeleton } = this.options;
    return await drawOverlay(frame, landmarks, {
      codec,
      skeleton,
      ...(shortSide === undefined ? {} : { shortSide }),
    });
  }

  async #nextLandmarks(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        timer[Symbol.dispose]();
        resolve();
      };
      const timer = this.options.clock.schedule(limitMs, wake);
      this.#waiting.add(wake);
    });
  }
}
